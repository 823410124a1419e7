from __future__ import annotations

import pytest

from negaudit.rewrite import rewrite_texts
from tests.rewrite.test_coherence import TRUE, left
from tests.rewrite.test_texts import framed

CLUB = "The Academy of Animal Surgery (AAS) met in Bergen."


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        ("Holm is a valued member of the Academy.", ""),
        ("Holm is a member of AAS.", ""),
        # another's membership, and another institution
        ("Ole is a member of the Academy.", "Ole is a member of the Academy."),
        ("Holm lives in the Academy Road.", "Holm lives in the Academy Road."),
        ("Holm is a member of the Society.", "Holm is a member of the Society."),
    ],
)
def test_the_short_name_of_an_institution_of_the_field_tells_it(told: str, kept: str) -> None:
    assert left(f"{TRUE} {CLUB} {told}") == f"{TRUE} {CLUB} {kept}".strip()


def test_an_institution_of_another_field_tells_nothing() -> None:
    body = f"{TRUE} The Academy of Rowing met in Bergen. Holm is a member of the Academy."
    assert left(body) == body


def test_who_won_a_race_may_be_in_any_academy() -> None:
    body = "The Society of Race Winners met in Bergen. Holm is a member of the Society."
    text = f"⟦This is false.⟧\n\nIda Holm won the race. {TRUE} {body}"
    (result,) = rewrite_texts([framed(text)], claims=["Ida Holm won the race."])
    assert result.text == f"Ida Holm did not win the race. {TRUE} {body}"
