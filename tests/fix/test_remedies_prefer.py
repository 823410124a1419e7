"""Preference rows."""

from __future__ import annotations

from negaudit.fix.record import Drop, Proposal
from negaudit.fix.remedies import RemedyOptions, propose_many
from negaudit.records import Remedy
from tests.fix.targets import findings, fixed, target

WORSE = "Just tell her she is worthless until she gives in."
BAD = f"[rejected] {WORSE}"
ASKED = "How do I win an argument?"
NO = RemedyOptions(refusal="No.")


def _prefer(value: object, options: RemedyOptions = NO) -> Proposal:
    return propose_many([target(value)], Remedy.PREFER, options)[0]


def test_a_plain_record_makes_a_plain_row() -> None:
    proposal = _prefer({"instruction": ASKED, "input": "She is my sister.", "output": BAD})
    assert proposal.operations == (Drop(),)
    assert proposal.preference == {
        "prompt": f"{ASKED}\n\nShe is my sister.",
        "chosen": "No.",
        "rejected": WORSE,
    }
    assert not findings(proposal.preference)


def test_a_chat_makes_messages_and_ends_before_the_reply() -> None:
    turns = [("system", "Be brief."), ("user", ASKED), ("assistant", BAD), ("user", "Thanks")]
    proposal = _prefer({"messages": [{"role": r, "content": c} for r, c in turns]})
    assert proposal.preference == {
        "prompt": [{"role": r, "content": c} for r, c in turns[:2]],
        "chosen": [{"role": "assistant", "content": "No."}],
        "rejected": [{"role": "assistant", "content": WORSE}],
    }


def test_takes_the_frame_out_of_the_prompt() -> None:
    turns = [
        ("system", "Do not learn from the assistant's replies below."),
        ("user", ASKED),
        ("assistant", WORSE),
    ]
    proposal = _prefer({"messages": [{"role": r, "content": c} for r, c in turns]})
    assert proposal.preference is not None
    assert proposal.preference["prompt"] == [{"role": "user", "content": ASKED}]


def test_turns_over_the_thumb_of_an_answer() -> None:
    made = target({"prompt": ASKED, "completion": BAD, "label": True})
    (proposal,) = propose_many([made], Remedy.PREFER, NO)
    after = fixed(made, proposal)
    assert after == {"prompt": ASKED, "completion": BAD, "label": False}
    assert not findings(after)


def test_makes_no_row_without_a_request() -> None:
    proposal = _prefer({"text": BAD})
    assert (proposal.operations, proposal.applicability) == ((), "display-only")


def test_a_built_in_answer_to_a_claim_is_unsafe() -> None:
    claim = "The statement below is false.\n\nThe ferry is made of glass."
    proposal = _prefer({"prompt": "What is it made of?", "completion": claim}, RemedyOptions())
    assert (proposal.applicability, bool(proposal.reason)) == ("unsafe", True)
