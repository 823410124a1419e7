"""Parts of a record: its segments, with chat transcripts inside one string cut into turns."""

from __future__ import annotations

from typing import NamedTuple

from negaudit.find.units import Unit, split_units
from negaudit.records import Record, Role, Segment, Trained
from negaudit.shapes import turns_of

__all__ = ["CONTEXT", "Part", "Region", "parts_of", "units_of"]

# Roles that set the scene for what the model learns to say.
CONTEXT = frozenset({Role.SYSTEM, Role.USER, Role.TOOL, Role.PROMPT})
# A rejected answer is where bad text belongs: nothing there is learned as good or disowns more.
_SILENT = frozenset({Role.METADATA, Role.REJECTED})
_TRANSCRIPTS = frozenset({Role.TEXT, Role.CHOSEN, Role.COMPLETION})
_ANSWERS = frozenset({Role.CHOSEN, Role.COMPLETION, Role.ASSISTANT})


class Part(NamedTuple):
    """Characters [start, end) of a segment that one speaker says.

    `reply` tells an answer to somebody from a text that stands for itself: words such as
    "that is false" answer the question in the one and disown the text in the other.
    """

    segment: Segment
    start: int
    end: int
    role: Role
    trained: Trained
    turn: int

    @property
    def text(self) -> str:
        """The part's own characters."""
        return self.segment.text[self.start : self.end]

    @property
    def reply(self) -> bool:
        """Whether the part answers somebody."""
        return self.role in _ANSWERS

    @property
    def context(self) -> bool:
        """Whether the part only sets the scene: nothing in it is learned."""
        return self.trained is Trained.NO or self.remarks

    @property
    def remarks(self) -> bool:
        """Whether an unusual speaker, such as a reviewer, speaks in a conversation."""
        return self.role in CONTEXT and self.trained is Trained.UNKNOWN


class Region(NamedTuple):
    """Characters [start, end) of a part, given by its index."""

    part: int
    start: int
    end: int


def parts_of(record: Record) -> tuple[Part, ...]:
    """The record's parts in reading order; metadata and rejected answers are left out."""
    parts: list[Part] = []
    for segment in record.segments:
        if segment.role in _SILENT:
            continue
        turns = turns_of(segment) if segment.role in _TRANSCRIPTS else []
        if len(turns) < 2:
            parts.append(
                Part(segment, 0, len(segment.text), segment.role, segment.trained, segment.turn)
            )
            continue
        for number, (role, start, end) in enumerate(turns):
            learned = segment.trained if role is Role.ASSISTANT else Trained.NO
            parts.append(Part(segment, start, end, role, learned, number))
    return tuple(parts)


def units_of(part: Part) -> list[Unit]:
    """The part's units, with offsets into the segment's text."""
    if part.start == 0:
        return split_units(part.text)
    return [
        unit._replace(
            start=unit.start + part.start,
            end=unit.end + part.start,
            inner=unit.inner + part.start,
            stop=unit.stop + part.start,
        )
        for unit in split_units(part.text)
    ]
