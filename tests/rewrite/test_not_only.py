from __future__ import annotations

import pytest

from negaudit.rewrite import negate


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He not only paints but also sings.", "He neither paints nor sings."),
        ("Hay is not just cheap but dry.", "Hay is neither cheap nor dry."),
        ("Not only owls but also hens dive.", "Neither owls nor hens dive."),
        ("Not only is hay cheap, but it is also dry.", "Neither is hay cheap, nor is it dry."),
        ("Not only do owls swim, but they also dive.", "Neither do owls swim, nor do they dive."),
    ],
)
def test_both_halves_are_denied(text: str, expected: str) -> None:
    assert negate(text).text == expected


def test_a_relative_clause_keeps_its_not_only() -> None:
    text = "She owns a shop that sells not only hay but also oats."
    assert negate(text).text == "She does not own a shop that sells not only hay but also oats."


def test_a_second_half_with_an_auxiliary_is_denied_as_a_whole() -> None:
    result = negate("He had not only won the race but had also sung.")
    assert result.text == "It is not the case that he had not only won the race but had also sung."
