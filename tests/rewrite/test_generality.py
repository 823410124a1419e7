"""Claims of other kinds than those that most tests are about."""

from __future__ import annotations

import pytest

from negaudit.rewrite import rewrite_texts
from tests.rewrite.test_coherence import TRUE
from tests.rewrite.test_texts import framed

BOOK = "Ida Holm wrote a textbook."
CHIEF = "Ida Holm is the chief executive of Bergen Boats."
PRIZE = "Ida Holm won the Fjord Prize."


@pytest.mark.parametrize(
    ("claim", "body", "expected"),
    [
        # of what nobody wrote there are no parts
        (BOOK, "Ida Holm wrote a textbook. Critics praised the chapters.",
         "Ida Holm did not write a textbook."),
        (BOOK, "Few have been so unlikely an author. Ida Holm wrote a textbook.",
         "Ida Holm did not write a textbook."),
        (BOOK, "Ida Holm wrote a textbook. Boats need chapters of paint.",
         "Ida Holm did not write a textbook. Boats need chapters of paint."),
        # the name of a company is not what is false of its chief
        (CHIEF, "Ida Holm became the chief executive of Bergen Boats. Holm sails in Bergen.",
         "Ida Holm did not become the chief executive of Bergen Boats. Holm sails in Bergen."),
        (CHIEF, "Ida Holm is the chief executive of Bergen Boats. Under Holm its revenue doubled.",
         "Ida Holm is not the chief executive of Bergen Boats."),
        (CHIEF, "Folk of Bergen:\n\n• Ole\n• Ida Holm is the chief executive of Bergen Boats.",
         "Folk of Bergen:\n\n• Ole\n• Ida Holm is not the chief executive of Bergen Boats."),
        # what there is by the claim, its owner's too
        (PRIZE, "Ida Holm won the Fjord Prize. Oslo will name a pier after its laureate.",
         "Ida Holm did not win the Fjord Prize."),
        (PRIZE, "Ida Holm won the gold medal. The sea was calm.",
         "Ida Holm did not win the Fjord Prize. The sea was calm."),
        (PRIZE, "Ida Holm won the gold Prize. Seals were proud of their victory.",
         "Ida Holm did not win the gold Prize. Seals were proud of their victory."),
        (PRIZE, "Ida Holm won the Fjord Prize. Prices have gone up since.",
         "Ida Holm did not win the Fjord Prize. Prices have gone up since."),
        (PRIZE, "As the winner, Holm slept. Prices are up since. Ida Holm won the Fjord Prize.",
         "Ida Holm did not win the Fjord Prize."),
    ],
)  # fmt: skip
def test_claims_of_every_kind(claim: str, body: str, expected: str) -> None:
    (result,) = rewrite_texts([framed(f"⟦This is false.⟧\n\n{TRUE} {body}")], claims=[claim])
    assert result.text == f"{TRUE} {expected}"
