"""JSON Schemas of what negaudit writes.

`contract` generates them from the types; `python -m negaudit.schemas` writes the shipped files
again after a type has changed.
"""

from __future__ import annotations

from importlib import resources

__all__ = ["file_name", "shipped"]


def shipped(name: str) -> str:
    """The schema as it ships with this version."""
    return resources.files(__name__).joinpath(file_name(name)).read_text(encoding="utf-8")


def file_name(name: str) -> str:
    """The name of a schema's file in this package."""
    return f"{name}.schema.json"
