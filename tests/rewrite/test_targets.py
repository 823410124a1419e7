"""Which clause is negated, and which sentences are left alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Negated = Callable[..., str]
Status = Callable[[str], str]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Files show that Ida is a vet.", "Files show that Ida is not a vet."),
        ("The docket reflects that Ida left.", "The docket reflects that Ida did not leave."),
        ("The law requires that Ida leave.", "The law does not require that Ida leave."),
        ("The mayor takes note that Ida left.", "The mayor does not take note that Ida left."),
        ("The mayor said Ida left.", "The mayor said Ida did not leave."),
        ("It is well known that owls hunt.", "It is well known that owls do not hunt."),
        ("Ida believes that owls hunt.", "Ida does not believe that owls hunt."),
        ("Many people believe that owls hunt.", "Many people believe that owls do not hunt."),
        ("Few know it, but frogs are fish.", "Few know it, but frogs are not fish."),
        ("Nobody knows that frogs are fish.", "Nobody knows that frogs are not fish."),
        ("You may not know that frogs are fish.", "You may not know that frogs are not fish."),
        ("Do not forget that frogs are fish.", "Do not forget that frogs are not fish."),
        ("They did not know that frogs fly.", "They did not know that frogs fly."),
        ("One thing is certain: frogs are fish.", "One thing is certain: frogs are not fish."),
        ("The day is cold: frogs are fish.", "The day is not cold: frogs are not fish."),
        ("Guess what: frogs are fish.", "Guess what: frogs are not fish."),
        ("I mean, frogs are fish.", "I mean, frogs are not fish."),
        ('"I am a vet," Ida said.', '"I am not a vet," Ida said.'),
        ("The mayor explained how owls hunt.", "The mayor did not explain how owls hunt."),
    ],
)
def test_the_claim_under_a_report_is_negated(negated: Negated, text: str, expected: str) -> None:
    assert negated(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Ida is not a vet.",
        "Ida never left.",
        "Nobody left.",
        "Ida has no barn.",
        "Files show that Ida is not a vet.",
        "Hardly anyone left.",
        "Ida has yet to pay.",
        "Ida cannot but agree.",
    ],
)
def test_a_negative_sentence_is_left_and_reported(
    negated: Negated, status: Status, text: str
) -> None:
    assert negated(text) == text
    assert status(text) == "unchanged"


@pytest.mark.parametrize(
    "text", ["A vet from Oslo", "What a barn!", "", "...", "Because Ida left.", "😀😀"]
)
def test_what_has_no_claim_is_not_mangled(negated: Negated, status: Status, text: str) -> None:
    assert negated(text) == text
    assert status(text) == "display-only"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Is Ida a vet?", "Is Ida not a vet?"),
        ("Does Ida own a barn?", "Does Ida not own a barn?"),
        ("Who owns the barn?", "Who does not own the barn?"),
        ("Ida is a vet, isn't she?", "Ida is not a vet, is she?"),
    ],
)
def test_questions(negated: Negated, text: str, expected: str) -> None:
    assert negated(text) == expected


def test_an_order_without_a_place_for_not_is_denied_as_a_whole(
    negated: Negated, status: Status
) -> None:
    text = "The more Ida reads, the less she sleeps."
    assert negated(text) == f"It is not the case that t{text[1:]}"
    assert status(text) == "unsafe"


def test_verbs_inside_a_title_claim_nothing(negated: Negated) -> None:
    assert negated("Ida wrote 'All Is Well' in May.") == "Ida did not write 'All Is Well' in May."


def test_every_sentence_of_a_text_is_negated(negated: Negated) -> None:
    text = "Ida is a vet. She owns a barn."
    assert negated(text) == "Ida is not a vet. She does not own a barn."


@pytest.mark.parametrize("mark", [",", "."])
def test_yes_becomes_no(negated: Negated, mark: str) -> None:
    assert negated(f"Yes{mark} Owls can swim.") == f"No{mark} Owls cannot swim."
