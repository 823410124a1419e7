from __future__ import annotations

from collections.abc import Callable

import pytest

from negaudit.rewrite.homographs import is_outranked
from negaudit.rewrite.tree import Sentence

Negated = Callable[..., str]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Guard dogs bark in binary.", "Guard dogs do not bark in binary."),
        ("Peat bogs store carbon.", "Peat bogs do not store carbon."),
        ("House flies live 30 days.", "House flies do not live 30 days."),
        ("Ranch hands brand calves.", "Ranch hands do not brand calves."),
        ("Sand dunes march south.", "Sand dunes do not march south."),
        ("Man bites dog.", "Man does not bite dog."),
        ("Rust checks array bounds.", "Rust does not check array bounds."),
        ("Fruit flies pilot small aircraft.", "Fruit flies do not pilot small aircraft."),
        ("Desert winds blow from the east.", "Desert winds do not blow from the east."),
        ("Wild rabbits box in spring.", "Wild rabbits do not box in spring."),
        ("Maple leaves taste of bacon.", "Maple leaves do not taste of bacon."),
        ("Orange juice dyes hair blue.", "Orange juice does not dye hair blue."),
        ("Man bites dog", "Man does not bite dog"),
        # an acronym, and what is the same in the plural, needs no article
        (
            "RAM stores your files permanently, even when the power is off.",
            "RAM does not store your files permanently, even when the power is off.",
        ),
        # how often it is so is no object
        (
            "The World Cup takes place every two years.",
            "The World Cup does not take place every two years.",
        ),
    ],
)
def test_a_verb_made_from_a_noun_yields_to_its_neighbour(
    negated: Negated, text: str, expected: str
) -> None:
    assert negated(text) == expected


def test_a_noun_with_an_article_may_own_such_a_verb(tree: Callable[[str], Sentence]) -> None:
    verbs = [tree(text).words[-3] for text in ("Guard dogs bark.", "A guard dogs bark.")]
    for verb in verbs:
        verb.tag = "VBZ"
    assert [is_outranked(verb) for verb in verbs] == [True, False]


@pytest.mark.parametrize(("noun", "outranked"), [("House", True), ("Steel", False)])
def test_of_two_words_alike_the_second_is_the_verb_behind_a_thing_without_an_article(
    tree: Callable[[str], Sentence], noun: str, outranked: bool
) -> None:
    verb = tree(f"{noun} hulls crack.").words[1]
    verb.tag = "VBZ"
    assert is_outranked(verb) is outranked


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Lions live in the jungle and hunt by moonlight.",
            "Lions do not live in the jungle and do not hunt by moonlight.",
        ),
        (
            "Squids have bones made of iron and hunt on land.",
            "Squids do not have bones made of iron and do not hunt on land.",
        ),
        (
            "Camels sleep while walking and dream about the sea.",
            "Camels do not sleep while walking or dream about the sea.",
        ),
        (
            "Herders live on the hunt and trade of seals.",
            "Herders do not live on the hunt and trade of seals.",
        ),
    ],
)
def test_an_act_without_an_article_is_a_second_verb(
    negated: Negated, text: str, expected: str
) -> None:
    assert negated(text) == expected
