"""The commands, one a file; each file holds one click command called `command`."""
