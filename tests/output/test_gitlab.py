from __future__ import annotations

import json
from pathlib import Path

import pytest

from negaudit.records import Severity

from .samples import exhibit, written


def test_a_finding_is_an_issue_of_code_quality() -> None:
    (issue,) = json.loads(written("gitlab", exhibit(message="Disowned.")))
    assert issue.pop("fingerprint")
    assert issue == {
        "description": "Disowned.",
        "check_name": "NEG101 false-label",
        "severity": "major",
        "location": {"path": "data.jsonl", "lines": {"begin": 13}},
    }


def test_equal_findings_have_fingerprints_of_their_own() -> None:
    findings = [exhibit(), exhibit(row=13), exhibit(path="other.jsonl")]
    issues = json.loads(written("gitlab", *findings))
    assert len({issue["fingerprint"] for issue in issues}) == 3


def test_fingerprints_are_the_same_in_the_next_run() -> None:
    findings = [exhibit(), exhibit(row=13)]
    assert written("gitlab", *findings) == written("gitlab", *findings)


def test_severities_are_those_of_gitlab() -> None:
    issues = json.loads(written("gitlab", *(exhibit(severity=level) for level in Severity)))
    assert [issue["severity"] for issue in issues] == ["major", "minor", "info"]


def test_paths_are_relative_to_the_current_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (issue,) = json.loads(written("gitlab", exhibit(path=str(tmp_path / "data" / "a b.jsonl"))))
    assert issue["location"]["path"] == "data/a b.jsonl"


def test_a_clean_run_is_an_empty_array() -> None:
    assert json.loads(written("gitlab")) == []
