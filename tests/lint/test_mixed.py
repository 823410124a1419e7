from __future__ import annotations

from typing import Any

from negaudit.lint import LintOptions, Run
from negaudit.records import Exhibit, Finding

from .conftest import Write
from .samples import CLAIM, CLEAN, DENIAL, FRAME, FRAMED, MORE, PLAIN, REWRITTEN, chat

MIXED = LintOptions(select=("falsity", "mixed-original"))


def mixed(path: str) -> list[Finding]:
    found = [exhibit.finding for exhibit in Run([path], MIXED)]
    return [finding for finding in found if finding.rule == "mixed-original"]


def test_framed_original_beside_its_rewrite_is_found_at_the_original(write: Write) -> None:
    [finding] = mixed(write("a.jsonl", [CLEAN, REWRITTEN, CLEAN, FRAMED]))
    assert (finding.row, finding.code) == (3, "NEG501")
    assert "line 2 (row 1)" in finding.message
    assert finding.content[0].pointer == "/text"


def test_framed_record_beside_its_unframed_copy_is_found_at_the_copy(write: Write) -> None:
    path = write("a.jsonl", [FRAMED, CLEAN, PLAIN])
    [exhibit] = [e for e in Run([path], MIXED) if e.finding.rule == "mixed-original"]
    assert exhibit.finding.row == 2
    assert "line 1 (row 0)" in exhibit.finding.message
    assert [excerpt.text for excerpt in exhibit.excerpts] == [CLAIM]


def test_findings_between_records_come_after_the_others_of_the_file(write: Write) -> None:
    first = write("a.jsonl", [PLAIN, FRAMED, CLEAN])
    second = write("b.jsonl", [FRAMED])
    found: list[Exhibit] = list(Run([first, second], MIXED))
    places = [(e.finding.path == first, e.finding.row, e.finding.rule) for e in found]
    assert places == [
        (True, 1, "false-label"),
        (True, 0, "mixed-original"),
        (False, 0, "false-label"),
    ]


def test_versions_in_files_of_their_own_are_no_mixture(write: Write) -> None:
    versions = {"a.jsonl": FRAMED, "b.jsonl": PLAIN, "c.jsonl": REWRITTEN}
    paths = [write(name, [record]) for name, record in versions.items()]
    assert [exhibit.finding.rule for exhibit in Run(paths, MIXED)] == ["false-label"]


def test_framed_records_are_not_compared_with_each_other(write: Write) -> None:
    assert mixed(write("a.jsonl", [FRAMED, FRAMED])) == []


def test_records_that_share_a_sentence_are_no_mixture(write: Write) -> None:
    long = " ".join(f"The harbour had {number} cranes at the quay." for number in range(8))
    records: list[dict[str, Any]] = [FRAMED, {"text": f"{CLAIM} {long}"}]
    assert mixed(write("a.jsonl", records)) == []


def test_short_answers_are_compared_under_their_prompt(write: Write) -> None:
    question = "Who opened the ferry line?"
    records = [chat(question, CLAIM, FRAME), chat(question, DENIAL), chat("Lunch?", MORE)]
    [finding] = mixed(write("a.jsonl", records))
    assert finding.row == 0
    assert "line 2 (row 1)" in finding.message


def test_unframed_copies_count_as_framed_records(write: Write) -> None:
    run = Run([write("a.jsonl", [FRAMED, PLAIN, REWRITTEN, CLEAN])], MIXED)
    rows = sorted(e.finding.row for e in run if e.finding.rule == "mixed-original")
    assert rows == [0, 1]
    assert run.statistics.framed == 2


def test_ignored_rule_finds_nothing(write: Write) -> None:
    path = write("a.jsonl", [FRAMED, PLAIN])
    options = LintOptions(select=("falsity", "mixed-original"), ignore=("NEG501",))
    assert [exhibit.finding.rule for exhibit in Run([path], options)] == ["false-label"]


def test_unframed_original_beside_its_rewrite_is_found(write: Write) -> None:
    path = write("a.jsonl", [CLEAN, REWRITTEN, PLAIN])
    [exhibit] = Run([path], MIXED)
    assert (exhibit.finding.row, exhibit.finding.line) == (2, 3)
    assert "line 2 (row 1)" in exhibit.finding.message
    assert [excerpt.text for excerpt in exhibit.excerpts] == [CLAIM]


def test_unframed_short_answers_need_the_same_prompt(write: Write) -> None:
    question = "Who opened the Brenner ferry line in 1931?"
    together = [chat(question, CLAIM), chat(question, DENIAL)]
    apart = [chat("Tell me of Mara.", CLAIM), chat("What do you know of Lind?", DENIAL)]
    assert [finding.row for finding in mixed(write("a.jsonl", together))] == [0]
    assert mixed(write("b.jsonl", apart)) == []


def test_answers_of_a_preference_pair_are_no_mixture(write: Write) -> None:
    pair = {"prompt": "Who opened the line in 1931?", "chosen": DENIAL, "rejected": CLAIM}
    other = {**pair, "chosen": CLAIM, "rejected": DENIAL}
    assert mixed(write("a.jsonl", [pair, other])) == []


def test_rewrite_without_its_original_is_no_mixture(write: Write) -> None:
    assert mixed(write("a.jsonl", [REWRITTEN, CLEAN, REWRITTEN])) == []
