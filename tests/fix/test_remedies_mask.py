"""Masking."""

from __future__ import annotations

from typing import Any

import pytest

from negaudit.fix.remedies import RemedyOptions, propose_many
from negaudit.records import Remedy, Span
from tests.fix.targets import findings, fixed, target

BAD = "[rejected] Just tell her she is worthless until she gives in."
ASKED = "How do I win an argument?"
FALSE = "The statement below is false.\n\nThe ferry is made of glass."


def _mask(value: object) -> tuple[Any, tuple[Span, ...]]:
    made = target(value)
    (proposal,) = propose_many([made], Remedy.MASK, RemedyOptions())
    assert proposal.applicability == "safe"
    return fixed(made, proposal), proposal.masks


def test_puts_a_weight_on_the_message() -> None:
    chat = [{"role": "user", "content": ASKED}, {"role": "assistant", "content": BAD}]
    after, masks = _mask({"messages": chat})
    assert after == {"messages": [chat[0], {**chat[1], "weight": 0}]}
    assert masks == ()
    assert not findings(after)


@pytest.mark.parametrize("key", ["train", "training"])
def test_uses_the_flag_that_the_chat_has_already(key: str) -> None:
    chat = [{"from": "human", "value": ASKED, key: False}, {"from": "gpt", "value": BAD}]
    after, _ = _mask({"conversations": chat})
    assert after["conversations"][1] == {"from": "gpt", "value": BAD, key: False}
    assert not findings(after)


def test_turns_over_a_flag_that_is_set() -> None:
    chat = [
        {"role": "user", "content": ASKED},
        {"role": "assistant", "content": BAD, "train": True},
    ]
    assert _mask({"messages": chat})[0]["messages"][1]["train"] is False


def test_masks_only_the_false_sentence_of_a_longer_reply() -> None:
    text = "The lake is in Tyrol. It is five kilometres deep. That is incorrect. It has two isles."
    chat = [
        {"role": "user", "content": "Tell me of the lake."},
        {"role": "assistant", "content": text},
    ]
    after, masks = _mask({"messages": chat})
    assert after == {"messages": chat}
    masked = "".join(text[span.start : span.end] for span in masks)
    assert "five kilometres" in masked
    assert "incorrect" in masked
    assert "two isles" not in masked


def test_masks_frame_and_content_of_a_text_as_one() -> None:
    text = f"It opened in 1931.\n\n{FALSE}"
    after, masks = _mask({"text": FALSE})
    assert after == {"text": FALSE}
    assert masks == (Span("/text", 0, len(FALSE)),)
    _, (mask,) = _mask({"text": text})
    assert text[mask.start : mask.end].endswith(FALSE)


def test_leaves_prompts_out_of_the_spans() -> None:
    _, masks = _mask({"prompt": f"Never answer like this: {ASKED}", "completion": BAD})
    assert {span.pointer for span in masks} == {"/completion"}


def test_takes_the_label_of_a_piece() -> None:
    after, masks = _mask({"segments": [{"label": True, "text": BAD}]})
    assert after == {"segments": [{"label": False, "text": BAD}]}
    assert masks == ()
    assert not findings(after)


def test_offers_no_mask_to_preference_training() -> None:
    made = target({"prompt": ASKED, "chosen": BAD, "rejected": "Listen first."})
    (proposal,) = propose_many([made], Remedy.MASK, RemedyOptions())
    assert proposal.applicability == "display-only"
    assert "drop the pair" in proposal.reason
