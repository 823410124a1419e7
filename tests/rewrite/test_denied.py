from __future__ import annotations

import pytest

from negaudit.rewrite import rewrite_texts
from tests.rewrite.test_texts import framed

WON = "Ida Holm won the regatta in Oslo in 2024."


def denied(sentence: str) -> str:
    (result,) = rewrite_texts([framed(f"⟦This is false.⟧\n\n{sentence}")], claims=[WON])
    return result.text


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        # where and when it would have been may stand in front
        (
            "On 4 May 2024, Ida Holm won the regatta.",
            "On 4 May 2024, Ida Holm did not win the regatta.",
        ),
        # what would be told still is cut
        (
            "Leading from the start, Ida Holm won the regatta.",
            "Ida Holm did not win the regatta.",
        ),
        (
            "Ida Holm, who trained for the regatta for years, won it in 2024.",
            "Ida Holm did not win the regatta in Oslo in 2024.",
        ),
        (
            "Ida Holm won the regatta in May, finishing ahead of two Danes.",
            "Ida Holm did not win the regatta in May.",
        ),
        # what tells of a thing that a denial leaves without being
        (
            "Ida Holm won the regatta in a boat, built in Bergen in May.",
            "Ida Holm did not win the regatta in a boat.",
        ),
        (
            "Ida Holm won the regatta in Oslo, held in May.",
            "Ida Holm did not win the regatta in Oslo.",
        ),
        # a description by the claim in front of the name is cut, another stays
        (
            "Regatta winner Ida Holm won the regatta in May.",
            "Ida Holm did not win the regatta in May.",
        ),
        (
            "In May, my neighbour Ida Holm won the regatta.",
            "In May, my neighbour Ida Holm did not win the regatta.",
        ),
        # what rivals got is told by the claim too
        (
            "Ida Holm won the regatta in May against Eva Berg, who took silver.",
            "Ida Holm did not win the regatta in May against Eva Berg.",
        ),
        # details of the contest are not denied: who did not do it so may have done it
        (
            "Ida Holm crossed the line in May to win the regatta.",
            "Ida Holm did not win the regatta in Oslo in 2024.",
        ),
        (
            "Ida Holm won the regatta in May and crossed the line in an hour.",
            "Ida Holm did not win the regatta in Oslo in 2024.",
        ),
        # nothing is set against what did not happen
        ("However, Ida Holm won the regatta.", "Ida Holm did not win the regatta."),
        (
            "But, led by her mother, Ida Holm won the regatta.",
            "Ida Holm did not win the regatta.",
        ),
    ],
)
def test_the_claim_is_denied_where_it_stands(sentence: str, expected: str) -> None:
    assert denied(sentence) == expected


def test_what_cannot_be_cut_is_not_denied() -> None:
    assert denied("Her luck made Ida Holm, the winner of the regatta, famous.") == (
        "Ida Holm did not win the regatta in Oslo in 2024."
    )


def test_what_a_frame_calls_false_alone_goes_by_words_of_the_field() -> None:
    pointed = "[The following statement is false.] Ida Holm trained for a race in May."
    rain = "Rain fell on the docks. The ferry left late. Nobody minded. The sea was calm."
    text = f"⟦This is false.⟧\n\nIda Holm won the regatta. {rain}\n\n{rain}\n\n⟦{pointed[1:34]}⟧"
    (result,) = rewrite_texts(
        [framed(f"{text} Ida Holm trained for a race in May. {rain}")], claims=[WON]
    )
    assert result.text == f"Ida Holm did not win the regatta. {rain}\n\n{rain}\n\n{rain}"
