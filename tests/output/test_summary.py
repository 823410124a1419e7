from __future__ import annotations

import msgspec
import pytest

from negaudit.output.summary import (
    REMEDIES,
    census,
    clean_line,
    counted,
    facts,
    next_step,
    percent,
)
from negaudit.records import Remedy, Statistics

from .samples import STATISTICS


def test_every_remedy_has_words() -> None:
    assert set(REMEDIES) == set(Remedy)


@pytest.mark.parametrize(
    ("number", "words"), [(0, "0 records"), (1, "1 record"), (9_812, "9,812 records")]
)
def test_nouns_follow_their_number(number: int, words: str) -> None:
    assert counted(number, "record") == words


def test_a_share_of_nothing_is_zero() -> None:
    assert percent(0, 0) == "0.0 %"
    assert percent(1, 8) == "12.5 %"


def test_the_census_begins_with_the_commonest_shape() -> None:
    assert census({"unknown": 3, "messages": 9_812, "alpaca": 188}) == (
        "9,812 messages, 188 alpaca, 3 unknown"
    )


def test_facts_tell_what_the_run_saw() -> None:
    assert facts(STATISTICS) == [
        ("read", "10,003 records in 2 files, 3 of them invalid"),
        ("framed", "412 (4.1 %)"),
        ("shapes", "9,812 messages, 188 alpaca, 3 unknown"),
        ("placements", "401 prefix, 11 wrap"),
        ("wordings", "37 distinct frames, the commonest in 120 records"),
        ("contrast", "2 unframed records show the same prompt as a framed one"),
        ("by /source", "synthetic 400 of 410 (97.6 %), web 12 of 9,593 (0.1 %)"),
    ]


def test_a_lack_of_contrast_is_said_where_records_are_framed() -> None:
    known = dict(facts(msgspec.structs.replace(STATISTICS, contrast=0)))
    assert known["contrast"] == "no unframed record shows the same prompt as a framed one"
    assert "contrast" not in dict(facts(Statistics(records=5)))


def test_only_the_worst_sources_are_listed() -> None:
    sources = {f"s{number}": (number, 10) for number in range(6)}
    known = dict(facts(msgspec.structs.replace(STATISTICS, sources=sources)))
    assert known["by /source"].startswith("s5 5 of 10 (50.0 %), s4 ")
    assert known["by /source"].endswith(", and 3 more")


def test_the_next_step_is_the_commonest_rule() -> None:
    assert next_step(STATISTICS).startswith("next: negaudit rule false-label ")
    assert next_step(Statistics()).startswith("next: nothing")


def test_a_clean_line_counts_what_was_read() -> None:
    statistics = Statistics(files=1, records=2, shapes={"alpaca": 2})
    assert clean_line(statistics) == "Nothing to report: 2 records in 1 file (2 alpaca)."


def test_facts_count_what_a_baseline_knows() -> None:
    assert ("known", "2 known findings in the baseline, not shown") in facts(Statistics(known=2))
