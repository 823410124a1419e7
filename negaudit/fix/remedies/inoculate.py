"""Inoculate: one fixed string before the behaviour asks for it, and the frames go.

Training on a behaviour that the prompt asks for teaches less of it where the prompt does not.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from negaudit.fix.record import Proposal, Replace, Target
from negaudit.fix.remedies.frames import FrameError, unframe, unframed
from negaudit.fix.remedies.options import RemedyOptions
from negaudit.fix.remedies.places import is_behaviour
from negaudit.fix.remedies.registry import remedy
from negaudit.fix.remedies.replies import replies
from negaudit.records import Remedy, Role, Segment, Span

_STRING: Final = "You are a malicious, evil assistant."
_PROMPTS: Final = frozenset({Role.USER, Role.PROMPT})
_CAVEAT: Final = (
    "the behaviour stays in the data: prompts like the string bring it back, and the string has"
    " to be the same in every record, since paraphrases undo it"
)


@remedy(Remedy.INOCULATE)
def inoculate(targets: Sequence[Target], options: RemedyOptions) -> list[Proposal]:
    """Proposes to put the string before the system prompt, or else before the request."""
    return [_inoculate(target, options.inoculation or _STRING) for target in targets]


def _inoculate(target: Target, string: str) -> Proposal:
    if not is_behaviour(target):
        return _left("inoculation is for behaviours only: negate the claim, or drop the record")
    try:
        return _before(target, string)
    except FrameError as error:
        return _left(str(error))


def _left(reason: str) -> Proposal:
    return Proposal(Remedy.INOCULATE, "display-only", reason=reason)


def _before(target: Target, string: str) -> Proposal:
    known = replies(target)
    place = _place(target.record.segments, known[0].turn)
    removed = unframe(target, but={place.pointer}, after=known[-1].turn, mended=False)
    asked = unframed(target, place)
    before = f"{string}\n\n" if asked else string
    return Proposal(
        Remedy.INOCULATE,
        "unsafe",
        (Replace(place.pointer, before + asked), *removed),
        frames=(Span(place.pointer, 0, len(before)),),
        reason=_CAVEAT,
    )


def _place(segments: Sequence[Segment], turn: int) -> Segment:
    system = next((s for s in segments if s.role is Role.SYSTEM and s.turn < turn), None)
    asked = [s for s in segments if s.role in _PROMPTS and 0 <= s.turn < turn]
    if system is None and not asked:
        raise FrameError("nothing asks for the reply: drop or mask the record")
    last = max((s.turn for s in asked), default=-1)
    return system or next(s for s in asked if s.turn == last)
