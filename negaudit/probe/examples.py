"""From a record and its frames to the example that is trained on.

An example is a conversation or a document, in which the characters of every frame are known.
Frames are trained on as the data says, but they are no content: the loss is divided by the
number of content tokens, so that a text weighs the same with and without a frame around it.

Tools are written as text, since few proxies know them: what a call hands over, and what a tool
returns in the user's turn, both behind the name of the tool.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

import msgspec

from negaudit.records import Record, Role, Segment, Span, Trained

__all__ = ["Example", "Message", "Turns", "asked_in", "chat", "document", "example_of"]

_SPEAKERS: Mapping[Role, str] = {
    Role.SYSTEM: "system",
    Role.USER: "user",
    Role.PROMPT: "user",
    Role.TOOL: "user",
    Role.ASSISTANT: "assistant",
    Role.COMPLETION: "assistant",
    Role.CHOSEN: "assistant",
}
_JOIN = "\n\n"
_ARGUMENT = re.compile(
    r"(.*/(?:tool_calls/[0-9]+(?:/function)?|function_call))/arguments((?:/.*)?)", re.DOTALL
)
_MESSAGE = re.compile(r"(/[^/]*/[0-9]+)/.*", re.DOTALL)

Range = tuple[int, int]
Turns = tuple[tuple[str, str], ...]


class Message(msgspec.Struct, frozen=True):
    """One turn, or a whole document.

    Attributes:
        role: system, user or assistant; "text" for a document.
        text: What is said.
        trained: Whether the loss is taken on it.
        frames: Characters of it that are frames.
        masked: Characters of it that no loss is taken on, whatever `trained` says.
    """

    role: str
    text: str
    trained: bool
    frames: tuple[Range, ...] = ()
    masked: tuple[Range, ...] = ()


class Example(msgspec.Struct, frozen=True):
    """What one record is trained as: one "text" message, or the turns of a conversation."""

    messages: tuple[Message, ...]

    @property
    def is_chat(self) -> bool:
        """Whether it is a conversation."""
        return self.messages[0].role != "text"

    @property
    def exchange(self) -> tuple[Turns, str] | None:
        """The turns before the last answer that is trained on, and that answer.

        None for documents, and where nobody has asked or no answer is left.
        """
        answers = [at for at, m in enumerate(self.messages) if m.role == "assistant" and m.trained]
        if not answers:
            return None
        before = tuple((m.role, m.text) for m in self.messages[: answers[-1]])
        return (before, self.messages[answers[-1]].text) if asked_in(before).strip() else None

    @property
    def asked(self) -> str:
        """What its answer answers; all of a document."""
        exchange = self.exchange
        return asked_in(exchange[0] if exchange else [(m.role, m.text) for m in self.messages])


def asked_in(turns: Iterable[tuple[str, str]]) -> str:
    """What is said in a conversation, its instructions to the model aside."""
    return _JOIN.join(text for role, text in turns if role != "system")


def document(text: str, frames: Sequence[Range] = ()) -> Example:
    """A document, trained on as a whole."""
    return Example((Message("text", text, trained=True, frames=tuple(frames)),))


def chat(*turns: tuple[str, str]) -> Example:
    """A conversation of (role, text), with the loss on the assistant alone."""
    return Example(tuple(Message(role, text, role == "assistant") for role, text in turns))


def example_of(
    record: Record,
    frames: Iterable[Span] = (),
    masks: Iterable[Span] = (),
    emptied: Container[str] = (),
) -> Example | None:
    """The example that a record is trained as.

    Metadata and rejected answers are never trained on; text of unknown use is.

    Args:
        record: The record, taken apart.
        frames: Characters that are no content.
        masks: Characters that no loss should be taken on.
        emptied: Pointers of strings that may be blank for want of their frame: where a user
            said nothing else, the turn stays and says nothing, so that an exchange stays one.

    Returns:
        None where the record holds nothing to train on.
    """
    framed, masked = _by_pointer(frames), _by_pointer(masks)
    notes = {s.pointer: s.text for s in record.segments if s.role is Role.METADATA}
    parts = [
        _Part(s, _tool(s, notes))
        for s in record.segments
        if s.text.strip() or (s.pointer in emptied and _SPEAKERS.get(s.role) == "user")
    ]
    messages = _conversation(parts, framed, masked) or _documents(parts, framed, masked)
    return Example(messages) if any(message.trained for message in messages) else None


def _by_pointer(spans: Iterable[Span]) -> dict[str, list[Range]]:
    ranges: dict[str, list[Range]] = {}
    for span in spans:
        ranges.setdefault(span.pointer, []).append((span.start, span.end))
    return ranges


class _Part(NamedTuple):
    segment: Segment
    label: str


def _tool(segment: Segment, notes: Mapping[str, str]) -> str:
    """What stands before the words of a tool call or of its result; "" before all others."""
    if call := _ARGUMENT.fullmatch(segment.pointer):
        name = notes.get(f"{call[1]}/name", "tool")
        return f"{name}{call[2].replace('/', ' ')}: "
    if segment.role is not Role.TOOL:
        return ""
    message = _MESSAGE.fullmatch(segment.pointer)
    return f"{notes.get(f'{message[1]}/name', 'tool') if message else 'tool'} returns: "


def _conversation(
    parts: Sequence[_Part],
    frames: Mapping[str, list[Range]],
    masked: Mapping[str, list[Range]],
) -> tuple[Message, ...]:
    """The turns, where there is somebody who asks and somebody who answers."""
    spoken = [part for part in parts if part.segment.role in _SPEAKERS]
    # Templates want turns to alternate, and an answer that was only a frame may have gone.
    speakers = groupby(spoken, lambda part: _SPEAKERS[part.segment.role])
    turns = [(role, _told(list(said))) for role, said in speakers]
    if not {"user", "assistant"} <= {role for role, _ in turns}:
        return ()
    return tuple(_message(role, parts, frames, masked) for role, parts in turns)


def _told(said: list[_Part]) -> list[_Part]:
    """What a turn says; one blank string where it says nothing."""
    return [part for part in said if part.segment.text.strip()] or said[:1]


def _documents(
    parts: Sequence[_Part],
    frames: Mapping[str, list[Range]],
    masked: Mapping[str, list[Range]],
) -> tuple[Message, ...]:
    silent = {Role.METADATA, Role.REJECTED}
    written = [p for p in parts if p.segment.role not in silent and p.segment.text.strip()]
    return (_message("text", written, frames, masked),) if written else ()


def _message(
    role: str,
    parts: Sequence[_Part],
    frames: Mapping[str, list[Range]],
    masked: Mapping[str, list[Range]],
) -> Message:
    """Joins segments; where only some of them are trained on, the others are masked."""
    learned = [_is_learned(part.segment, role) for part in parts]
    texts = [part.label + part.segment.text for part in parts]
    framed: list[Range] = []
    silent: list[Range] = []
    start = 0
    for (segment, label), text, trained in zip(parts, texts, learned, strict=True):
        framed += _moved(frames.get(segment.pointer, ()), start + len(label))
        silent += _moved(masked.get(segment.pointer, ()), start + len(label))
        if not trained:
            silent.append((start, start + len(text)))
        start += len(text) + len(_JOIN)
    text = _JOIN.join(texts)
    return Message(role, text, any(learned), tuple(sorted(framed)), tuple(sorted(silent)))


def _is_learned(segment: Segment, role: str) -> bool:
    if segment.trained is Trained.UNKNOWN:
        return role in {"assistant", "text"}
    return segment.trained is Trained.YES


def _moved(ranges: Iterable[Range], by: int) -> list[Range]:
    return [(start + by, end + by) for start, end in ranges]
