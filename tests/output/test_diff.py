from __future__ import annotations

import time
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from negaudit.output.diff import Piece, render_diff, word_diff

WORDS = st.lists(
    st.sampled_from(["Ann", "did", "not", "win", ".", "!", " ", "\n", " ", "é", "\u202e"]),
    max_size=40,
).map("".join)


def kinds(before: str, after: str) -> list[tuple[str, str]]:
    return [tuple(piece) for piece in word_diff(before, after)]


@given(WORDS, WORDS)
def test_pieces_make_up_both_texts(before: str, after: str) -> None:
    pieces = word_diff(before, after)
    assert "".join(text for kind, text in pieces if kind != "added") == before
    assert "".join(text for kind, text in pieces if kind != "removed") == after
    assert all(text for _, text in pieces)
    assert all(one.kind != two.kind for one, two in pairwise(pieces))


@given(WORDS)
def test_a_text_is_the_same_as_itself(text: str) -> None:
    assert word_diff(text, text) == ((Piece("same", text),) if text else ())


def test_only_the_words_that_change_are_pieces() -> None:
    assert kinds("Ann won the race.", "Ann did not win the race.") == [
        ("same", "Ann "),
        ("removed", "won"),
        ("added", "did not win"),
        ("same", " the race."),
    ]


def test_whole_words_change_and_never_parts() -> None:
    assert kinds("He is a dentist.", "He is an artist.") == [
        ("same", "He is "),
        ("removed", "a dentist"),
        ("added", "an artist"),
        ("same", "."),
    ]


def test_sentences_in_between_stay() -> None:
    before = "It is false. One stays. Ann won. Two stays. Bob lost."
    after = "One stays. Ann did not win. Two stays. Bob lost."
    same = [text for kind, text in kinds(before, after) if kind == "same"]
    assert same == ["One stays. Ann ", ". Two stays. Bob lost."]


def test_repetitive_texts_take_no_long_time() -> None:
    before = "the cat and the dog. " * 20_000
    after = "a dog. " + "the dog and the cat. " * 20_000 + "an end"
    began = time.perf_counter()
    word_diff(before, after)
    assert time.perf_counter() - began < 3


def test_long_texts_with_many_changes_take_no_long_time() -> None:
    before = "".join(f"Sentence {n} says that item {n} is in box {n % 7}.\n" for n in range(8_000))
    after = before.replace(" is in", " is not in")
    began = time.perf_counter()
    pieces = word_diff(before, after)
    assert time.perf_counter() - began < 3
    assert [text.strip() for kind, text in pieces if kind == "added"] == ["not"] * 8_000


def test_marks_tell_removed_from_added_without_colours() -> None:
    shown = render_diff(word_diff("Ann won it.", "Ann did not win it."), styled=False)
    assert shown.plain == "Ann [-won-]{+did not win+} it."
    assert not shown.spans


def test_colours_tell_removed_from_added() -> None:
    shown = render_diff(word_diff("Ann won it.", "Ann did not win it."))
    assert shown.plain == "Ann wondid not win it."
    styles = {shown.plain[span.start : span.end]: span.style for span in shown.spans}
    assert "red" in str(styles["won"])
    assert "green" in str(styles["did not win"])


def test_far_words_are_left_out() -> None:
    words = " ".join(f"w{n}" for n in range(30))
    shown = render_diff(
        word_diff(f"{words} old {words} old", f"{words} new {words} new"), context=2, styled=False
    )
    assert shown.plain.strip() == "… w28 w29 [-old-]{+new+} w0 w1 … w28 w29 [-old-]{+new+}"


def test_hostile_text_is_inert() -> None:
    shown = render_diff(word_diff("a \x1b[31m b", "a \u202e\nc b"), styled=False).plain
    assert "\x1b" not in shown
    assert "\u202e" not in shown
    assert "\n" not in shown
