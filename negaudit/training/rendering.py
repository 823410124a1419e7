"""Writes a record as a model reads it, and finds each of its strings again in that text.

A chat goes through the tokenizer's template twice: once with marks in the place of its
strings, which tells what the template itself writes, and once with the strings.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

from negaudit.errors import UsageError
from negaudit.fix.apply import apply
from negaudit.fix.record import Replace
from negaudit.fix.remedies.places import message_of
from negaudit.records import Role, Segment, Trained

__all__ = ["Placed", "Rendered", "render"]

_SPEAKERS: Final = {
    Role.SYSTEM: "system",
    Role.TOOL: "tool",
    Role.ASSISTANT: "assistant",
    Role.COMPLETION: "assistant",
}
_PLAIN: Final = frozenset({Role.PROMPT, Role.COMPLETION})
_MARK: Final = re.compile("\ue000([0-9]+)\ue001")
_THOUGHTS: Final = ("/reasoning_content", "/reasoning", "/thinking", "/thought")
_CALLS: Final = ("/tool_calls/", "/function_call/")


class Placed(NamedTuple):
    """A string of the record in the text that the model reads.

    Attributes:
        segment: The string.
        at: Where its first character that is left stands in the text.
        start: Which of its characters is the first that is left.
        end: The one after the last that is left.
        closing: Where the special token that closes its turn ends; where the string ends, if
            none does.
    """

    segment: Segment
    at: int
    start: int
    end: int
    closing: int


class Rendered(NamedTuple):
    """A record as one text.

    Attributes:
        text: The text.
        places: Its strings, in order.
        is_chat: Whether the text holds its own special tokens.
    """

    text: str
    places: tuple[Placed, ...]
    is_chat: bool


def render(record: object, segments: Sequence[Segment], tokenizer: Any) -> Rendered:
    """Writes a record as it is trained on.

    Texts stand for themselves; a prompt string and its completion are put together, as TRL
    does it; all else is a chat.

    Args:
        record: The record, as decoded from JSON.
        segments: Its strings that are spoken, in reading order.
        tokenizer: A tokenizer of transformers.

    Raises:
        UsageError: The tokenizer has no chat template, or one that changes what is said.
    """
    roles = [segment.role for segment in segments]
    top = all(segment.pointer.count("/") <= 1 for segment in segments)
    if set(roles) == {Role.TEXT} or (top and roles == [Role.PROMPT, Role.COMPLETION]):
        return _joined(segments)
    if not getattr(tokenizer, "chat_template", None):
        raise UsageError(
            "the tokenizer has no chat template, and the record is a chat",
            hint="take the tokenizer of a chat model, or set its chat_template",
        )
    return _chat(record, segments, tokenizer)


def _joined(segments: Sequence[Segment]) -> Rendered:
    places: list[Placed] = []
    at = 0
    for segment in segments:
        stop = at + len(segment.text)
        places.append(Placed(segment, at, 0, len(segment.text), stop))
        at = stop
    return Rendered("".join(segment.text for segment in segments), tuple(places), False)


def _chat(record: object, segments: Sequence[Segment], tokenizer: Any) -> Rendered:
    for segment in segments:
        if segment.trained is Trained.YES and any(call in segment.pointer for call in _CALLS):
            raise UsageError(
                "the loss on tool calls cannot be told from the chat template",
                where=segment.pointer,
                hint="mask such records with the training stack's own assistant masks",
            )
    said = [s for s in segments if not any(call in s.pointer for call in _CALLS)]
    marks = {segment.pointer: f"\ue000{at}\ue001" for at, segment in enumerate(said)}
    outline = _template(_messages(record, said, marks), tokenizer)
    texts = {segment.pointer: segment.text for segment in said}
    text = _template(_messages(record, said, texts), tokenizer)
    places = _places(text, outline, said, tokenizer)
    left = {place.segment.pointer for place in places}
    for segment in said:
        # Many templates leave out the thoughts of earlier turns.
        if segment.pointer not in left and not segment.pointer.endswith(_THOUGHTS):
            raise _changing(segment.pointer)
    return Rendered(text, tuple(places), True)


def _messages(
    record: object, segments: Sequence[Segment], texts: Mapping[str, str]
) -> list[dict[str, object]]:
    """The chat, with other texts in the place of its strings; tool calls and the like stay."""
    value = apply(record, [Replace(pointer, text) for pointer, text in texts.items()])
    turns: dict[int, list[Segment]] = {}
    for segment in segments:
        turns.setdefault(segment.turn, []).append(segment)
    return [_message(value, turns[turn], texts) for turn in sorted(turns)]


def _message(
    value: object, segments: Sequence[Segment], texts: Mapping[str, str]
) -> dict[str, object]:
    found = message_of(value, segments[0].pointer)
    if found is not None and {"role", "content"} <= found[1].keys():
        return found[1]
    content = "\n\n".join(texts[s.pointer] for s in segments if s.text)
    return {"role": _SPEAKERS.get(segments[0].role, "user"), "content": content}


def _template(messages: list[dict[str, object]], tokenizer: Any) -> str:
    from jinja2 import TemplateError

    try:
        return str(tokenizer.apply_chat_template(messages, tokenize=False))
    except TemplateError as error:
        hint = "give the chat the roles and the order that the template knows"
        raise UsageError(f"the chat template turns the chat down: {error}", hint=hint) from error


def _places(text: str, outline: str, segments: Sequence[Segment], tokenizer: Any) -> list[Placed]:
    """Walks the text along its outline: what the template writes, and the strings between."""
    first, *rest = _MARK.split(outline)
    at = _passed(text, first, 0)
    places: list[Placed] = []
    for number, literal in zip(rest[::2], rest[1::2], strict=True):
        segment = segments[int(number)]
        start, end = _kept(text, at, segment, literal)
        stop = at + end - start
        places.append(Placed(segment, at, start, end, _closing(text, stop, literal, tokenizer)))
        at = _passed(text, literal, stop)
    return places


def _passed(text: str, literal: str, at: int) -> int:
    if not text.startswith(literal, at):
        raise _changing("")
    return at + len(literal)


def _kept(text: str, at: int, segment: Segment, literal: str) -> tuple[int, int]:
    """Which characters of a string the template left: all, or those within white space."""
    said = segment.text
    left, right = len(said) - len(said.lstrip()), len(said.rstrip())
    for start in (0, left):
        for end in (len(said), max(right, start)):
            stop = at + end - start
            if text.startswith(said[start:end], at) and text.startswith(literal, stop):
                return start, end
    raise _changing(segment.pointer)


def _changing(pointer: str) -> UsageError:
    return UsageError(
        "the chat template changes what is said, so that spans cannot be found in it",
        where=pointer,
        hint="set a template that writes the messages as they are, or drop the record",
    )


def _closing(text: str, stop: int, literal: str, tokenizer: Any) -> int:
    """Where the special token ends that follows a string, white space aside."""
    at = stop + len(literal) - len(literal.lstrip())
    tokens = (token for token in tokenizer.all_special_tokens if text.startswith(token, at))
    return max((at + len(token) for token in tokens), default=stop)
