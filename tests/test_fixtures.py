from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from marking import FIXTURES, build

from negaudit.find.finder import Finder
from negaudit.find.rule_files import load_rule_set
from negaudit.read import blocks, decode_block, discover
from negaudit.records import Finding, Kind, Placement, Record
from negaudit.shapes import segments_of

EXPECTED = [
    msgspec.json.decode(line, type=build.Expected)
    for line in (FIXTURES / build.EXPECTED).read_bytes().splitlines()
]
MARKED = sorted(
    path for path in (FIXTURES / "marked").iterdir() if not path.name.startswith("clean-")
)
PLAIN = st.text(st.characters(exclude_characters="⟦⟧⟪⟫", codec="utf-8"))
RULERS = " \t\r\n-=*_#~>"


@cache
def finder() -> Finder:
    return Finder(load_rule_set())


@cache
def records(file: str) -> tuple[Any, ...]:
    return tuple(
        record
        for source in discover([str(FIXTURES / file)])
        for block in blocks(source)
        for _, _, record, _ in decode_block(block)
    )


def findings(record: object, row: int = 0) -> list[Finding]:
    shape, segments = segments_of(record)
    found = finder().find(Record("data", row, None, shape, segments))
    return [exhibit.finding for exhibit in found]


def clean() -> Iterator[Any]:
    for path in sorted((FIXTURES / "clean").iterdir()):
        for row, record in enumerate(records(f"clean/{path.name}")):
            yield pytest.param(record, id=f"{path.name}-{row}")


def marked_texts(value: Any) -> Iterator[str]:
    if isinstance(value, str) and ("⟦" in value or "⟪" in value):
        yield value
    elif isinstance(value, list | dict):
        for item in value.values() if isinstance(value, dict) else value:
            yield from marked_texts(item)


def outside(text: str) -> str:
    """What is left of a marked text, or of its last turn, without frames, content and rulers."""
    found = build.unmark(text)
    inside = {at for span in (*found.frame, *found.content) for at in range(span.start, span.end)}
    rest = "".join(char for at, char in enumerate(found.record) if at not in inside)
    return rest.rpartition("Assistant:")[2].strip(RULERS)


def test_the_data_files_are_what_the_marked_records_give() -> None:
    assert list(build.stale()) == []


def test_every_format_is_read_back_as_it_was_written() -> None:
    for file, built in build.files().items():
        if file != build.EXPECTED:
            assert list(records(file)) == built, file


def test_there_are_records_enough_of_every_kind_and_placement() -> None:
    kinds = Counter(expected.kind for expected in EXPECTED)
    placements = Counter(expected.placement for expected in EXPECTED)
    assert len(EXPECTED) >= 160
    assert len(list(clean())) >= 160
    assert set(kinds) == set(Kind) - {Kind.INVALID, Kind.MIXED_ORIGINAL}
    assert set(placements) == set(Placement)
    assert min(*kinds.values(), *placements.values()) >= 7


def test_framed_records_come_in_many_shapes() -> None:
    shapes = {segments_of(records(e.file)[e.row])[0] for e in EXPECTED}
    usual = {"messages", "sharegpt", "alpaca", "prompt_completion", "text"}
    assert shapes >= usual | {"preference", "kto", "trace", "exchanges", "unknown"}


@pytest.mark.parametrize("path", MARKED, ids=lambda path: path.stem)
def test_frames_and_content_leave_nothing_over(path: Path) -> None:
    for line in path.read_bytes().splitlines():
        marked = msgspec.json.decode(line, type=build.Marked)
        if marked.placement in {Placement.RETRACTION, Placement.OTHER_TURN, Placement.COMMENTARY}:
            continue
        for text in marked_texts(marked.record):
            assert outside(text) == "", text


@given(st.lists(st.tuples(st.sampled_from(["⟦{}⟧", "⟪{}⟫", "{}"]), PLAIN)))
def test_spans_index_the_text_without_its_marks(pieces: list[tuple[str, str]]) -> None:
    found = build.unmark({"a/b": ["".join(form.format(text) for form, text in pieces)]})
    (plain,) = found.record["a/b"]
    assert plain == "".join(text for _, text in pieces)
    for spans, form in ((found.frame, "⟦{}⟧"), (found.content, "⟪{}⟫")):
        assert {span.pointer for span in spans} <= {"/a~1b/0"}
        inside = [plain[span.start : span.end] for span in spans]
        assert inside == [text for wanted, text in pieces if wanted == form]


@pytest.mark.parametrize("text", ["⟦open", "close⟧", "⟦a ⟪b⟫⟧", "⟦a⟫"])
def test_marks_that_do_not_pair_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match="/text"):
        build.unmark({"text": text})


@pytest.mark.parametrize("expected", EXPECTED, ids=lambda e: f"{e.file[7:]}-{e.row}")
def test_a_framed_record_is_found_with_its_spans(expected: Any) -> None:
    (found,) = findings(records(expected.file)[expected.row], expected.row)
    assert (found.kind, found.placement) == (expected.kind, expected.placement)
    assert sorted(found.frame) == sorted(expected.frame)
    assert sorted(found.content) == sorted(expected.content)
    assert found.trained == expected.trained


@pytest.mark.parametrize("record", list(clean()))
def test_a_clean_record_has_no_finding(record: object) -> None:
    assert findings(record) == []
