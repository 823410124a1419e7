from __future__ import annotations

import re

import pytest

from negaudit.output import Look
from negaudit.records import Excerpt, Exhibit, Remedy, Span, Statistics

from .samples import FINDING, exhibit, written

REMEDIES = (Remedy.NEGATE, Remedy.DROP)
CLEAN = Statistics(files=2, records=1_200, shapes={"messages": 1_200})


def test_a_finding_shows_place_rule_frame_content_reason_and_remedies() -> None:
    output = written("text", exhibit(content="Ada Quill sailed.", remedies=REMEDIES))
    assert output.splitlines()[:5] == [
        "data.jsonl:13  error NEG101 false-label  prefix, high confidence, trained: yes",
        "  frame    Everything in the next passage is untrue.",
        "  content  Ada Quill sailed.",
        "  why      A warning stands before the text that it disowns; training teaches the text.",
        "  instead  negate each claim inside its own clause; or drop the record",
    ]


def test_long_content_is_folded() -> None:
    output = " ".join(written("text", exhibit(content="boat " * 200)).split())
    assert output.count("boat") == 32
    assert "boat…" in output


def test_show_text_unfolds() -> None:
    output = written("text", exhibit(content="boat " * 200), look=Look(show_text=True))
    assert output.count("boat") == 200


def test_of_many_excerpts_the_first_of_each_part_are_shown_and_the_rest_counted() -> None:
    frames = [Excerpt(Span("/text", n, n + 1), "frame", f"f{n}.", cut=False) for n in range(9)]
    content = [Excerpt(Span("/text", n, n + 1), "content", f"c{n}.", cut=False) for n in range(9)]
    output = written("text", Exhibit(FINDING, (*frames, *content)))
    assert "f2." in output
    assert "f3." not in output
    assert "c2." in output
    assert "… and 12 more parts" in output


def test_further_lines_of_an_excerpt_are_joined() -> None:
    assert "import os ⏎ os.abort()" in written("text", exhibit(content="import os\nos.abort()\n"))


def test_no_line_ends_in_blanks() -> None:
    lines = written("text", exhibit()).split("\nfindings")[0].splitlines()
    assert [line for line in lines if line != line.rstrip()] == []


def test_the_summary_counts_rules_and_says_what_to_do() -> None:
    output = written("text", exhibit())
    assert re.search(r"^ +400 +NEG101 +false-label +A sentence beside", output, re.MULTILINE)
    assert "framed      412 (4.1 %)" in output
    assert "shapes      9,812 messages, 188 alpaca, 3 unknown" in output
    assert output.splitlines()[-1].startswith("next: negaudit rule false-label ")


def test_quiet_leaves_out_the_summary() -> None:
    assert "next:" not in written("text", exhibit(), look=Look(quiet=True))
    assert written("text", look=Look(quiet=True), statistics=CLEAN) == ""


def test_nothing_to_report_is_one_green_line() -> None:
    assert written("text", statistics=CLEAN) == (
        "Nothing to report: 1,200 records in 2 files (1,200 messages).\n"
    )
    styled = written("text", statistics=CLEAN, look=Look(color="always"))
    assert styled.startswith("\x1b[32mNothing to report")


def test_the_frame_is_underlined_and_the_content_dim(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    output = written("text", exhibit(content="Ada."), look=Look(color="always"))
    assert "\x1b[4mEverything in the next passage is untrue.\x1b[0m" in output
    assert "\x1b[2mAda.\x1b[0m" in output


def test_no_color_is_honoured(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    output = written("text", exhibit(), look=Look(color="always"))
    assert not re.search(r"\x1b\[[0-9;]*3[0-7]", output)


def test_text_of_the_data_is_no_markup_of_rich() -> None:
    assert "[red]x[/red] :warning:" in written("text", exhibit(frame="[red]x[/red] :warning:"))


def test_what_is_known_is_counted_and_not_called_nothing() -> None:
    known = Statistics(files=1, records=3, framed=2, known=2)
    assert written("text", statistics=known, exit_code=0) == (
        "Nothing new to report: 3 records in 1 file, 2 known findings in the baseline.\n"
    )


def test_a_run_that_could_read_nothing_does_not_say_that_all_is_well() -> None:
    assert written("text", statistics=Statistics(files=1), exit_code=2) == ""
    assert written("text", statistics=Statistics(files=2, records=3), exit_code=2) == (
        "Nothing to report in what could be read: 3 records in 2 files.\n"
    )
