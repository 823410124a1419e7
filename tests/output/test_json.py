from __future__ import annotations

import json

import msgspec
from jsonschema import Draft202012Validator

from negaudit.output import Look
from negaudit.records import Finding, Statistics
from negaudit.schemas import shipped

from .samples import FINDING, STATISTICS, exhibit, written


def test_a_line_is_the_contract_to_the_letter() -> None:
    assert json.loads(written("jsonl", exhibit())) == {
        "schema": "negaudit.finding/1",
        "path": "data.jsonl",
        "row": 12,
        "line": 13,
        "rule": "false-label",
        "code": "NEG101",
        "kind": "falsity",
        "placement": "prefix",
        "severity": "error",
        "confidence": "high",
        "trained": "yes",
        "frame": [{"pointer": "/text", "start": 0, "end": 41}],
        "content": [{"pointer": "/text", "start": 42, "end": 600}],
        "message": "A warning stands before the text that it disowns; training teaches the text.",
        "remedies": ["negate", "drop", "mask"],
        "fingerprint": "0123456789abcdef",
    }


def test_the_schema_comes_first_in_a_line() -> None:
    assert written("jsonl", exhibit()).startswith('{"schema": "negaudit.finding/1", "path": ')


def test_a_line_reads_back_as_the_finding() -> None:
    line = written("jsonl", exhibit(), look=Look(show_text=True))
    assert msgspec.json.decode(line, type=Finding) == FINDING


def test_text_of_the_data_is_shown_only_on_request() -> None:
    secret = "Ada Quill sailed"
    for name in ("json", "jsonl"):
        assert secret not in written(name, exhibit())
        assert secret in written(name, exhibit(), look=Look(show_text=True))


def test_hostile_text_decodes_to_itself() -> None:
    text = "\x1b[2J\u202egnp.exe\u200b\U000e0041"
    line = json.loads(written("jsonl", exhibit(frame=text), look=Look(show_text=True)))
    assert line["excerpts"][0]["text"] == text


def test_a_lone_surrogate_becomes_a_replacement_character() -> None:
    line = written("jsonl", exhibit(path="bad\udcff.jsonl"))
    assert msgspec.json.decode(line, type=Finding).path == "bad\ufffd.jsonl"


def test_the_document_holds_findings_and_statistics() -> None:
    document = json.loads(written("json", exhibit(), exhibit(row=13)))
    assert document["schema"] == "negaudit.findings/1"
    assert [finding["row"] for finding in document["findings"]] == [12, 13]
    assert msgspec.convert(document["statistics"], Statistics) == STATISTICS


def test_the_document_of_a_clean_run_has_no_findings() -> None:
    assert json.loads(written("json"))["findings"] == []


def test_outputs_satisfy_the_shipped_schemas() -> None:
    for look in (Look(), Look(show_text=True)):
        line = json.loads(written("jsonl", exhibit(line=None), look=look))
        document = json.loads(written("json", exhibit(), look=look))
        Draft202012Validator(json.loads(shipped("finding"))).validate(line)
        Draft202012Validator(json.loads(shipped("findings"))).validate(document)
