"""Sentences, notes and comment lines of a text."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from negaudit.find.units import split_units


def pieces(text: str) -> list[str]:
    return [text[unit.start : unit.end] for unit in split_units(text)]


def test_sentences_end_at_their_marks() -> None:
    assert pieces("One is here. Two is not! Three?") == ["One is here.", "Two is not!", "Three?"]


def test_an_abbreviation_ends_no_sentence() -> None:
    assert pieces("Dr. Lind left. She won.") == ["Dr. Lind left.", "She won."]


def test_a_bracketed_note_is_a_unit_of_its_own() -> None:
    units = split_units("It rained. [This is false.] It poured.")
    assert [unit.form for unit in units] == ["sentence", "note", "sentence"]


def test_a_comment_line_is_told() -> None:
    assert split_units("# do not use\nprint(1)")[0].form == "comment"


def test_a_blank_line_begins_a_paragraph() -> None:
    assert [unit.paragraph for unit in split_units("One.\n\nTwo.")] == [0, 1]


ALPHABET = st.text(alphabet="ab .!?\n[](){}<>#/*-\"'é", max_size=300)


@given(st.one_of(ALPHABET, st.text(max_size=200)))
def test_units_are_in_order_and_do_not_overlap(text: str) -> None:
    edge = 0
    for unit in split_units(text):
        assert edge <= unit.start <= unit.inner <= unit.stop <= unit.end <= len(text)
        assert unit.start < unit.end
        edge = unit.end


@pytest.mark.parametrize("seed", ["(", "<a ", "[[", "a.", "\n", "<!--", "/*", "{", "# ", "\"'"])
def test_splitting_is_linear_in_hostile_text(seed: str) -> None:
    def seconds(size: int) -> float:
        text = seed * (size // len(seed))
        begun = time.process_time()
        split_units(text)
        return time.process_time() - begun

    assert seconds(160_000) < 60 * max(seconds(10_000), 0.005)
