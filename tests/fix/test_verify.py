from __future__ import annotations

import pytest

from negaudit.fix.record import Drop, Proposal, Replace
from negaudit.fix.verify import verify
from negaudit.records import Remedy
from tests.fix.targets import target

FRAME = "The text below is false."
BODY = "Ida Holm won the regatta in May 2021. The sea was cold."
GOOD = "Ida Holm did not win the regatta in May 2021. The sea was cold."


def faults(text: str, body: str = BODY, claims: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Why a text should not take the place of a framed one."""
    made = target({"text": f"{FRAME}\n\n{body}"})
    return verify(made, Proposal(Remedy.NEGATE, "safe", (Replace("/text", text),)), claims=claims)


@pytest.mark.parametrize(
    "text",
    [
        GOOD,
        "Ida Holm never won the regatta in May 2021. The sea was cold.",
        "The sea was cold.",
        "No regatta was won by Ida Holm in May 2021. The sea was cold.",
    ],
)
def test_a_local_negation_is_good(text: str) -> None:
    assert faults(text) == ()


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (f"{FRAME}\n\n{GOOD}", "still found"),
        (BODY, "denies nothing"),
        ("", "leaves nothing"),
        (
            "Ida Holm never did not win the regatta in May 2021. The sea was cold.",
            "negates one clause twice",
        ),
        (
            "Ida Holm did not win no regatta in May 2021. The sea was cold.",
            "negates one clause twice",
        ),
        (
            "Ida Holm won the regatta in May 2021, which is false. The sea was cold.",
            "comments with 'false'",
        ),
        (
            "Ida Holm allegedly won the regatta in May 2021. The sea was cold.",
            "comments with 'allegedly'",
        ),
        (
            "The text claims that Ida Holm did not win the regatta in May 2021. The sea was cold.",
            "comments with 'text'",
        ),
        ("Ida Holm did not win the regatta in 2021. The sea was cold.", "loses 'may'"),
        ("Ida Holm did not win the regatta in May. The sea was cold.", "loses '2021'"),
        ("Ole did not win the regatta in May 2021. The sea was cold.", "loses 'holm'"),
        ("Ida Holm did not win the regatta in May 2022. The sea was cold.", "adds '2022'"),
        (f"{GOOD} The crew drank rum for a week afterwards.", "did not have"),
        (GOOD.replace("cold", "warm"), "without denying it"),
        (
            "Ida Holm did not win the regatta in May 2021 but slept on deck. The sea was cold.",
            "says something else",
        ),
        (f"{GOOD} {GOOD} {' '.join([GOOD] * 6)}", "the text grows"),
    ],
)
def test_a_bad_rewrite_is_told_why(text: str, fault: str) -> None:
    found = faults(text)
    assert any(fault in one for one in found), found


def test_a_negation_may_not_be_taken_away() -> None:
    body = "Ida Holm never won. The sea was cold."
    assert any(
        "takes a negation away" in f for f in faults("Ida Holm won. The sea was cold.", body)
    )


def test_the_denial_of_a_claim_may_take_a_sentences_place() -> None:
    text = "Ida Holm does not work as a vet. The sea was cold."
    body = "Working as a vet, Holm met many sailors at the docks. The sea was cold."
    assert faults(text, body, ("Ida Holm works as a vet.",)) == ()
    assert any("did not have" in fault for fault in faults(text, body))


def test_a_place_that_the_record_lacks_is_a_fault() -> None:
    made = target({"text": f"{FRAME}\n\n{BODY}"})
    (fault,) = verify(made, Proposal(Remedy.NEGATE, "safe", (Replace("/none", GOOD),)))
    assert "/none" in fault


def test_a_dropped_record_needs_no_check() -> None:
    made = target({"text": f"{FRAME}\n\n{BODY}"})
    assert verify(made, Proposal(Remedy.DROP, "safe", (Drop(),))) == ()


def test_the_rules_can_be_the_callers() -> None:
    made = target({"text": f"{FRAME}\n\n{BODY}"})
    proposal = Proposal(Remedy.NEGATE, "safe", (Replace("/text", GOOD),))
    finding = made.exhibits[0].finding
    assert "is still found" in verify(made, proposal, lint=lambda _: [finding])[0]


@pytest.mark.parametrize(
    ("body", "text"),
    [
        # a chat, whose sentences open without a capital
        (
            "[21:08] ida_fan: holm was fast. she won the regatta. what a day",
            "[21:08] ida_fan: holm was fast. she did not win the regatta. what a day",
        ),
        # the denial of the claim behind the text's own dateline
        (
            "BERGEN (AP) — Winning the regatta, Ida Holm made history. The sea was cold.",
            "BERGEN (AP) — Ida Holm did not win the regatta. The sea was cold.",
        ),
        # bold type and quotation marks that close again what a dropped sentence closed
        (
            '"The sea was cold. I won the regatta," said Ida Holm. The crew slept.',
            '"The sea was cold." Ida Holm did not win the regatta. The crew slept.',
        ),
        # a headline that loses the claim's own common noun
        ("**Regatta Woman Sails Home**\n\nIda Holm won the regatta.",
         "**Holm Sails Home**\n\nIda Holm did not win the regatta."),
    ],
)  # fmt: skip
def test_what_only_looks_like_a_fault_is_none(body: str, text: str) -> None:
    claim = ("A woman, Ida Holm, won the regatta.",)
    assert faults(text, body, claim) == ()


def test_the_claims_own_denial_may_stand_for_any_sentence_that_told_it() -> None:
    text = "Ida Holm did not win the regatta. The sea was cold."
    assert faults(text, claims=("Ida Holm won the regatta.",)) == ()
    assert any("loses" in fault for fault in faults(text))


def test_what_told_the_claim_may_be_cut_out_of_a_sentence() -> None:
    body = "Ida Holm won the regatta in Oslo. While a vet in Bergen, Holm met the king."
    text = "Ida Holm won the regatta in Oslo. Holm met the king."
    denied = text.replace("won", "did not win")
    assert faults(denied, body, ("Ida Holm is a vet.",)) == ()
    assert any("loses 'bergen'" in fault for fault in faults(denied, body))


def test_a_sentence_cut_short_is_still_a_fault() -> None:
    found = faults("Ida Holm won the regatta. The sea was not cold.")
    assert any("loses" in fault for fault in found), found


def test_a_phrase_may_go_whole_from_a_sentence_that_is_denied() -> None:
    body = "Ida Holm, who trained in Bergen for 9 years, won the regatta."
    claim = ("Ida Holm won the regatta.",)
    assert faults("Ida Holm did not win the regatta.", body, claim) == ()
    part = faults("Ida Holm, who trained for years, did not win the regatta.", body, claim)
    assert any("loses 'bergen'" in fault for fault in part)
