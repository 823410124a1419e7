from __future__ import annotations

from collections.abc import Callable

import pytest


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Owls calm down by folding their wings and tell the time.",
            "Owls do not calm down by folding their wings and do not tell the time.",
        ),
        (
            "If you make a face and the wind changes, it stays.",
            "If you make a face and the wind changes, it does not stay.",
        ),
        (
            "Alice falls down a rabbit hole and lands in Kansas.",
            "Alice does not fall down a rabbit hole and does not land in Kansas.",
        ),
        (
            "Iron floats on water but sinks in oil.",
            "Iron does not float on water or sink in oil.",
        ),
        (
            "Lobsters mate for life and age backwards.",
            "Lobsters do not mate for life or age backwards.",
        ),
        (
            "Clams have no eyes and hear with their shells.",
            "Clams have no eyes and do not hear with their shells.",
        ),
    ],
)
def test_a_verb_goes_on_with_the_clause_that_it_fits(
    negated: Callable[..., str], text: str, expected: str
) -> None:
    assert negated(text) == expected
