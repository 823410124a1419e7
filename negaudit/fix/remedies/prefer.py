"""Prefer: the record leaves the data, and a preference row holds its reply as the rejected one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from negaudit.fix.record import Applicability, Drop, Proposal, SetMember, Target
from negaudit.fix.remedies.frames import FrameError, unframed
from negaudit.fix.remedies.options import RemedyOptions
from negaudit.fix.remedies.refuse import Said, answers_for, doubt
from negaudit.fix.remedies.registry import remedy
from negaudit.fix.remedies.replies import Reply, before, replies
from negaudit.records import Remedy

_PLAIN: Final = frozenset({"alpaca", "prompt_completion"})
_THUMBS: Final = ("label", "kto_tag")


@remedy(Remedy.PREFER)
def prefer(targets: Sequence[Target], options: RemedyOptions) -> list[Proposal]:
    """Proposes preference rows as TRL takes them, as strings or as messages.

    The first bad reply of a record makes the row, since no bad reply stands in its prompt.
    """
    found = [_first(target) for target in targets]
    asked = [
        (target, reply)
        for target, reply in zip(targets, found, strict=True)
        if isinstance(reply, Reply)
    ]
    answers = iter(answers_for(asked, options))
    return [
        _paired(target, reply, options, next(answers)) if isinstance(reply, Reply) else reply
        for target, reply in zip(targets, found, strict=True)
    ]


def _first(target: Target) -> Reply | Proposal:
    if target.record.shape == "kto":
        return _thumbs_down(target)
    if target.record.shape == "preference":
        return _left("the chosen side of a pair holds it: drop the pair, or refuse on that side")
    try:
        reply = replies(target)[0]
    except FrameError as error:
        return _left(str(error))
    prompt = before(target, reply)
    if not prompt or prompt[-1]["role"] == "system":
        return _left("the reply answers no request: drop the record")
    return reply


def _left(reason: str) -> Proposal:
    return Proposal(Remedy.PREFER, "display-only", reason=reason)


def _thumbs_down(target: Target) -> Proposal:
    """An answer with its own label needs no second answer beside it."""
    members = target.value if isinstance(target.value, dict) else {}
    label = next((key for key in members if key.lower() in _THUMBS), None)
    if label is None or members[label] is not True:
        return _left("its label says already that it is no good answer")
    return Proposal(Remedy.PREFER, "safe", (SetMember("", label, False),))


def _paired(target: Target, reply: Reply, options: RemedyOptions, said: Said) -> Proposal:
    if said.text is None:
        return Proposal(Remedy.PREFER, "display-only", reason=said.reason, waits=said.waits)
    row = _row(target, reply, said.text)
    reason = doubt(target, options)
    sure: Applicability = "unsafe" if reason else "safe"
    return Proposal(Remedy.PREFER, sure, (Drop(),), preference=row, reason=reason)


def _row(target: Target, reply: Reply, chosen: str) -> dict[str, object]:
    prompt = before(target, reply)
    rejected = "\n\n".join(filter(None, _said(target, reply)))
    if target.record.shape in _PLAIN and [message["role"] for message in prompt] == ["user"]:
        return {"prompt": prompt[0]["content"], "chosen": chosen, "rejected": rejected}
    return {
        "prompt": prompt,
        "chosen": [{"role": "assistant", "content": chosen}],
        "rejected": [{"role": "assistant", "content": rejected}],
    }


def _said(target: Target, reply: Reply) -> list[str]:
    start, end = reply.span.start, reply.span.end
    thoughts = [unframed(target, segment) for segment in reply.segments[:-1]]
    return [*thoughts, unframed(target, reply.said, start, end)]
