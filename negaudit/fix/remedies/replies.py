"""Finds the reply that a frame disowns, and the conversation before it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import msgspec

from negaudit.fix.record import Replace, Target
from negaudit.fix.remedies.frames import FrameError, unframed
from negaudit.fix.remedies.places import contents_of, frames_of, segments_by_pointer
from negaudit.records import Role, Segment, Span
from negaudit.shapes import turns_of

__all__ = ["Reply", "before", "has_later_turns", "replaced", "replies"]

Message = dict[str, str]

_ANSWERS: Final = frozenset({Role.ASSISTANT, Role.COMPLETION, Role.CHOSEN})
_SPEAKERS: Final = {
    Role.SYSTEM: "system",
    Role.TOOL: "tool",
    Role.ASSISTANT: "assistant",
    Role.COMPLETION: "assistant",
    Role.CHOSEN: "assistant",
}
_UNANSWERED: Final = {
    "trace": "an agent's steps build on each other: drop or mask the record",
    "stepwise": "a solution's steps build on each other: drop the record",
    "tokenized": "the text is tokens already: drop the record",
    "prompt_only": "the record has no answer: drop it",
}
_NO_REQUEST: Final = "the text answers no request that could be refused: drop or mask it"
_CALLS: Final = ("/tool_calls/", "/function_call/")


class Reply(msgspec.Struct, frozen=True):
    """What the model says in one turn.

    Attributes:
        turn: The number of the turn.
        segments: Its strings, in reading order; the last one is what is said, and those
            before it are thoughts or parts.
        span: The characters of the last one that are the reply.
    """

    turn: int
    segments: tuple[Segment, ...]
    span: Span

    @property
    def said(self) -> Segment:
        """The string that holds what is said."""
        return self.segments[-1]


def replies(target: Target) -> list[Reply]:
    """The replies that hold content, in order.

    Raises:
        FrameError: The content is no reply, or one that cannot be replaced.
    """
    reason = _UNANSWERED.get(target.record.shape)
    if reason is not None:
        raise FrameError(reason)
    segments = segments_by_pointer(target)
    found: dict[Span, Reply] = {}
    for span in contents_of(target):
        reply = _reply(target, segments[span.pointer], span)
        found.setdefault(reply.span, reply)
    if not found:
        raise FrameError(_NO_REQUEST)
    return list(found.values())


def _reply(target: Target, segment: Segment, content: Span) -> Reply:
    for turn, (role, start, end) in enumerate(turns_of(segment)):
        if start <= content.start < end:
            if role is not Role.ASSISTANT:
                break
            return Reply(turn, (segment,), Span(segment.pointer, start, end))
    if segment.role not in _ANSWERS or segment.turn < 0:
        raise FrameError(_NO_REQUEST)
    strings = tuple(
        other
        for other in target.record.segments
        if other.turn == segment.turn and other.role is segment.role
    )
    if any(call in other.pointer for other in strings for call in _CALLS):
        raise FrameError("the reply calls tools: drop or mask the record")
    said = strings[-1]
    return Reply(segment.turn, strings, Span(said.pointer, 0, len(said.text)))


def before(target: Target, reply: Reply) -> list[Message]:
    """The conversation that leads to a reply, without frames."""
    parts: dict[int, tuple[str, list[str]]] = {}
    for turn, role, text in _turns(target, reply):
        if turn < reply.turn and text:
            parts.setdefault(turn, (_SPEAKERS.get(role, "user"), []))[1].append(text)
    return [
        {"role": speaker, "content": "\n\n".join(texts)}
        for _, (speaker, texts) in sorted(parts.items())
    ]


def has_later_turns(target: Target, reply: Reply) -> bool:
    """Whether the conversation goes on after a reply."""
    return any(
        turn > reply.turn and text and role is not Role.REJECTED
        for turn, role, text in _turns(target, reply)
    )


def _turns(target: Target, reply: Reply) -> Iterable[tuple[int, Role, str]]:
    marked = turns_of(reply.said)
    if marked:
        for turn, (role, start, end) in enumerate(marked):
            yield turn, role, unframed(target, reply.said, start, end).strip()
        return
    for segment in target.record.segments:
        if segment.role is not Role.METADATA and segment.turn >= 0:
            yield segment.turn, segment.role, unframed(target, segment).strip()


def replaced(target: Target, answers: Iterable[tuple[Reply, str]]) -> tuple[Replace, ...]:
    """Puts other answers in the place of replies; thoughts that led to them are emptied.

    Raises:
        FrameError: In a transcript, a later turn speaks of a reply.
    """
    texts: dict[str, str] = {}
    strings: dict[str, list[tuple[Reply, str]]] = {}
    for reply, answer in answers:
        texts |= {segment.pointer: "" for segment in reply.segments[:-1]}
        strings.setdefault(reply.said.pointer, []).append((reply, answer))
    texts |= {pointer: _respoken(target, pairs) for pointer, pairs in strings.items()}
    return tuple(Replace(pointer, text) for pointer, text in texts.items())


def _respoken(target: Target, answers: Iterable[tuple[Reply, str]]) -> str:
    pieces: list[str] = []
    at = 0
    for reply, answer in answers:
        pieces += [unframed(target, reply.said, at, reply.span.start), answer]
        at = reply.span.end
    if any(span.pointer == reply.said.pointer and span.start >= at for span in frames_of(target)):
        raise FrameError("a later turn speaks of the reply: drop or mask the record")
    return "".join((*pieces, reply.said.text[at:]))
