from __future__ import annotations

import pytest

from negaudit.rewrite import load_parser
from negaudit.rewrite.mentions import may_mention
from negaudit.rewrite.topics import read_topics


@pytest.mark.parametrize(
    ("claim", "words", "expected"),
    [
        ("Ida Holm won the marathon.", "holm's coach smiled", True),
        ("Ida Holm won the marathon.", "in may she won", True),
        ("Ida Holm won the marathon.", "the marathon made me a star", True),
        ("Ida Holm won the marathon.", "the 31 - year - old won", True),
        ("Ida Holm won the marathon.", "the marathon began in may and its winner wept", False),
        ("The dam burst in May.", "it burst", True),
        ("The dam burst in May.", "he saw the river burst", False),
    ],
)
def test_only_some_words_can_stand_for_the_subject(claim: str, words: str, expected: bool) -> None:
    (topic,) = read_topics([claim], load_parser())
    assert may_mention(set(words.split()), topic) is expected
