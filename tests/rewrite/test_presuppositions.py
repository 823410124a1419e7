from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from negaudit.errors import UsageError
from negaudit.rewrite import negate_claim, negate_claim_many, presuppositions, splice
from negaudit.rewrite.claims import related

WON = "Ida Holm won the regatta."
WORDS = [
    *("the", "Holm", "Holm's", "his", "victory", "won", "win", "regatta", "who", "and", "some"),
    *("was", "not", "praised", "after", "winning", ",", ".", "?", "gold", "when", "her", "already"),
]
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


def test_each_sentence_of_a_text_is_taken_by_itself() -> None:
    text = "Ida Holm won the regatta. She likes tea."
    assert negate_claim(text, WON).text == "Ida Holm did not win the regatta. She likes tea."


def test_many_sentences_give_what_one_gives() -> None:
    texts = ["Holm won the regatta.", "The victory stunned the town.", "Holm likes tea."]
    assert negate_claim_many(texts, WON) == [negate_claim(text, WON) for text in texts]


def test_somebody_else_is_not_the_claims_subject() -> None:
    text = "Ole Berg won the regatta."
    assert negate_claim(text, WON).text == text


def test_an_empty_claim_is_a_usage_error() -> None:
    with pytest.raises(UsageError, match="claim is empty"):
        negate_claim("Ida Holm won.", "")


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=14))
def test_any_row_of_words_is_survived(words: list[str]) -> None:
    text = " ".join(words)
    result = negate_claim(text, WON)
    assert splice(text, result.edits) == result.text
