from __future__ import annotations

import json
from io import StringIO

from jsonschema import Draft202012Validator

from negaudit.output import Look
from negaudit.output.statistics import write_statistics
from negaudit.schemas import shipped

from .samples import SampleResults, exhibit


def statistics_as(name: str) -> str:
    out = StringIO()
    write_statistics(name, SampleResults([exhibit()]), out, Look())
    return out.getvalue()


def test_json_is_the_statistics_alone_and_satisfies_its_schema() -> None:
    document = json.loads(statistics_as("json"))
    Draft202012Validator(json.loads(shipped("statistics"))).validate(document)
    assert document["schema"] == "negaudit.statistics/1"
    assert document["sources"]["synthetic"] == [400, 410]


def test_text_is_the_summary_without_findings() -> None:
    output = statistics_as("text")
    assert "framed      412 (4.1 %)" in output
    assert "data.jsonl" not in output
