from __future__ import annotations

from collections.abc import Callable

import pytest

Negated = Callable[..., str]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ants make honey too.", "Ants do not make honey either."),
        (
            "Ants make honey too, and it tastes like mint.",
            "Ants do not make honey either, and it does not taste like mint.",
        ),
        ("The vet sang as well, in May.", "The vet did not sing either, in May."),
        ("The vet, too, left.", "The vet, too, did not leave."),
    ],
)
def test_what_is_added_behind_a_verb_is_not_the_case_either(
    negated: Negated, text: str, expected: str
) -> None:
    assert negated(text) == expected


@pytest.mark.parametrize("amount", ["lots", "plenty", "dozens"])
def test_an_amount_is_denied_and_not_counted(negated: Negated, amount: str) -> None:
    assert negated(f"There are {amount} of lakes here.") == f"There are not {amount} of lakes here."
