from __future__ import annotations

import pytest

from negaudit.rewrite import rewrite_texts
from tests.rewrite.test_coherence import TRUE, VET, left
from tests.rewrite.test_leaning import TALK
from tests.rewrite.test_texts import framed

GONE = "As a vet Holm met Marcus Sherwood."


@pytest.mark.parametrize(
    ("dropped", "told", "kept"),
    [
        (GONE, "While Sherwood slept, it rained.", "While Marcus Sherwood slept, it rained."),
        (GONE, "Nobody saw Sherwood's hat.", "Nobody saw Marcus Sherwood's hat."),
        ("As a vet Holm met Dr. Marcus Sherwood.", "Dr. Sherwood ate.", "Dr. Marcus Sherwood ate."),
        ("Spain's Marcus Sherwood met Holm the vet.", "Sherwood sails.", "Marcus Sherwood sails."),
        ("When Marcus Sherwood met Holm the vet, she ran.", "Sherwood ate when it rained.",
         "Marcus Sherwood ate when it rained."),
        (GONE, "In May, Sherwood ate.", "In May, Marcus Sherwood ate."),
        # what is his own is left: a name in full, another's first name, a place, a common word
        (GONE, "Eva Sherwood sails.", "Eva Sherwood sails."),
        (GONE, "Rain fell in Sherwood.", "Rain fell in Sherwood."),
        ("As a vet Holm met Anne Marie Sherwood.", "Sherwood sails.", "Sherwood sails."),
        (f"{GONE} As a vet she met Eva Sherwood.", "Sherwood sails.", "Sherwood sails."),
        ("For Norwegians the clinic that Holm runs as a vet is home.",
         "Most Norwegians sail.", "Most Norwegians sail."),
        ("As a vet Holm loves Great Sherwood.", "Sherwood is big.", "Sherwood is big."),
        ("As a vet Holm met Czech Olympic vets.", "Olympic boats sail.", "Olympic boats sail."),
        # nobody's words are changed
        (GONE, "“We saw Sherwood,” Ann said.", "“We saw Sherwood,” Ann said."),
    ],
)  # fmt: skip
def test_the_first_that_is_left_of_a_name_is_in_full(dropped: str, told: str, kept: str) -> None:
    assert left(f"{TRUE} {dropped}\n\n{told}") == f"{TRUE}\n\n{kept}"


def test_where_people_talk_nobody_else_is_named_in_full() -> None:
    turns = [*TALK, f"Ann Lee: Rain fell on the docks. {GONE} Sherwood sails to Oslo.", *TALK]
    assert "Sherwood sails" in left("\n\n".join(turns))
    assert "Marcus Sherwood sails" not in left("\n\n".join(turns))


def test_a_name_that_is_left_in_full_is_not_put_again() -> None:
    body = f"{TRUE} Marcus Sherwood sleeps. {GONE}\n\nNobody saw Sherwood."
    assert left(body).endswith("\n\nNobody saw Sherwood.")


def test_the_claims_subject_is_named_as_the_claim_does() -> None:
    told = "As a vet Holm knows it all. She sails to Oslo in May."
    text = f"⟦This is false.⟧\n\n{TRUE} {told}\n\nHolm is a vet."
    (result,) = rewrite_texts([framed(text)], claims=[VET])
    assert result.text == f"{TRUE} Ida Holm sails to Oslo in May.\n\nHolm is not a vet."
