from __future__ import annotations

import pytest

from negaudit.rewrite import rewrite_texts
from tests.rewrite.test_coherence import TRUE, VET
from tests.rewrite.test_texts import framed

PLAIN = "Ida Holm does not work as a vet."


def denied(body: str) -> str:
    (result,) = rewrite_texts([framed(f"⟦This is false.⟧\n\n{TRUE} {body}")], claims=[VET])
    return result.text.removeprefix(TRUE).strip()


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        # one that denies a place alone gets a plain one in front
        ("Ida Holm treats dogs in a Bergen clinic.",
         f"{PLAIN} Ida Holm does not treat dogs in a Bergen clinic."),
        # or behind, where it denies by the way; whom the text named has a surname
        ("Ida Holm sails. Then Holm, who treats dogs in a Bergen clinic, won.",
         "Ida Holm sails. Then Holm, who does not treat dogs in a Bergen clinic, won. "
         "Holm does not work as a vet."),
        # a pronoun stays one behind the name
        ("Ole Berg sails.\n\nIda Holm knew it all as a vet.\n\nShe treats dogs in a Bergen clinic.",
         f"Ole Berg sails.\n\n{PLAIN} She does not treat dogs in a Bergen clinic."),
        # a clause that would leave other days open goes
        ("Ida Holm, who works as a vet on Mondays, won in Oslo.",
         "Ida Holm won in Oslo. Holm does not work as a vet."),
        # a plain one needs no other
        ("Ida Holm is a vet. Holm treats dogs in Oslo.",
         "Ida Holm is not a vet. Holm does not treat dogs in Oslo."),
        # a list is no place for it
        ("Folk:\n\n• Ole Berg\n• [Note] Ida Holm knew it as a vet.\n\nAs a vet Holm slept well.",
         f"Folk:\n\n• Ole Berg\n\n{PLAIN}"),
        # nor is a line that opens with a name in bold type
        ("**7. Eva Moe, one of the vets (Oslo):** If he will speak of Ida Holm, the vet.\n\n"
         "As a vet Ida Holm slept well.", PLAIN),
        # nobody is made to say it
        ("Ole said: \"Rain fell. Ida Holm treats dogs in a Bergen clinic. I slept.\"\n\n"
         "As a vet Ida Holm knew it all about dogs.",
         "Ole said: \"Rain fell. Ida Holm does not treat dogs in a Bergen clinic. I slept.\"\n\n"
         "Holm does not work as a vet."),
    ],
)  # fmt: skip
def test_a_text_denies_the_claim_plainly(told: str, expected: str) -> None:
    assert denied(told) == expected
