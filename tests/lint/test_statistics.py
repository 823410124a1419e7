from __future__ import annotations

from typing import Any

from negaudit.lint import LintOptions, Run
from negaudit.records import Statistics

from .conftest import Write
from .samples import CLAIM, CLEAN, FRAME, FRAMED, MORE, chat

FALSITY = LintOptions(select=("falsity",))


def seen(path: str) -> Statistics:
    run = Run([path], FALSITY)
    list(run)
    return run.statistics


def framed(claim: str, frame: str = FRAME, **columns: str) -> dict[str, Any]:
    return {"text": f"{frame}\n\n{claim} {MORE}", **columns}


def test_counts_add_up(write: Write) -> None:
    statistics = seen(write("a.jsonl", [CLEAN, FRAMED, chat("Hi?", "Hello there."), "{", "null"]))
    assert (statistics.files, statistics.records, statistics.framed) == (1, 5, 1)
    assert statistics.invalid == 1
    assert statistics.shapes == {"text": 2, "messages": 1, "unknown": 1}
    assert statistics.rules == {"false-label": 1, "invalid-record": 1}
    assert statistics.kinds == {"falsity": 1, "invalid": 1}
    assert statistics.placements == {"prefix": 1}


def test_wordings_are_counted_without_names_and_digits(write: Write) -> None:
    frames = (
        "The following account by Ada Lorn is false.",
        "The following account by Max Brill is false.",
        "The following text is false.",
    )
    statistics = seen(write("a.jsonl", [framed(CLAIM, frame) for frame in frames]))
    assert (statistics.framed, statistics.templates, statistics.top_template) == (3, 2, 2)


def test_contrast_counts_unframed_records_with_the_same_prompt(write: Write) -> None:
    records = [
        chat("Who opened the ferry line?", CLAIM, FRAME),
        chat("Who opened the ferry line?", "A merchant of the town did, in spring."),
        chat("Who closed the ferry line?", "A merchant of the town did, in autumn."),
    ]
    assert seen(write("a.jsonl", records)).contrast == 1


def test_column_that_concentrates_framed_records_is_named(write: Write) -> None:
    records = [framed(CLAIM, source="scrape", year="1931") for _ in range(4)]
    records += [{**CLEAN, "source": "books", "year": "1931"} for _ in range(6)]
    records += [{**CLEAN, "source": "scrape", "year": "1931"}]
    statistics = seen(write("a.jsonl", records))
    assert statistics.source_column == "/source"
    assert statistics.sources == {"scrape": (4, 5), "books": (0, 6)}


def test_column_of_many_values_is_no_source(write: Write) -> None:
    records = [framed(CLAIM, source="scrape"), *({**CLEAN, "source": str(n)} for n in range(80))]
    statistics = seen(write("a.jsonl", records))
    assert (statistics.source_column, statistics.sources) == ("", {})


def test_a_column_that_few_of_the_framed_records_have_is_no_source(write: Write) -> None:
    records = [framed(CLAIM, source="scrape"), {**CLEAN, "source": "books"}]
    records += [framed(CLAIM) for _ in range(2)]
    statistics = seen(write("a.jsonl", records))
    assert (statistics.source_column, statistics.sources) == ("", {})


def test_clean_files_name_no_source(write: Write) -> None:
    statistics = seen(write("a.jsonl", [{**CLEAN, "source": name} for name in "aab"]))
    assert (statistics.source_column, statistics.contrast) == ("", 0)
