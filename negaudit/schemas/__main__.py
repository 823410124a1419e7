"""Writes the shipped schemas again; run it after a type of the contract has changed."""

from pathlib import Path

from negaudit.schemas import file_name
from negaudit.schemas.contract import SCHEMAS, generated

for name in SCHEMAS:
    Path(__file__).with_name(file_name(name)).write_text(generated(name), encoding="utf-8")
