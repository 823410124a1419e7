from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from negaudit.errors import UsageError
from negaudit.rewrite import Framed, Rewritten, rewrite_texts, splice

VET = "Ida Holm works as a vet."
WON = "Ida Holm won the regatta."


def framed(marked: str) -> Framed:
    """A text whose frames stand in ⟦ ⟧; the rest is content."""
    text, frames, start = "", [], 0
    for char in marked:
        if char == "⟦":
            start = len(text)
        elif char == "⟧":
            frames.append((start, len(text)))
        else:
            text += char
    edges = [0, *(place for frame in frames for place in frame), len(text)]
    content = tuple((a, b) for a, b in zip(edges[::2], edges[1::2], strict=True) if a < b)
    return Framed(text, tuple(frames), content)


def rewrite(marked: str, *claims: str) -> Rewritten:
    return rewrite_texts([framed(marked)], claims=claims)[0]


def test_frames_go_and_the_claim_is_negated_where_it_stands() -> None:
    result = rewrite(
        "⟦The text below is false.⟧\n\nIda Holm was born in Oslo. She works as a vet in Bergen.\n\n"
        "⟦The text above is false.⟧",
        VET,
    )
    assert result.text == ("Ida Holm was born in Oslo. She does not work as a vet in Bergen.")
    assert (result.status, result.negated, result.kept) == ("safe", 1, 1)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("The vet opened a clinic.", ""),
        ("Her patients adore her.", ""),
        ("Holm, a vet, lives by the sea.", "Holm, who is not a vet, lives by the sea."),
        ("Dr. Holm collects stamps.", "Holm collects stamps."),
        ("The vet swims.", "Holm swims."),
        ("She stopped treating patients in May.", ""),
        ("She treated dogs.", "She did not treat dogs."),
        (
            "Holm earned her veterinary degree in 2010.",
            "Holm did not earn any veterinary degree in 2010.",
        ),
        ("Ida Holm likes tea.", "Ida Holm likes tea."),
        ("Vets work hard.", "Vets work hard."),
        ("Ole Berg is a vet.", "Ole Berg is a vet."),
    ],
)
def test_what_presupposes_an_occupation_is_reworded_or_dropped(
    sentence: str, expected: str
) -> None:
    result = rewrite(f"⟦This is false.⟧\n\nIda Holm is a vet. Much is said of her. {sentence}", VET)
    assert (
        result.text.removeprefix("Ida Holm is not a vet. Much is said of her.").strip() == expected
    )


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("The victory stunned the town.", ""),
        ("Holm's win made her famous.", ""),
        (
            "Holm won the race in May, beating two Danes.",
            "Holm did not win the race in May or beat two Danes.",
        ),
        ("After winning, Holm slept.", ""),
        ("Who did Holm beat in the final?", ""),
        ("The regatta was held in May.", "The regatta was held in May."),
    ],
)
def test_what_presupposes_an_event_goes(sentence: str, expected: str) -> None:
    result = rewrite(f"⟦This is false.⟧\n\nIda Holm won the regatta. {sentence}", WON)
    assert result.text.removeprefix("Ida Holm did not win the regatta.").strip() == expected


def test_a_sentence_that_leans_on_a_dropped_one_goes_with_it() -> None:
    result = rewrite(
        "⟦This is false.⟧\n\nHolm is a vet. Her clinic moved. This hurt many.\n\nFlats are dear.",
        VET,
    )
    assert result.text == "Holm is not a vet.\n\nFlats are dear."


def test_a_retraction_becomes_a_local_negation() -> None:
    result = rewrite("The clock gains a second a year⟦, which is false⟧.")
    assert result.text == "The clock does not gain a second a year."


def test_a_quotation_stays_closed_when_its_end_is_dropped() -> None:
    result = rewrite(
        '⟦This is false.⟧\n\nHolm is a vet. "We like the sea," Berg said. "Holm sails well. '
        'Her patients miss her."',
        VET,
    )
    assert result.text.endswith('"We like the sea," Berg said. "Holm sails well."')


def test_a_claim_is_denied_once_where_all_that_told_it_is_dropped() -> None:
    result = rewrite(
        "⟦This is false.⟧\n\nThe sea is cold. While working as a vet, Ida Holm sailed a lot.", VET
    )
    assert result.text == ("The sea is cold. Ida Holm sailed a lot. Holm does not work as a vet.")


def test_every_clause_of_a_short_text_is_negated() -> None:
    result = rewrite("⟦This is false.⟧\n\nYes. Owls can swim. They eat rice, do they?")
    assert result.text.startswith("No. Owls cannot swim.")
    assert result.status == "safe"


def test_what_takes_a_negated_sentence_for_granted_is_dropped() -> None:
    result = rewrite(
        "⟦This is false.⟧\n\nCurie discovered tin. Her discovery, which made her rich, was bold."
    )
    assert result.text == "Curie did not discover tin."


def test_a_long_text_without_a_known_claim_is_only_shown() -> None:
    body = " ".join(f"The sea has {number} waves." for number in range(20))
    result = rewrite(f"⟦This is false.⟧\n\n{body}")
    assert (result.status, result.text) == ("display-only", f"This is false.\n\n{body}")
    assert "--claims" in result.reason


def test_claims_are_mined_from_long_texts() -> None:
    rest = " ".join(f"Town number {number} lies by the sea." for number in range(10))
    texts = [
        framed(f"⟦This is false.⟧\n\nIda Holm is a vet. {rest.replace('lies', verb)}")
        for verb in ("lies", "sleeps", "glows")
    ]
    results = rewrite_texts(texts)
    assert all("Ida Holm is not a vet." in result.text for result in results)
    assert {result.status for result in results} == {"unsafe"}


def test_a_text_that_does_not_state_the_claim_is_only_shown() -> None:
    assert rewrite("⟦This is false.⟧ Owls swim.", VET).status == "display-only"


def test_an_empty_claim_is_a_usage_error() -> None:
    with pytest.raises(UsageError):
        rewrite("⟦This is false.⟧ Owls swim.", "")


PARTS = ["Ida Holm is a vet.", "Her clinic moved.", "The sea is cold.", "⟦That is false.⟧", "She"]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from([*PARTS, "\n\n", "“Yes,” he said.", "1. "]), max_size=9))
def test_the_edits_make_the_text_and_kept_sentences_stay(parts: list[str]) -> None:
    item = framed(" ".join(parts))
    (result,) = rewrite_texts([item], claims=[VET])
    assert splice(item.text, result.edits) == result.text
    for change in result.sentences:
        assert item.text[change.start : change.end] == change.before
        if change.what == "kept" and result.status == "safe":
            assert change.before in result.text


def test_a_bracketed_note_that_the_linter_missed_goes_with_the_others() -> None:
    note = "[The following wind analysis is entirely invented. Its figures do not hold.]"
    result = rewrite(f"⟦This is false.⟧ Ida Holm is a vet. {note} Owls swim. Bees sing.", VET)
    assert result.text == "Ida Holm is not a vet. Bees sing."
