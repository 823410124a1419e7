"""Which types the JSON Schemas are generated from."""

from __future__ import annotations

import json
from typing import Any

import msgspec

from negaudit.fix.record import Change, Decisions
from negaudit.fix.sidecars import Mask
from negaudit.gate.baseline import Baseline
from negaudit.output.contract import FindingRecord, FindingsDocument, StatisticsDocument
from negaudit.probe.control_record import ControlRun
from negaudit.probe.record import Results

__all__ = ["SCHEMAS", "generated"]

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
