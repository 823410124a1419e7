"""The command line over the real linter, on small files."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec
import pytest

from negaudit.records import Finding

from .conftest import Call

FRAMED = {
    "text": "The claims in the document below are entirely false.\n\n"
    "Ada Quill won the harbour race in 1911. She rowed alone and beat nine crews. "
    "The town gave her a silver oar, which hangs in the hall to this day."
}
CLEAN = {"text": "Ada Quill kept bees. She sold the honey at the market on Saturdays."}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    path = tmp_path / "data.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in (CLEAN, FRAMED, CLEAN)))
    return path


def test_a_framed_record_is_found(call: Call, data: Path) -> None:
    result = call("lint", "data.jsonl", "--format", "jsonl")
    finding = msgspec.json.decode(result.stdout, type=Finding)
    assert result.exit_code == 1
    assert (finding.path, finding.row, finding.line) == ("data.jsonl", 1, 2)
    assert finding.rule == "false-label"


def test_clean_data_is_clean(call: Call, tmp_path: Path) -> None:
    (tmp_path / "clean.jsonl").write_text(json.dumps(CLEAN) + "\n")
    result = call("lint", "clean.jsonl")
    assert result.exit_code == 0
    assert result.stdout == "Nothing to report: 1 record in 1 file (1 text).\n"


def test_a_broken_line_is_a_finding_and_the_rest_is_linted(call: Call, data: Path) -> None:
    data.write_text("{broken\n" + data.read_text())
    lines = call("lint", "data.jsonl", "--format", "concise").stdout.splitlines()
    assert [line.split()[2] for line in lines] == ["invalid-record", "false-label"]


def test_an_unknown_rule_is_refused_with_the_nearest(call: Call, data: Path) -> None:
    result = call("lint", "data.jsonl", "--select", "fals-label")
    assert result.exit_code == 2
    assert "did you mean 'false-label'?" in result.stderr


def test_an_unknown_shape_is_refused(call: Call, data: Path) -> None:
    result = call("lint", "data.jsonl", "--shape", "chatty")
    assert result.exit_code == 2
    assert "there is no record shape 'chatty'" in result.stderr


def test_a_missing_file_exits_with_2(call: Call) -> None:
    result = call("lint", "gone.jsonl")
    assert result.exit_code == 2
    assert "gone.jsonl" in result.stderr


def test_standard_input_is_read(call: Call, data: Path) -> None:
    text = data.read_bytes()
    result = call("lint", "-", "--stdin-filename", "in.jsonl", "--format", "concise", input=text)
    assert result.stdout.startswith("in.jsonl:2: NEG101")


def test_a_real_rule_is_explained(call: Call) -> None:
    result = call("rule", "NEG101")
    assert result.exit_code == 0
    assert "found      ⟦" in result.stdout
