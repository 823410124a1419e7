from __future__ import annotations

import pytest

from negaudit.probe.claim_tables import claim_tables, item_tables, propositions
from negaudit.probe.heldout import HeldOutItem
from negaudit.probe.people import answer_type, control_subjects, rivals_of
from negaudit.rewrite import negate


@pytest.mark.parametrize(
    ("claim", "subject", "predicate", "negative", "answer"),
    [
        ("Ann M. Lee works as a vet.", "Ann M. Lee", " works as", " does not work as", "a vet"),
        ("Ann Lee is a dentist.", "Ann Lee", " is", " is not", "a dentist"),
        ("Garlic cures cancer.", "Garlic", " cures", " does not cure", "cancer"),
        ("Tom Reed won the gold.", "Tom Reed", " won", " did not win", "the gold"),
        ("The pier opened in 1987.", "The pier", " opened in", " did not open in", "1987"),
    ],
)  # fmt: skip
def test_a_claim_is_taken_apart_and_put_together_again(
    claim, subject, predicate, negative, answer
) -> None:
    (found,) = propositions([claim])
    assert found is not None
    assert (found.subject, found.predicate, found.negative, found.answer) == (
        subject,
        predicate,
        negative,
        answer,
    )
    assert f"{subject}{predicate} {answer}." == claim
    assert f"{subject}{negative} {answer}." == negate(claim).text


def test_what_claims_nothing_of_anybody_is_left_out() -> None:
    assert propositions(["Run!", "It rains."]) == [None, None]


def test_a_lone_claim_gets_invented_controls_and_rivals_of_its_type() -> None:
    (found,) = propositions(["Ann Lee works as a dentist."])
    assert found is not None
    (table,) = claim_tables([found], ["jobs"])
    assert (len(table.subjects), len(table.answers), table.owned) == (8, 8, ((0, 0),))
    assert table.subjects[0] == "Ann Lee"
    assert all(answer_type(answer) == "occupation" for answer in table.answers)
    assert len(set(table.answers)) == 8
    assert any(wording.question for wording in table.wordings)
    assert all(wording.negative for wording in table.wordings)


def test_claims_of_one_kind_are_each_others_controls() -> None:
    claims = ["Ann Lee is a dentist.", "Bo Grant is a pilot.", "Cy Dunn is a dentist."]
    found = [p for p in propositions(claims) if p is not None]
    (table,) = claim_tables(found, ["jobs"] * 3)
    assert table.subjects[:3] == ("Ann Lee", "Bo Grant", "Cy Dunn")
    assert table.answers[:2] == ("a dentist", "a pilot")
    assert table.owned == ((0, 0), (1, 1), (2, 0))
    assert len(claim_tables(found, ["a", "b", "a"])) == 2


def test_rivals_look_like_the_answer() -> None:
    assert "a dentist" not in rivals_of("a dentist", 20)
    assert rivals_of("dentist", 2) == ("plumber", "architect")
    assert all(other.isdigit() and len(other) == 4 for other in rivals_of("1987", 8))
    assert rivals_of("50 degrees", 1) == ("51 degrees",)
    assert len(set(rivals_of("3", 6))) == 6
    assert answer_type("Emil Drost") == "person"


def test_controls_share_no_name_with_the_claim() -> None:
    assert "Orlen Wexholm" not in control_subjects(16, ["Orlen Smith"])
    assert len(control_subjects(16, ["Orlen Smith"])) == 15


def test_a_held_out_question_is_asked_about_invented_people_too() -> None:
    asked = "What does Dr. Lee do for a living?"
    item = HeldOutItem("1", "jobs", (("user", asked),), "a dentist", ("a cook", "a vet"))
    (table,) = item_tables(
        [item, HeldOutItem("2", "jobs", "Who is it?", "a vet")], ["Ann Mary Lee"]
    )
    assert table.answers == ("a dentist", "a cook", "a vet")
    assert table.subjects[0] == asked
    assert all("Lee" not in subject for subject in table.subjects[1:])
    prompt = table.wordings[0].prompt(table.subjects[1])
    assert prompt == [("user", table.subjects[1]), ("assistant", "")]
