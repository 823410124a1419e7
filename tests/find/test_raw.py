"""Sentences, clauses and notes in raw JSON lines."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from negaudit.find.raw import RawLines, unescaped

DATA = rb'{"text": "Tin grows. The tale below, a bad one, is false.\nSo ends (we hope) it all"}'


def around(word: bytes) -> tuple[RawLines, int]:
    return RawLines(DATA), DATA.index(word)


def test_a_sentence_ends_at_full_stops_line_breaks_and_quotes() -> None:
    lines, at = around(b"below")
    start, stop = lines.sentence(at)
    assert DATA[start:stop] == b" The tale below, a bad one, is false."
    start, stop = lines.sentence(DATA.index(b"hope"))
    assert DATA[start:stop].strip(b"n ") == b"So ends (we hope) it all"
    assert lines.text[start:stop].split() == [b"so", b"ends", b"we", b"hope", b"it", b"all"]


def test_a_sentence_is_cut_where_it_is_too_long() -> None:
    lines = RawLines(b"word " * 400)
    start, stop = lines.sentence(1000)
    assert 300 < 1000 - start < 340
    assert 300 < stop - 1000 < 340
    assert lines.sentence(2) == (0, 2 + 321)


def test_clauses_lie_between_the_marks_around_an_offset() -> None:
    lines, at = around(b"bad")
    last, first = lines.clauses(at, lines.sentence(at))
    assert last is not None
    assert first is not None
    assert DATA[slice(*last)].strip() == b"a bad one, is false."
    assert DATA[slice(*first)].strip() == b"The tale below, a bad one,"
    lines, at = around(b"Tin")
    assert lines.clauses(at, lines.sentence(at)) == (None, None)


def test_a_note_is_what_stands_in_brackets() -> None:
    lines, at = around(b"hope")
    note = lines.note(at)
    assert note is not None
    assert DATA[slice(*note)] == b"we hope"
    whole = lines.note(DATA.index(b"Tin"))
    assert whole == (1, len(DATA) - 1)
    assert RawLines(b"no (such) note").note(11) is None


@given(st.text(st.sampled_from('aB1 .,!?"\\\n\u2014(-)'), max_size=60))
def test_every_place_stays_where_it_is(text: str) -> None:
    data = json.dumps({"text": text}, ensure_ascii=False).encode()
    lines = RawLines(data)
    assert len(lines.raw) == len(lines.text) == len(data)
    for at in range(len(data)):
        start, stop = lines.sentence(at)
        assert 0 <= start <= at
        assert at <= stop <= len(data)


def test_escapes_are_read_as_apostrophes_dashes_and_blanks() -> None:
    assert unescaped(rb"it\u2019s a\u2014b\tc").split() == ["it's", "a", "-", "b", "tc"]
