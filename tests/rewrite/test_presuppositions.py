from __future__ import annotations

import pytest

from negaudit.rewrite import negate_claim, presuppositions
from negaudit.rewrite.claims import related

WON = "Ida Holm won the regatta."
VET = "Ida Holm works as a vet."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Holm's victory made her famous.", "No victory by Holm made her famous."),
        ("The victory stunned the town.", "No victory stunned the town."),
        ("The town praised the victory.", "The town did not praise any victory."),
        ("Holm won the regatta in May.", "Holm did not win the regatta in May."),
        (
            "Holm, who won the regatta, lives here.",
            "Holm, who did not win the regatta, lives here.",
        ),
    ],
)
def test_an_event_is_no_longer_presupposed(text: str, expected: str) -> None:
    assert negate_claim(text, WON).text == expected


@pytest.mark.parametrize(
    "text",
    ["After winning the regatta, Holm slept.", "The town cheered when Holm won the regatta."],
)
def test_what_cannot_be_reworded_is_to_be_dropped(text: str) -> None:
    result = negate_claim(text, WON)
    assert result.text == text
    assert result.status == "display-only"
    assert result.reason.startswith("drop: ")


def test_a_role_is_negated_where_it_stands() -> None:
    assert negate_claim("Ida Holm, a vet, owns a barn.", VET).text == (
        "Ida Holm, who is not a vet, owns a barn."
    )


def test_a_description_by_the_claim_is_to_be_dropped() -> None:
    assert negate_claim("The vet went home.", VET).reason.startswith("drop: ")


def test_a_sentence_about_something_else_stays() -> None:
    result = negate_claim("Ida Holm was born in Oslo.", VET)
    assert (result.text, result.status) == ("Ida Holm was born in Oslo.", "unchanged")


def test_presuppositions_are_reported_with_their_place() -> None:
    text = "After winning the regatta, Holm slept."
    (found,) = presuppositions(text, WON)
    assert text[found.start : found.end] == "winning the regatta"
    assert found.trigger == "clause"
    assert found.edits is None


@pytest.mark.parametrize(
    ("word", "term", "expected"),
    [("dental", "dentist", True), ("discovery", "discover", True), ("wind", "win", False)],
)
def test_words_of_one_stem(word: str, term: str, expected: bool) -> None:
    assert related(word, term) is expected
