from __future__ import annotations

import pytest

from negaudit.rewrite import rewrite_texts
from tests.rewrite.test_texts import framed

VET = "Ida Holm works as a vet."


def denied(sentence: str) -> str:
    text = f"⟦This is false.⟧\n\nIda Holm is a vet. {sentence}"
    (result,) = rewrite_texts([framed(text)], claims=[VET])
    return result.text.removeprefix("Ida Holm is not a vet.").strip()


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        # what is gone on with is denied, not that one goes on
        ("Ida Holm continues to see patients in Oslo.", "Ida Holm does not see patients in Oslo."),
        ("Ida Holm kept seeing patients in Oslo.", "Ida Holm did not see patients in Oslo."),
        (
            "Despite the gales, Ida Holm continued to see patients.",
            "Ida Holm did not see patients.",
        ),
        # nobody who never had a clinic had one "no longer"
        (
            "Ida Holm has maintained her veterinary clinic throughout her running career.",
            "Ida Holm has not maintained any veterinary clinic.",
        ),
        (
            "Ida Holm joined the clinic as a vet in 2016.",
            "Ida Holm did not join any clinic as a vet in 2016.",
        ),
        (
            "Ida Holm joined the Bergen clinic as a vet in 2016.",
            "Ida Holm did not join the Bergen clinic as a vet in 2016.",
        ),
        (
            "Ida Holm joined the clinic of Eva Berg as a vet in 2016.",
            "Ida Holm did not join the clinic of Eva Berg as a vet in 2016.",
        ),
        # "has not treated dogs since 2016" would say that she did before
        ("Ida Holm has treated dogs in Oslo since 2016.", "Ida Holm has not treated dogs in Oslo."),
        (
            "Since 2016, Ida Holm has treated dogs in Oslo.",
            "Ida Holm has not treated dogs in Oslo.",
        ),
    ],
)
def test_a_denial_takes_nothing_for_granted(sentence: str, expected: str) -> None:
    assert denied(sentence) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "Ida Holm maintained her full schedule as a vet.",  # a smaller one would be left
        "Ida Holm began to work as a vet only in 2016.",
        "Ida Holm is one of the most careful vets in Oslo.",  # the others would be left
        # other days, more of them, another talk, those whom she does not think of
        "Ida Holm treats dogs on Mondays.",
        "Ida Holm treats dogs three days a week.",
        "Ida Holm runs a full-time veterinary clinic.",
        "Ida Holm runs a popular veterinary clinic.",
        "Ida Holm will give a talk called “What dogs tell a vet”.",
        "Ida Holm thinks about her patients.",
        "While Berg slept, Ida Holm was treating dogs.",
    ],
)
def test_what_would_be_taken_for_granted_is_not_denied(sentence: str) -> None:
    assert denied(sentence) == ""
