"""The version of negaudit."""

VERSION = "0.1.0"
