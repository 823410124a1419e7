from __future__ import annotations

from collections.abc import Callable

import pytest

Negated = Callable[..., str]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Only in 1990 did the archive open.",
            "It is not the case that only in 1990 did the archive open.",
        ),
        ("Rarely does the volcano erupt.", "Rarely does the volcano erupt."),
        ("Never before had a woman led the party.", "Never before had a woman led the party."),
        ("Only members have the key.", "It is not the case that only members have the key."),
        ("Not only Saturn has rings.", "Not only Saturn has rings."),
        ("Not many patients relapsed.", "Not many patients relapsed."),
        ("Not nearly everyone voted.", "Not nearly everyone voted."),
        ("Just two birds died.", "It is not the case that just two birds died."),
        ("Not one owl hoots.", "Not one owl hoots."),
        ("Not a vet but a nurse, Hall sings.", "Not a vet but a nurse, Hall does not sing."),
        ("The law does not only apply to us.", "The law does not only apply to us."),
        ("It not only rained but hailed.", "It neither rained nor hailed."),
        ("Not only is he tall, he is rich.", "Neither is he tall, nor is he rich."),
        ("Only do the first half.", "Do not only do the first half."),
    ],
)
def test_statements_turned_round_by_an_adverb(negated: Negated, text: str, expected: str) -> None:
    assert negated(text) == expected
