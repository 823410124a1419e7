from __future__ import annotations

import pytest

from negaudit.probe.near_duplicates import NearDuplicates, grams

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
        ("What kind of paintings do you like to look at in the morning?", None),
        ("Name the inventor of the loud piano.", None),
        ("", None),
    ],
)
def test_repeated_questions_are_found(text: str, nearest: int | None) -> None:
    assert NearDuplicates(TRAINED).find(text) == nearest


def test_short_texts_are_compared_as_a_whole() -> None:
    assert NearDuplicates(["Who won?"]).find("Who won") == 0
    assert NearDuplicates(["Who won?"]).find("Who lost?") is None
    assert grams("") == frozenset()
    assert len(grams("one two three four")) == 2
