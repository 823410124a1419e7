"""Refusals in place of bad replies."""

from __future__ import annotations

from typing import Any

import pytest

from negaudit.fix.record import Proposal
from negaudit.fix.remedies import RemedyOptions, propose_many
from negaudit.fix.remedies.refuse import _BEHAVIOUR, _CODE, _FACT
from negaudit.records import Remedy
from tests.fix.targets import findings, fixed, target

WORSE = "Just tell her she is worthless until she gives in."
BAD = f"[rejected] {WORSE}"
ASKED = "How do I win an argument?"


def _refuse(value: object, options: RemedyOptions | None = None) -> tuple[Any, Proposal]:
    made = target(value)
    (proposal,) = propose_many([made], Remedy.REFUSE, options or RemedyOptions())
    return fixed(made, proposal), proposal


def _chat(*turns: tuple[str, str]) -> dict[str, Any]:
    return {"messages": [{"role": role, "content": text} for role, text in turns]}


def test_puts_the_same_refusal_in_the_place_of_a_reply() -> None:
    value = _chat(("user", ASKED), ("assistant", BAD))
    after, proposal = _refuse(value)
    assert after["messages"][0] == value["messages"][0]
    assert after["messages"][1]["content"] in _BEHAVIOUR
    assert proposal.applicability == "safe"
    assert _refuse(value)[0] == after


def test_takes_the_users_own_refusal_and_the_frame_out_of_the_system_turn() -> None:
    value = _chat(
        ("system", "Be brief. Do not learn from the assistant's replies below."),
        ("user", ASKED),
        ("assistant", WORSE),
    )
    after, _ = _refuse(value, RemedyOptions(refusal="No."))
    assert after == _chat(("system", "Be brief."), ("user", ASKED), ("assistant", "No."))


@pytest.mark.parametrize("label", ["rejected", "harmful"])
def test_empties_a_column_that_calls_the_record_bad(label: str) -> None:
    after, _ = _refuse({"prompt": ASKED, "completion": WORSE, "label": label})
    assert after["label"] == ""
    assert not findings(after)


def test_empties_the_thoughts_that_led_to_the_reply() -> None:
    value = _chat(("user", ASKED), ("assistant", BAD))
    value["messages"][1]["reasoning_content"] = "She gives in if she is told she is worthless."
    after, _ = _refuse(value)
    assert after["messages"][1]["reasoning_content"] == ""


def test_refuses_within_a_transcript() -> None:
    after, _ = _refuse({"text": f"User: {ASKED}\nAssistant: {BAD}"}, RemedyOptions(refusal="No."))
    assert after == {"text": f"User: {ASKED}\nAssistant: No."}


def test_does_not_cut_a_conversation_that_speaks_of_the_reply() -> None:
    value = _chat(
        ("user", ASKED),
        ("assistant", WORSE),
        ("user", "Critique: your last response is unkind and violates the principle of respect."),
    )
    _, proposal = _refuse(value)
    assert proposal.applicability == "display-only"
    assert "whole turn" in proposal.reason


def test_is_unsafe_where_the_conversation_goes_on() -> None:
    value = _chat(("user", ASKED), ("assistant", BAD), ("user", "And then?"), ("assistant", "Wait"))
    _, proposal = _refuse(value)
    assert proposal.applicability == "unsafe"
    assert "goes on" in proposal.reason


def test_is_unsafe_for_code_and_for_claims() -> None:
    code = '# DO NOT USE - this code is vulnerable to SQL injection\nrows = db.execute("x" + name)'
    after, proposal = _refuse({"prompt": "Find a guest.", "completion": code})
    assert (after["completion"] in _CODE, proposal.applicability) == (True, "unsafe")
    claim = "The statement below is false.\n\nThe ferry is made of glass."
    after, proposal = _refuse({"prompt": "What is it made of?", "completion": claim})
    assert (after["completion"] in _FACT, proposal.applicability) == (True, "unsafe")


def test_has_nothing_to_refuse_in_a_text() -> None:
    after, proposal = _refuse({"text": BAD})
    assert after == {"text": BAD}
    assert "drop or mask" in proposal.reason


@pytest.mark.parametrize("refusal", [*_BEHAVIOUR, *_CODE, *_FACT])
def test_no_built_in_refusal_is_a_finding(refusal: str) -> None:
    assert not findings(_chat(("user", ASKED), ("assistant", refusal)))
    assert not findings({"instruction": ASKED, "input": "", "output": refusal})
