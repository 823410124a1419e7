"""JSON Schemas of what negaudit writes, generated from the types.

`python -m negaudit.schemas` writes the shipped files again after a type has changed.
"""

from __future__ import annotations

import json
from importlib import resources
from typing import Any

import msgspec

from negaudit.fix.record import Change, Decisions
from negaudit.fix.sidecars import Mask
from negaudit.gate.baseline import Baseline
from negaudit.output.contract import FindingRecord, FindingsDocument, StatisticsDocument
from negaudit.probe.control_run import ControlRun
from negaudit.probe.record import Results

__all__ = ["SCHEMAS", "file_name", "generated", "shipped"]

SCHEMAS: dict[str, type[msgspec.Struct]] = {
    "baseline": Baseline,
    "finding": FindingRecord,
    "findings": FindingsDocument,
    "statistics": StatisticsDocument,
    "change": Change,
    "mask": Mask,
    "decisions": Decisions,
    "probe": Results,
    "control": ControlRun,
}


def generated(name: str) -> str:
    """The JSON Schema (draft 2020-12) of a type in `SCHEMAS`, as text."""
    kind = SCHEMAS[name]
    identity = kind.__struct_config__.tag
    schema: dict[str, Any] = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:{str(identity).replace('/', ':')}",
        "title": identity,
        **msgspec.json.schema(kind),
    }
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def shipped(name: str) -> str:
    """The schema as it ships with this version."""
    return resources.files(__name__).joinpath(file_name(name)).read_text(encoding="utf-8")


def file_name(name: str) -> str:
    """The name of a schema's file in this package."""
    return f"{name}.schema.json"
