from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from documents import ROOT
from jsonschema import Draft202012Validator

from negaudit.fix.options import FixOptions
from negaudit.fix.run import Fix
from negaudit.lint.options import LintOptions
from negaudit.records import Kind, Remedy
from negaudit.schemas import shipped
from negaudit.schemas.contract import SCHEMAS, generated

TAG = re.compile(r"\"(negaudit\.[a-z]+/[0-9]+)\"")


@pytest.mark.parametrize("name", SCHEMAS)
def test_shipped_schemas_are_what_the_types_say(name: str) -> None:
    assert shipped(name) == generated(name), "run python -m negaudit.schemas"


@pytest.mark.parametrize("name", SCHEMAS)
def test_schemas_are_valid_schemas(name: str) -> None:
    Draft202012Validator.check_schema(json.loads(shipped(name)))


def test_a_finding_without_a_fingerprint_is_refused() -> None:
    validator = Draft202012Validator(json.loads(shipped("finding")))
    assert not validator.is_valid({"schema": "negaudit.finding/1", "path": "a.jsonl"})


def test_whatever_the_code_calls_a_schema_ships() -> None:
    named = {
        tag for path in (ROOT / "negaudit").rglob("*.py") for tag in TAG.findall(path.read_text())
    }
    assert named == {kind.__struct_config__.tag for kind in SCHEMAS.values()}


def test_the_sidecars_of_a_fix_are_what_their_schemas_say(tmp_path: Path) -> None:
    data, out = tmp_path / "a.jsonl", tmp_path / "o.jsonl"
    data.write_text(
        '{"text": "The report below is entirely false.\\n\\nTin grows in the marshes."}\n'
    )
    masked = FixOptions(lint=LintOptions(), remedies={Kind.FALSITY: Remedy.MASK})
    Fix([str(data)], masked).write(str(out))
    for name, sidecar in (("mask", "spans"), ("change", "provenance")):
        lines = (tmp_path / f"o.jsonl.{sidecar}.jsonl").read_text().splitlines()
        validator = Draft202012Validator(json.loads(shipped(name)))
        assert lines
        for line in lines:
            validator.validate(json.loads(line))


CONTROLS = sorted((ROOT / "negaudit" / "probe" / "shipped").glob("control-*.json"))


@pytest.mark.parametrize("kept", CONTROLS, ids=lambda kept: kept.stem)
def test_a_control_that_ships_is_what_its_schema_says(kept: Path) -> None:
    Draft202012Validator(json.loads(shipped("control"))).validate(json.loads(kept.read_text()))
