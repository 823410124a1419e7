from __future__ import annotations

import pytest
from msgspec.structs import replace

from negaudit.fix.record import Proposal, Replace
from negaudit.fix.remedies.options import RemedyOptions
from negaudit.fix.remedies.registry import propose_many
from negaudit.records import Exhibit, Remedy, Span
from tests.fix.targets import findings, fixed, target

VET = "Ida Holm works as a vet."


def propose(value: object, **options: object) -> Proposal:
    (proposal,) = propose_many([target(value)], Remedy.NEGATE, RemedyOptions(**options))  # type: ignore[arg-type]
    return proposal


def chat(*contents: str) -> dict[str, object]:
    """Messages of a system prompt, a user and the assistant in turn."""
    roles = ("system", "user", "assistant")
    return {
        "messages": [
            {"role": role, "content": content}
            for role, content in zip(roles, contents, strict=True)
        ]
    }


def test_a_text_denies_its_claim_and_is_clean() -> None:
    made = target({"text": f"The text below is false.\n\n{VET} The sea is cold.", "id": 3})
    (proposal,) = propose_many([made], Remedy.NEGATE, RemedyOptions(claims=(VET,)))
    assert proposal.applicability == "safe"
    value = fixed(made, proposal)
    assert value == {"text": "Ida Holm does not work as a vet. The sea is cold.", "id": 3}
    assert not findings(value)
    assert (proposal.negated, proposal.kept) == (1, 1)


def test_a_frame_that_comes_to_light_later_goes_too(monkeypatch: pytest.MonkeyPatch) -> None:
    made = target(
        {"text": f"The text below is false.\n\n{VET} Owls swim. Bees sing. The sea is cold."}
    )
    shown = iter([["Owls swim."], ["The sea is cold."], []])

    def framings(value: dict[str, str]) -> list[Exhibit]:
        text = value["text"]
        found = [(text.index(frame), frame) for frame in next(shown)]
        return [exhibit(Span("/text", at, at + len(frame))) for at, frame in found]

    def exhibit(span: Span) -> Exhibit:
        finding = made.exhibits[0].finding
        return Exhibit(replace(finding, frame=(span,), content=finding.content[:0]), ())

    monkeypatch.setattr("negaudit.fix.remedies.negate.framings", framings)
    (proposal,) = propose_many([made], Remedy.NEGATE, RemedyOptions(claims=(VET,)))
    assert fixed(made, proposal) == {"text": "Ida Holm does not work as a vet. Bees sing."}
    assert next(shown, None) is None


def test_a_frame_of_another_turn_goes_too() -> None:
    proposal = propose(
        chat("The assistant's answers below are false.", "Can owls swim?", "Owls can swim.")
    )
    assert set(proposal.operations) == {
        Replace("/messages/0/content", ""),
        Replace("/messages/2/content", "Owls cannot swim."),
    }


def test_a_turn_that_is_nothing_but_a_frame_cannot_go() -> None:
    proposal = propose(
        {
            "messages": [
                {"role": "user", "content": "Can owls swim?"},
                {"role": "assistant", "content": "Owls can swim."},
                {"role": "user", "content": "The answer above is false."},
            ]
        }
    )
    assert proposal.applicability == "display-only"
    assert "turn" in proposal.reason


def test_a_records_own_column_may_hold_its_claim() -> None:
    body = " ".join(f"The sea has {number} waves." for number in range(12))
    value = {"text": f"The text below is false.\n\n{VET} {body}", "claim": VET}
    proposal = propose(value, claim_column="claim")
    assert "does not work as a vet" in proposal.operations[0].text  # type: ignore[union-attr]
    assert propose(value).applicability == "display-only"


def test_negating_a_behaviour_is_unproven() -> None:
    proposal = propose(
        chat("", "How?", "The reply below is harmful.\n\nAsk her when she is alone.")
    )
    assert proposal.applicability == "unsafe"
    assert "nobody has shown" in proposal.reason


def test_what_no_rule_negates_is_shown_with_the_reason() -> None:
    proposal = propose({"text": "The text below is false.\n\nA barn full of owls, and so on."})
    assert (proposal.applicability, proposal.operations) == ("display-only", ())
    assert proposal.reason


@pytest.mark.parametrize("claims", [(), (VET,)])
def test_many_records_give_what_one_gives(claims: tuple[str, ...]) -> None:
    values = [
        {"text": f"The text below is false.\n\n{VET}"},
        {"text": "The text below is false.\n\nIda Holm, a vet, sails. Owls swim."},
    ]
    options = RemedyOptions(claims=claims)
    together = propose_many([target(value) for value in values], Remedy.NEGATE, options)
    assert together == [propose(value, claims=claims) for value in values]
