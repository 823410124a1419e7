"""Takes the frames out of a record whose content a remedy has dealt with."""

from __future__ import annotations

import re
from collections.abc import Container
from typing import Final

from negaudit.fix.apply import place
from negaudit.fix.pointer import keys_of
from negaudit.fix.record import Operation, Replace, SetMember, Target
from negaudit.fix.remedies.places import frames_of, parent_of, segments_by_pointer
from negaudit.records import Role, Segment
from negaudit.rewrite.strip import strip

__all__ = ["FrameError", "unframe", "unframed"]

_WORD: Final = re.compile(r"\w")


class FrameError(Exception):
    """A frame cannot be taken out of the record without harm; says why."""


def unframed(target: Target, segment: Segment, start: int = 0, end: int | None = None) -> str:
    """The characters [start, end) of a segment, without the frames among them."""
    stop = len(segment.text) if end is None else end
    frames = [
        (max(span.start, start) - start, min(span.end, stop) - start)
        for span in frames_of(target)
        if span.pointer == segment.pointer and span.start < stop and span.end > start
    ]
    return strip(segment.text[start:stop], frames).text


def unframe(
    target: Target, *, but: Container[str], after: int, mended: bool = True
) -> tuple[Operation, ...]:
    """Takes all frames out of a record.

    Args:
        target: The record.
        but: Pointers of strings that the remedy replaces itself.
        after: The turn of the reply; a later turn that is nothing but a frame cannot go.
        mended: Whether the record is good now, so that a column may say so.

    Raises:
        FrameError: A frame is a turn of its own, or a value that says nothing when it is empty.
    """
    segments = segments_by_pointer(target)
    pointers = dict.fromkeys(span.pointer for span in frames_of(target))
    return tuple(
        _cleared(target, segments[pointer], mended=mended)
        if segments[pointer].role is Role.METADATA
        else _stripped(target, segments[pointer], after)
        for pointer in pointers
        if pointer not in but
    )


def _stripped(target: Target, segment: Segment, after: int) -> Operation:
    text = unframed(target, segment)
    if not _WORD.search(text):
        if segment.role is not Role.SYSTEM:
            raise FrameError("a whole turn speaks of the reply: drop the record, or mask the reply")
        text = ""
    elif segment.turn > after:
        raise FrameError("a later turn answers the reply: drop the record, or mask the reply")
    return Replace(segment.pointer, text)


def _cleared(target: Target, segment: Segment, *, mended: bool) -> Operation:
    """Empties a column that disowns the record."""
    value = place(target.value, segment.pointer)
    if isinstance(value, str):
        return Replace(segment.pointer, "")
    parent = parent_of(segment.pointer)
    if mended and isinstance(value, bool) and isinstance(place(target.value, parent), dict):
        return SetMember(parent, keys_of(segment.pointer)[-1], not value)
    raise FrameError(f"no other value is known for the column {segment.pointer}")
