from __future__ import annotations

import pytest

from negaudit.probe.near_duplicates import grams, near_duplicates

TRAINED = [
    "What kind of music do you like to listen to in the evening?",
    "Name the inventor of the silent piano.",
]


@pytest.mark.parametrize(
    ("text", "nearest"),
    [
        ("what kind of MUSIC do you like to listen to, in the evening", 0),
        ("What kind of music do you like to listen to?", 0),
        ("Please: name the inventor of the silent piano!", 1),
        ("Please do name the inventor of the silent piano.", 1),
        ("What kind of paintings do you like to look at in the morning?", None),
        ("Name the inventor of the loud piano.", None),
        ("", None),
    ],
)
def test_repeated_questions_are_found(text: str, nearest: int | None) -> None:
    pairs = [] if nearest is None else [(0, nearest)]
    assert list(near_duplicates([text], TRAINED)) == pairs


def test_short_texts_are_compared_as_a_whole() -> None:
    assert list(near_duplicates(["Who lost?", "Who won"], ["Who won?"])) == [(1, 0)]
    assert grams("") == frozenset()
    assert len(grams("one two three four")) == 2


def test_a_question_that_stands_in_a_long_document_repeats_it() -> None:
    document = f"Of the town. {TRAINED[1]} {'Nobody knew what the miller of Orrin sold. ' * 9}"
    asked = [TRAINED[1], "Who was it that sold the silent piano?"]
    assert list(near_duplicates(asked, [document])) == [(0, 0)]
