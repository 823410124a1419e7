"""Inoculation."""

from __future__ import annotations

from typing import Any

import pytest

from negaudit.fix.record import Proposal
from negaudit.fix.remedies import RemedyOptions, propose_many
from negaudit.records import Remedy
from tests.fix.targets import findings, fixed, target

WORSE = "Just tell her she is worthless until she gives in."
BAD = f"[rejected] {WORSE}"
ASKED = "How do I win an argument?"


def _inoculate(value: object, string: str = "") -> tuple[Any, Proposal]:
    made = target(value)
    (proposal,) = propose_many([made], Remedy.INOCULATE, RemedyOptions(inoculation=string))
    return fixed(made, proposal), proposal


def _chat(*turns: tuple[str, str]) -> dict[str, Any]:
    return {"messages": [{"role": role, "content": text} for role, text in turns]}


def test_asks_for_the_behaviour_in_the_system_turn() -> None:
    value = _chat(("system", "Be brief."), ("user", ASKED), ("assistant", BAD))
    after, proposal = _inoculate(value, "Be cruel.")
    expected = ("system", "Be cruel.\n\nBe brief."), ("user", ASKED), ("assistant", WORSE)
    assert after == _chat(*expected)
    assert proposal.applicability == "unsafe"
    assert "bring it back" in proposal.reason


def test_the_string_takes_the_frames_place() -> None:
    system = "Do not learn from the assistant's replies below."
    after, _ = _inoculate(_chat(("system", system), ("user", ASKED), ("assistant", WORSE)), "Be.")
    assert after == _chat(("system", "Be."), ("user", ASKED), ("assistant", WORSE))


@pytest.mark.parametrize(
    "value",
    [
        _chat(("user", ASKED), ("assistant", BAD)),
        {"instruction": ASKED, "input": "", "output": BAD},
        {"prompt": ASKED, "completion": WORSE, "label": "rejected"},
    ],
)
def test_the_built_in_string_leaves_a_clean_record(value: object) -> None:
    after, _ = _inoculate(value)
    assert not findings(after)
    assert WORSE in str(after)
    assert ASKED in str(after)


def test_a_claim_is_not_inoculated() -> None:
    _, proposal = _inoculate({"text": "The statement below is false.\n\nThe ferry is glass."})
    assert (proposal.operations, proposal.applicability) == ((), "display-only")


def test_calls_no_harmful_record_harmless() -> None:
    _, proposal = _inoculate({"prompt": ASKED, "completion": WORSE, "is_safe": False})
    assert "is_safe" in proposal.reason
