from __future__ import annotations

from xml.etree import ElementTree as ET

from .samples import exhibit, written


def test_each_file_is_a_suite_that_counts_its_findings() -> None:
    root = ET.fromstring(written("junit", exhibit(), exhibit(row=13), exhibit(path="b.jsonl")))
    counts = [(suite.get("name"), suite.get("tests"), suite.get("failures")) for suite in root]
    assert counts == [("data.jsonl", "2", "2"), ("b.jsonl", "1", "1")]


def test_each_finding_is_a_failed_case_with_its_place() -> None:
    root = ET.fromstring(written("junit", exhibit(message="Disowned <b>&\x0b.")))
    (case,) = root.iter("testcase")
    failure = case.find("failure")
    assert failure is not None
    assert (case.get("file"), case.get("line")) == ("data.jsonl", "13")
    assert (failure.get("type"), failure.get("message")) == ("error", "Disowned <b>&\\x0b.")


def test_a_clean_run_is_a_passed_case() -> None:
    (case,) = ET.fromstring(written("junit")).iter("testcase")
    assert case.find("failure") is None
    assert case.get("name") == "10003 records without a finding"
