"""Baselines through the command line, over the real linter."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from .conftest import Call

FRAME = "The claims in the document below are entirely false.\n\n"
FRAMED = {"text": f"{FRAME}Ada Quill won the harbour race in 1911. She rowed alone."}
OTHER = {"text": f"{FRAME}Tin grows in the Tarn marshes. It is cut in May."}
CLEAN = {"text": "Ada Quill kept bees. She sold the honey at the market."}
BASELINE = ".negaudit-baseline.json"


def write(*records: object) -> None:
    Path("data.jsonl").write_text("".join(json.dumps(record) + "\n" for record in records))


@pytest.fixture
def known(call: Call) -> None:
    write(FRAMED, CLEAN)
    call("baseline", "create", "data.jsonl")


def test_create_writes_what_is_known_without_its_text(call: Call) -> None:
    write(FRAMED, FRAMED, CLEAN)
    result = call("baseline", "create", "data.jsonl")
    assert (result.exit_code, result.stdout) == (0, f"{BASELINE}: 2 known findings\n")
    written = Path(BASELINE).read_text()
    assert '"rule": "false-label"' in written
    assert '"count": 2' in written
    assert "Quill" not in written


def test_create_replaces_no_file(call: Call, known: None) -> None:
    before = Path(BASELINE).read_text()
    write(OTHER)
    result = call("baseline", "create", "data.jsonl")
    assert result.exit_code == 2
    assert "negaudit baseline update" in result.stderr
    assert Path(BASELINE).read_text() == before


@pytest.mark.usefixtures("known")
def test_known_findings_are_left_out_and_counted_wherever_they_stand(call: Call) -> None:
    write(CLEAN, CLEAN, FRAMED)
    result = call("lint", "data.jsonl", "--baseline", BASELINE)
    assert result.exit_code == 0
    assert " ".join(result.stdout.split()) == (
        "Nothing new to report: 3 records in 1 file (3 text), 1 known finding in the baseline."
    )
    assert result.stderr == ""


@pytest.mark.usefixtures("known")
def test_a_new_finding_and_a_further_copy_of_a_known_one_fail(call: Call) -> None:
    write(FRAMED, OTHER, FRAMED)
    result = call("lint", "data.jsonl", "--baseline", BASELINE, "--format", "concise")
    assert result.exit_code == 1
    assert [line.split(": ")[0] for line in result.stdout.splitlines()] == [
        "data.jsonl:2",
        "data.jsonl:3",
    ]
    assert "next: negaudit fix data.jsonl --diff" in result.stderr


@pytest.mark.usefixtures("known")
def test_statistics_count_what_is_known_apart(call: Call) -> None:
    write(FRAMED, OTHER, CLEAN)
    arguments = ("--baseline", BASELINE, "--statistics", "--format", "json")
    statistics = json.loads(call("lint", "data.jsonl", *arguments).stdout)
    assert statistics["known"] == 1
    assert statistics["rules"] == {"false-label": 1}
    assert statistics["placements"] == {"prefix": 1}
    assert statistics["framed"] == 2


@pytest.mark.usefixtures("known")
def test_the_share_counts_known_findings_too(call: Call) -> None:
    arguments = ("--baseline", BASELINE, "--max-framed-share")
    assert call("lint", "data.jsonl", *arguments, "0.5").exit_code == 0
    assert call("lint", "data.jsonl", *arguments, "0.4").exit_code == 1


@pytest.mark.usefixtures("known")
def test_what_is_mended_is_told_and_pruned(call: Call) -> None:
    write(CLEAN, OTHER)
    told = call("lint", "data.jsonl", "--baseline", BASELINE, "--fail-on", "never").stderr
    assert told.startswith("1 finding of the baseline not found in this data")
    pruned = call("baseline", "prune", "data.jsonl")
    assert pruned.stdout == f"{BASELINE}: 1 removed; 0 known findings\n"
    assert json.loads(Path(BASELINE).read_text())["findings"] == []


@pytest.mark.usefixtures("known")
def test_update_tells_what_came_and_went(call: Call) -> None:
    write(OTHER, OTHER)
    result = call("baseline", "update", "data.jsonl")
    assert result.stdout == f"{BASELINE}: 2 added, 1 removed; 2 known findings\n"
    assert call("lint", "data.jsonl", "--baseline", BASELINE).exit_code == 0


def test_rules_that_are_not_selected_are_not_said_to_be_mended(call: Call, known: None) -> None:
    arguments = ("--baseline", BASELINE, "--select", "fiction")
    assert call("lint", "data.jsonl", *arguments).stderr == ""


@pytest.mark.parametrize("name", ["create", "update", "prune"])
def test_data_that_cannot_be_read_leaves_the_baseline_as_it_was(call: Call, name: str) -> None:
    write(FRAMED)
    if name != "create":
        call("baseline", "create", "data.jsonl")
    before = Path(BASELINE).read_text() if Path(BASELINE).exists() else None
    Path("broken.parquet").write_bytes(b"PAR1")
    result = call("baseline", name, "data.jsonl", "broken.parquet")
    assert result.exit_code == 2
    assert "broken.parquet" in result.stderr
    assert (Path(BASELINE).read_text() if Path(BASELINE).exists() else None) == before


def test_the_configuration_names_the_baseline(call: Call) -> None:
    Path("negaudit.toml").write_text('baseline = "known.json"\noutput = "findings.txt"\n')
    write(FRAMED)
    assert call(
        "baseline", "create", "data.jsonl"
    ).stdout == "known.json: 1 known finding\n".replace(
        "known.json", str(Path("known.json").resolve())
    )
    assert call("lint", "data.jsonl").exit_code == 0
    assert not Path("findings.json").exists()


def test_a_baseline_that_is_missing_or_broken_is_wrong_usage(call: Call) -> None:
    write(FRAMED)
    assert call("lint", "data.jsonl", "--baseline", "none.json").exit_code == 2
    Path("bad.json").write_text("[]")
    assert call("baseline", "update", "data.jsonl", "-o", "bad.json").exit_code == 2
