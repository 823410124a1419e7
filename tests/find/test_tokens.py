"""Words of a sentence, in one spelling."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from negaudit.find.tokens import tokenize


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("It isn't TRUE.", ["it", "is", "not", "true", "."]),
        ("It isn\u2019t", ["it", "is", "not"]),
        ("cannot", ["can", "not"]),
        ("3 %", ["3", "percent"]),
        ("0.5", ["0.5"]),
        ("made-up", ["made", "up"]),
        ("**false**", ["false"]),
        ("false_label", ["false", "label"]),
        ("Mara's", ["mara", "'s"]),
    ],
)
def test_spellings_of_a_word_become_one(text: str, words: list[str]) -> None:
    assert [token.word for token in tokenize(text)] == words


@given(st.text(max_size=200))
def test_tokens_stand_in_order_within_the_text(text: str) -> None:
    edge = 0
    for token in tokenize(text):
        assert edge <= token.start < token.end <= len(text)
        edge = token.start


@given(st.text(max_size=60), st.text(max_size=60))
def test_offsets_index_the_whole_text(before: str, text: str) -> None:
    whole = f"{before}\n{text}"
    start = len(before) + 1
    for token in tokenize(whole, start):
        assert start <= token.start < token.end <= len(whole)


def test_no_more_is_read_than_is_asked_for() -> None:
    text = "it isn't so; " * 1000
    assert tokenize(text, most=4) == tokenize(text[:12])
