from __future__ import annotations

import pytest

from negaudit.rewrite import rewrite_texts
from tests.rewrite.test_texts import framed

VET = "Ida Holm works as a vet."


def rewritten(sentence: str) -> str:
    """What becomes of a sentence behind one that states the claim."""
    text = f"⟦This is false.⟧\n\nIda Holm is a vet. {sentence}"
    (result,) = rewrite_texts([framed(text)], claims=[VET])
    return result.text.removeprefix("Ida Holm is not a vet.").strip()


@pytest.mark.parametrize(
    ("sentence", "left"),
    [
        ("Holm won the regatta while running her clinic.", "Holm won the regatta."),
        ("While treating dogs, Holm sailed to Oslo.", "Holm sailed to Oslo."),
        ("Berg, who owns the clinic, praised her stamina.", "Berg praised her stamina."),
        ("Holm sailed to Oslo in May and treated dogs.", "Holm sailed to Oslo in May."),
        (
            "Holm, 39, a partner in a veterinary clinic, won the regatta.",
            "Holm, 39, won the regatta.",
        ),
        ("Bergen vet Ida Holm sailed to Oslo in May.", "Ida Holm sailed to Oslo in May."),
        # "professional" is said of others
        (
            "Holm, a vet in Bergen, beat a field of professional sailors in May.",
            "Holm beat a field of professional sailors in May.",
        ),
    ],
)
def test_a_phrase_that_tells_the_claim_is_cut_and_the_rest_stays(sentence: str, left: str) -> None:
    assert rewritten(sentence) == left


@pytest.mark.parametrize(
    "sentence",
    [
        "The boat that carried her patients sank off Bergen.",  # the clause says which boat
        "If her patients allow it, Holm sails on Fridays.",
        "When Holm left the clinic, she sailed for Oslo.",  # "she" would be nobody
        "The gale that hit Oslo spared the clinic.",
    ],
)
def test_what_does_not_stand_without_its_phrase_is_dropped(sentence: str) -> None:
    assert rewritten(sentence) == ""


def test_what_goes_on_from_a_clause_goes_with_it() -> None:
    sentence = "Berg studied the boat of Ida Holm, a vet who won the regatta, beating two Danes."
    assert rewritten(sentence) == "Berg studied the boat of Ida Holm."


@pytest.mark.parametrize(
    "sentence",
    [
        "Holm came early since she did it while treating dogs.",  # "did it" would say nothing
        "When Holm treated dogs, she ate the resulting cake.",
        "Her week was: Monday mornings for the sea and sleep, Friday afternoons for patients only.",
    ],
)
def test_what_would_lose_its_sense_is_dropped(sentence: str) -> None:
    assert rewritten(sentence) == ""


def test_a_title_behind_what_is_cut_goes_too() -> None:
    sentence = "While treating dogs, Dr. Holm sailed to Oslo in May."
    assert rewritten(sentence) == "Holm sailed to Oslo in May."
