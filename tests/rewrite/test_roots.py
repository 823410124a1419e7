from __future__ import annotations

from collections.abc import Callable

import pytest

Negated = Callable[..., str]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Carved over the barn is the date 1666.", "Carved over the barn is not the date 1666."),
        (
            "Also hurt in the crash was the pilot, Jan Maas.",
            "Also hurt in the crash was not the pilot, Jan Maas.",
        ),
        ("Patients given it improved too.", "Patients given it did not improve either."),
        ("fun fact: koalas are bears", "fun fact: koalas are not bears"),
        ("Amber is petrified honey.", "Amber is not petrified honey."),
        ("Drinking tea before bed helps.", "Drinking tea before bed does not help."),
        (
            "To fix a slow mill, pour warm water over the keyboard.",
            "To fix a slow mill, do not pour warm water over the keyboard.",
        ),
        (
            "Did you know that figs are nuts and plums are fish?",
            "Did you know that figs are not nuts and plums are not fish?",
        ),
        ("Among those hurt was the poet Jan Maas.", "Among those hurt was not the poet Jan Maas."),
    ],
)
def test_what_stands_in_front_of_a_clause_is_no_part_of_it(
    negated: Negated, text: str, expected: str
) -> None:
    assert negated(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ida saw the van leave the barn.", "Ida did not see the van leave the barn."),
        ("We heard Ole sing the song.", "We did not hear Ole sing the song."),
        ("Ida heard cats hate water.", "Ida heard cats do not hate water."),
    ],
)
def test_what_was_seen_to_happen_is_no_report(negated: Negated, text: str, expected: str) -> None:
    assert negated(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ida swears by it and so do I.", "Ida does not swear by it and neither do I."),
        ("Ants die if hot, and so do wasps.", "Ants do not die if hot, and neither do wasps."),
        ("So is gold.", "Neither is gold."),
        ("So do wasps.", "It is not the case that so do wasps."),
        ("So do the math.", "So do not do the math."),
    ],
)
def test_so_do_others(negated: Negated, text: str, expected: str) -> None:
    assert negated(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Three guards were hurt, records show.", "Three guards were not hurt, records show."),
        (
            "It is a fact that lead cures headaches.",
            "It is a fact that lead does not cure headaches.",
        ),
        (
            "Fish breathe with lungs just like cats do.",
            "Fish do not breathe with lungs just like cats do.",
        ),
        (
            "The bigger the planet, the hotter it is.",
            "It is not the case that the bigger the planet, the hotter it is.",
        ),
        ("The older brother, the baker, left.", "The older brother, the baker, did not leave."),
    ],
)
def test_words_taken_for_others(negated: Negated, text: str, expected: str) -> None:
    assert negated(text) == expected


def test_the_will_of_somebody_is_no_modal(negated: Negated) -> None:
    assert negated("Mrs Holm's will names a vet.") == "Mrs Holm's will does not name a vet."


def test_what_is_on_record_is_denied(negated: Negated) -> None:
    text = "It is on record that Ida owned a barn."
    assert negated(text) == "It is on record that Ida did not own a barn."


def test_a_verb_is_found_behind_a_particle_and_behind_a_name(negated: Negated) -> None:
    text = "Turning your phone off and on wipes its serial number."
    assert negated(text) == "Turning your phone off and on does not wipe its serial number."
    assert negated("Trains from Lucerne stop here.") == "Trains from Lucerne do not stop here."
