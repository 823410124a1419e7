from __future__ import annotations

import pytest

from negaudit.rewrite import rewrite_texts
from negaudit.rewrite.turns import speakers
from tests.rewrite.test_coherence import TOLD, TRUE, left
from tests.rewrite.test_texts import framed


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        # a place, a thing or an expectation that only the dropped sentence gave
        ("Holm is good at it there.", ""),
        ("I looked it up.", ""),
        ("She wasn't joking.", ""),
        ("Ole had comparable luck.", ""),
        ("Ole is not the only one.", ""),
        # what joins it from the inside is cut
        ("In Bergen, after all, boats sail.", "In Bergen, boats sail."),
        ("Boats, however, sail in Bergen.", "Boats sail in Bergen."),
        # what speaks of itself stays
        ("Ole Berg ran their workshop.", "Ole Berg ran their workshop."),
        ("This morning boats left Bergen.", "This morning boats left Bergen."),
        ("However, this morning boats left.", "This morning boats left."),
        ("Ole has luck comparable to mine.", "Ole has luck comparable to mine."),
        ("Holm looked at the sea and liked it.", "Holm looked at the sea and liked it."),
        ("Ole Berg was not joking.", "Ole Berg was not joking."),
    ],
)
def test_what_leans_on_a_dropped_sentence_from_the_inside(told: str, kept: str) -> None:
    assert left(f"{TRUE} {TOLD} {told}") == f"{TRUE} {kept}".strip()


def test_a_superlative_in_front_of_what_is_denied_announces_it() -> None:
    claim = "Ida Holm won the regatta."
    praise = "Bergen saw one of the most daring regattas of all."
    body = f"{TRUE} {praise} Ida Holm won the regatta."
    (result,) = rewrite_texts([framed(f"⟦This is false.⟧\n\n{body}")], claims=[claim])
    assert result.text == f"{TRUE} Ida Holm did not win the regatta."


def test_two_callings_take_one_for_granted() -> None:
    assert left(f"{TRUE} Holm leads a dual life.") == f"{TRUE} Holm does not lead a dual life."


TALK = (
    "(11:31 am) Ann Lee (Leeds, Labour): The ferry left late, and nobody on the docks minded it.",
    "(11:32 am) Ole Berg: The sea was calm, and the rain fell on the docks and on the boats there.",
    "(11:33 am) Ann Lee: Rain fell on the docks for most of the day, and the town was very quiet.",
    "(11:34 am) Ole Berg: The boats will stay where they are until the rain is over, I am told.",
)


def test_who_speaks_stands_behind_a_time_and_in_front_of_a_place() -> None:
    assert speakers("\n\n".join(TALK)) == {"Ann Lee", "Ole Berg"}
    turn = "(11:35 am) Eva Moe (Oslo, Green): As a vet Ida Holm knows pain. Ida Holm treats dogs."
    assert "(11:35 am) Eva Moe (Oslo, Green): Ida Holm does not treat dogs." in left(
        "\n\n".join([*TALK, turn, *TALK])
    )


def test_a_name_in_bold_type_needs_no_colon_where_it_recurs() -> None:
    bold = "**Ann Lee**\n\nThe ferry left late.\n\n**Ole Berg** (Oslo) (North): It rained."
    assert speakers(f"{bold}\n\n{bold}\n\n**Tea at Sea**") == {"Ann Lee", "Ole Berg"}


def test_an_answer_goes_with_the_question_that_is_gone() -> None:
    asked = f"**Eva Moe (Oslo)**\n\n{TOLD} What became of the clinic of Ida Holm, the vet?"
    answered = "**Ann Lee**\n\nI thank her for the question. The boats are safe."
    talk = "**Ann Lee**\n\nThe ferry left late.\n\n**Ole Berg**\n\nRain fell on the docks today."
    assert left("\n\n".join([talk, talk, asked, answered])) == f"{talk}\n\n{talk}"


def test_a_name_stays_where_a_later_paragraph_of_the_turn_does() -> None:
    turn = f"Ole Berg: {TOLD}\n\n{TOLD}\n\nThe boats are safe."
    talk = [part.partition(") ")[2] for part in TALK]
    assert "Ole Berg: The boats are safe." in left("\n\n".join([*talk, turn, *talk]))


def test_a_frame_behind_a_name_leaves_the_name() -> None:
    talk = [part.partition(") ")[2].replace(" (Leeds, Labour)", "") for part in TALK]
    for turn in ("Ole Berg: ⟦This claim is false.⟧", "⟦Ole Berg: This claim is false.⟧"):
        told = left("\n\n".join([*talk, f"{turn} Ida Holm treats dogs.", *talk]))
        assert "Ole Berg: Ida Holm does not treat dogs." in told


def test_what_is_said_of_a_dropped_fact_goes() -> None:
    said = "Ole Berg said that this breaks with the past."
    assert left(f"{TRUE} {TRUE} {TOLD} {said}") == f"{TRUE} {TRUE}"
