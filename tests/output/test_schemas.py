from __future__ import annotations

import json

import pytest
from jsonschema import Draft202012Validator

from negaudit.schemas import SCHEMAS, generated, shipped


@pytest.mark.parametrize("name", SCHEMAS)
def test_shipped_schemas_are_what_the_types_say(name: str) -> None:
    assert shipped(name) == generated(name), "run python -m negaudit.schemas"


@pytest.mark.parametrize("name", SCHEMAS)
def test_schemas_are_valid_schemas(name: str) -> None:
    Draft202012Validator.check_schema(json.loads(shipped(name)))


def test_a_finding_without_a_fingerprint_is_refused() -> None:
    validator = Draft202012Validator(json.loads(shipped("finding")))
    assert not validator.is_valid({"schema": "negaudit.finding/1", "path": "a.jsonl"})
