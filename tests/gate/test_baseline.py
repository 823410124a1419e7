from __future__ import annotations

import json
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from negaudit.errors import InputError
from negaudit.gate.baseline import (
    Baseline,
    Entry,
    Known,
    baseline_of,
    baseline_text,
    pruned,
    read_baseline,
)
from negaudit.records import Finding, Kind, Placement, Severity, Trained
from negaudit.schemas import shipped


def finding(fingerprint: str, rule: str = "false-label", row: int = 0) -> Finding:
    return Finding(
        path="data.jsonl",
        row=row,
        line=None,
        rule=rule,
        code="NEG101",
        kind=Kind.FALSITY,
        placement=Placement.PREFIX,
        severity=Severity.ERROR,
        confidence="high",
        trained=Trained.YES,
        frame=(),
        content=(),
        message="A sentence disowns the text.",
        remedies=(),
        fingerprint=fingerprint,
    )


FINDINGS = st.lists(st.sampled_from("abcd").map(finding), max_size=12)


def counts(baseline: Baseline) -> dict[str, int]:
    return {entry.fingerprint: entry.count for entry in baseline.findings}


def test_findings_are_counted_and_sorted_whatever_their_order_and_rows() -> None:
    found = [finding("c"), finding("b", "tag"), finding("a"), finding("c", row=9)]
    made = baseline_of(found)
    assert made.findings == (
        Entry("false-label", "a", 1),
        Entry("false-label", "c", 2),
        Entry("tag", "b", 1),
    )
    assert baseline_of(found[::-1]) == made
    assert made.total == 4


def test_an_entry_is_known_as_often_as_it_counts() -> None:
    known = Known(baseline_of([finding("a"), finding("a"), finding("b", "tag")]))
    assert [known.takes(finding("a")) for _ in range(3)] == [True, True, False]
    assert not known.takes(finding("c"))
    assert known.unmet(["tag"]) == 1
    assert known.unmet(["false-label"]) == 0


@given(FINDINGS, FINDINGS)
def test_pruning_adds_nothing_and_leaves_nothing_that_is_mended(
    before: list[Finding], now: list[Finding]
) -> None:
    old, found = counts(baseline_of(before)), counts(baseline_of(now))
    kept = counts(pruned(baseline_of(before), baseline_of(now)))
    assert kept == {key: min(old[key], found[key]) for key in old.keys() & found.keys()}


@given(FINDINGS)
def test_what_is_written_is_read_again(
    tmp_path_factory: pytest.TempPathFactory, found: list
) -> None:
    path = tmp_path_factory.mktemp("baseline") / "baseline.json"
    made = baseline_of(found)
    path.write_text(baseline_text(made))
    assert read_baseline(path) == made


def test_a_new_finding_is_one_more_line_and_shows_no_text() -> None:
    before = baseline_text(baseline_of([finding("a"), finding("c")])).splitlines()
    after = baseline_text(baseline_of([finding("a"), finding("b"), finding("c")])).splitlines()
    assert [line for line in after if line not in before] == [
        '{"rule": "false-label", "fingerprint": "b", "count": 1},'
    ]
    assert [line for line in before if line not in after] == []


@pytest.mark.parametrize("found", [[], [finding("a")]])
def test_what_is_written_is_what_the_schema_says(found: list[Finding]) -> None:
    document = json.loads(baseline_text(baseline_of(found)))
    Draft202012Validator(json.loads(shipped("baseline"))).validate(document)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("{", "this is no baseline"),
        ('{"schema": "negaudit.finding/1"}', "this is no baseline"),
        ('{"schema": "negaudit.baseline/1", "extra": 1}', "this is no baseline"),
        (
            baseline_text(Baseline((Entry("r", "ab", 1), Entry("s", "ab", 2)))),
            "the fingerprint ab is there twice",
        ),
        (msgspec.json.encode(Baseline((Entry("r", "a", 0),))).decode(), "this is no baseline"),
    ],
)
def test_what_is_no_baseline_is_refused(tmp_path: Path, text: str, problem: str) -> None:
    path = tmp_path / "baseline.json"
    path.write_text(text)
    with pytest.raises(InputError, match=problem):
        read_baseline(path)


def test_a_missing_baseline_is_told_how_to_write_one(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="No such file") as caught:
        read_baseline(tmp_path / "none.json")
    assert "negaudit baseline create" in caught.value.hint
