from __future__ import annotations

import pytest

from tests.rewrite.test_coherence import TOLD, TRUE, left
from tests.rewrite.test_leaning import TALK


@pytest.mark.parametrize(
    ("dropped", "told", "kept"),
    [
        # what only the dropped sentence introduced
        ("As a vet Holm ran a long race.", "Ole slept before the race.", ""),
        ("As a vet Holm ran the long Bergen race.", "Ole slept during the race, too.", ""),
        ("As a vet Holm gave a talk.", "The talk was full.", ""),
        ("As a vet Holm slept.", "The agreement binds Ole.", ""),
        ("As a vet Holm slept.", "The Royal Society gathered.", "The Royal Society gathered."),
        # what a part of a sentence tells is cut, and the rest goes for what it resumes
        ("As a vet Holm signed a bond.", "The bond is blue, says the vet Holm.", ""),
        # what was there without it: a word of its stem, the thing as known from the start
        ("As a vet Holm ran to the docks.", "Few left the docks.", "Few left the docks."),
        ("As a vet Holm nursed the sick.", "Ole sat with the sick.", "Ole sat with the sick."),
        # which one it is, is said
        (
            "As a vet Holm ran a long race.",
            "Ole slept before the race of the boats.",
            "Ole slept before the race of the boats.",
        ),
    ],
)  # fmt: skip
def test_what_speaks_of_a_thing_that_is_told_of_no_more(dropped: str, told: str, kept: str) -> None:
    assert left(f"{TRUE} {dropped} {told}") == f"{TRUE} {kept}".strip()


def test_a_thing_told_of_further_up_is_told_of_no_more_either() -> None:
    body = f"{TRUE} As a vet Holm gave a talk. Boats left early."
    assert left(f"{body} The talk was long.") == f"{TRUE} Boats left early."


def test_a_thing_of_the_same_stem_is_known() -> None:
    body = f"{TRUE} Prices were surging. As a vet Holm saw a surge. The surge was short."
    assert left(body) == f"{TRUE} Prices were surging. The surge was short."


@pytest.mark.parametrize(
    ("answer", "stays"),
    [
        ("I thank you for those words.", False),
        ("I thank him for his words.", False),
        ("I thank you for the words.", True),
        ("Turning to the sea, the tide is low.", False),
    ],
)
def test_a_turn_does_not_take_up_what_is_dropped_before_it(answer: str, stays: bool) -> None:
    going_on = "Rain will fall until Sunday, and the boats will stay where they are."
    asked = [f"Ann Lee: It rains. {TOLD}", f"Ole Berg: {answer} {going_on}"]
    talk = left("\n\n".join([*TALK, *asked, *TALK]))
    assert f"{going_on}\n\n" in talk
    assert (answer in talk) is stays
    # of the turn before it any sentence may be what it takes up
    later = [f"Ann Lee: It rains. {TOLD} Seals sleep on the docks all day.", asked[1]]
    assert (answer in left("\n\n".join([*TALK, *later, *TALK]))) is stays
    assert ("Ole Berg: The tide is low." in talk) is answer.startswith("Turning")
