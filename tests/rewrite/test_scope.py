"""What changes with a negation: quantifiers, polarity words, coordination."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Negated = Callable[..., str]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("All vets own barns.", "Not all vets own barns."),
        ("Every vet owns a barn.", "Not every vet owns a barn."),
        ("Some vets own barns.", "No vets own barns."),
        ("Somebody rang.", "Nobody rang."),
        ("Both barns were empty.", "Neither of the barns was empty."),
        ("Both Ida's barns burned.", "Neither of Ida's barns burned."),
        ("Every barn was once owned by Ida.", "Not every barn was once owned by Ida."),
        ("Both Ida and Ole left.", "Neither Ida nor Ole left."),
        ("Few people came.", "Many people came."),
        ("Only vets may enter.", "It is not the case that only vets may enter."),
    ],
)
def test_quantified_subjects(negated: Negated, text: str, expected: str) -> None:
    assert negated(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ida bought some hay.", "Ida did not buy any hay."),
        ("Ida has already left.", "Ida has not yet left."),
        ("Ida left too.", "Ida did not leave either."),
        ("Ida once lived here.", "Ida never lived here."),
        ("Ida still lives here.", "Ida no longer lives here."),
        ("Just add some hay.", "Do not just add some hay."),
        ("Ida met a man who has some hay.", "Ida did not meet a man who has some hay."),
    ],
)
def test_polarity_words(negated: Negated, text: str, expected: str) -> None:
    assert negated(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ida reads and writes.", "Ida does not read or write."),
        (
            "Ida owns an old barn near Oslo and works as a vet.",
            "Ida does not own an old barn near Oslo and does not work as a vet.",
        ),
        ("The barn was built and sold in May.", "The barn was not built or sold in May."),
        ("Ida grows wheat and barley.", "Ida does not grow wheat or barley."),
        ("Ida mixes oil and sand.", "Ida does not mix oil and sand."),
        ("Ida is a vet, not a nurse.", "Ida is not a vet, nor a nurse."),
        ("Ida either walks or drives.", "Ida neither walks nor drives."),
        ("Ida both wrote and sang it.", "Ida neither wrote nor sang it."),
    ],
)
def test_coordination(negated: Negated, text: str, expected: str) -> None:
    assert negated(text) == expected


def test_one_verb_of_a_coordination(negated: Negated) -> None:
    text = "Ida owns a barn and works as a vet."
    assert negated(text, at="works") == "Ida owns a barn and does not work as a vet."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("There is a barn.", "There is no barn."),
        ("There are two barns.", "There are not two barns."),
        ("There was once a barn here.", "There was never a barn here."),
    ],
)
def test_existence(negated: Negated, text: str, expected: str) -> None:
    assert negated(text) == expected
