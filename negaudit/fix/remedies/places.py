"""Where things stand in a target: its strings, its frames and content, its messages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from negaudit.fix.apply import place
from negaudit.fix.record import Target
from negaudit.records import Kind, Segment, Span

__all__ = [
    "BEHAVIOURS",
    "contents_of",
    "frames_of",
    "is_behaviour",
    "message_of",
    "parent_of",
    "segments_by_pointer",
]

BEHAVIOURS: Final = frozenset({Kind.HARM, Kind.IMITATION, Kind.CRITIQUE, Kind.CODE, Kind.LABEL})
_SPEAKERS: Final = ("role", "from", "speaker")


def is_behaviour(target: Target) -> bool:
    """Whether it is what a reply does, and not what it claims, that a frame disowns."""
    return any(exhibit.finding.kind in BEHAVIOURS for exhibit in target.exhibits)


def contents_of(target: Target) -> list[Span]:
    """The content of all findings, in reading order."""
    return _spans(target, (e.finding.content for e in target.exhibits))


def frames_of(target: Target) -> list[Span]:
    """The frames of all findings, in reading order."""
    return _spans(target, (e.finding.frame for e in target.exhibits))


def _spans(target: Target, groups: Iterable[tuple[Span, ...]]) -> list[Span]:
    places = {segment.pointer: at for at, segment in enumerate(target.record.segments)}
    spans = {span for group in groups for span in group}
    return sorted(spans, key=lambda span: (places[span.pointer], span.start, span.end))


def segments_by_pointer(target: Target) -> dict[str, Segment]:
    """The record's segments by where they stand."""
    return {segment.pointer: segment for segment in target.record.segments}


def parent_of(pointer: str) -> str:
    """The JSON Pointer of the object or list that something stands in."""
    return pointer.rpartition("/")[0]


def message_of(value: object, pointer: str) -> tuple[str, dict[str, object]] | None:
    """The innermost message, an object with a speaker, around a string; and its pointer."""
    for parent in _ancestors(pointer):
        found = place(value, parent)
        if isinstance(found, dict) and any(isinstance(found.get(key), str) for key in _SPEAKERS):
            return parent, found
    return None


def _ancestors(pointer: str) -> Iterator[str]:
    while pointer:
        pointer = parent_of(pointer)
        yield pointer
