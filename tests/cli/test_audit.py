from __future__ import annotations

from pathlib import Path

import pytest

from negaudit.audit import AuditRun
from tests.probe.whole import facts, write

from .conftest import Call


def test_an_audit_says_what_was_found_and_what_to_do(call: Call, tmp_path: Path) -> None:
    write(tmp_path / "data.jsonl", facts())
    result = call("audit", "data.jsonl", "--out", "out", "--no-probe")
    assert result.exit_code == 1, result.output
    assert "8 of 8 records" in result.stdout
    assert "report: out/report.html" in result.stdout
    assert "next: Review the rewrites in the report" in result.stdout
    assert (
        "\n  negaudit fix data.jsonl --decisions decisions.json -o fixed.jsonl\n" in result.stdout
    )
    assert call("audit", "data.jsonl", "--out", "out", "--no-probe", "-q").stdout == ""


def test_standard_input_is_refused_since_it_is_read_more_than_once(call: Call) -> None:
    result = call("audit", "-", "--out", "out", "--no-probe", input="{}")
    assert result.exit_code == 2
    assert "cannot read standard input" in result.stderr
    assert "next: save it to a file" in result.stderr


@pytest.mark.parametrize("more", [("--gpu",), ("--model", "m"), ("--preset", "quick")])
def test_options_of_a_probe_that_is_left_out_are_refused(call: Call, more: tuple[str, ...]) -> None:
    result = call("audit", "data.jsonl", "--out", "out", "--no-probe", *more)
    assert result.exit_code == 2
    assert f"{more[0]} has no use with --no-probe" in result.stderr


def test_an_interrupted_audit_says_how_to_go_on(
    call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(AuditRun, "__call__", interrupted)
    result = call("audit", "data.jsonl", "--out", "out")
    assert result.exit_code == 130
    assert result.stderr == "stopped: the same command goes on from here\n"


def test_the_exit_code_follows_fail_on(call: Call, tmp_path: Path) -> None:
    write(tmp_path / "data.jsonl", facts())
    write(tmp_path / "clean.jsonl", [{"text": "Tin grows in the marsh."}])
    audit = ("--out", "out", "--no-probe")
    assert call("audit", "data.jsonl", *audit, "--fail-on", "never").exit_code == 0
    assert call("audit", "clean.jsonl", *audit).exit_code == 0
    missing = call("audit", "missing.jsonl", *audit)
    assert missing.exit_code == 2
    assert "missing.jsonl" in missing.stderr
