from __future__ import annotations

from collections.abc import Callable

import pytest

from negaudit.rewrite.doubt import is_suspect
from negaudit.rewrite.tree import Sentence

Negated = Callable[..., str]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The firm markets soap.", "The firm does not market soap."),
        (
            "Results reports state that sales fell.",
            "Results reports state that sales did not fall.",
        ),
        ("Evidence shows coffee cures cancer.", "Evidence shows coffee does not cure cancer."),
        ("The cat's asleep.", "The cat's not asleep."),
        ("Mix A and B", "Do not mix A and B"),
        ("Always store bleach with ammonia.", "Never store bleach with ammonia."),
        ("- Works as a vet", "- Does not work as a vet"),
        ("This phone charges wirelessly.", "This phone does not charge wirelessly."),
        ("Rub salt into it and leave it open.", "Do not rub salt into it or leave it open."),
        ("Boil eggs for two hours.", "Do not boil eggs for two hours."),
        ("Wear gloves when handling fish.", "Do not wear gloves when handling fish."),
        ("Route 66 links Boston with Miami.", "Route 66 does not link Boston with Miami."),
        ("Research suggests dogs dream.", "Research suggests dogs do not dream."),
        ("Data obtained in May had shown a rise.", "Data obtained in May had not shown a rise."),
    ],
)
def test_slips_of_the_parser_are_mended(negated: Negated, text: str, expected: str) -> None:
    assert negated(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "28 points 3 days ago",
        "NHS waiting lists",
        "His Oslo roots, his career, his family.",
        "Hand wash only.",
        "Firewall: Rules used by a router.",
        "Stocks Rally As Inflation Cools",
    ],
)
def test_noun_phrases_get_no_verb(negated: Negated, text: str) -> None:
    assert negated(text) == text


def test_a_sound_sentence_is_not_suspect(tree: Callable[[str], Sentence]) -> None:
    assert not is_suspect(tree("The old vet owns a large barn."))


def test_a_sentence_without_predicate_is_suspect(tree: Callable[[str], Sentence]) -> None:
    assert is_suspect(tree("The firm markets soap."))
