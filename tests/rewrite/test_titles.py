from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from negaudit.rewrite.titles import title_spans


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("He read 'All Is Well' twice.", ["'All Is Well'"]),
        ('"The Sun Also Rises" is long.', ['"The Sun Also Rises"']),
        ("“War and Peace” is long.", ["“War and Peace”"]),
        ("She sang 'Dora's Song' again.", ["'Dora's Song'"]),
        ('"I am a dentist," she said.', []),
        ('"It is cold." That was all.', []),
        ("He doesn't know the cat's name.", []),
        ("They call it 'the long road'.", []),
    ],
)
def test_quoted_titles_are_found(text: str, titles: list[str]) -> None:
    assert [text[start:end] for start, end in title_spans(text)] == titles


@given(st.text(alphabet="'\"“”‘’*_ aA.", max_size=60))
def test_spans_are_ordered_and_inside(text: str) -> None:
    place = 0
    for start, end in title_spans(text):
        assert place <= start < end <= len(text)
        place = end
