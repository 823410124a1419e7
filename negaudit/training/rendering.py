"""Writes a record as a model reads it, and finds each of its strings again in that text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

from negaudit.errors import UsageError
from negaudit.fix.apply import apply
from negaudit.fix.record import Replace
from negaudit.fix.remedies.places import message_of
from negaudit.records import Role, Segment, Trained
from negaudit.training.outline import ChangedError, locate

__all__ = ["Placed", "Rendered", "render"]

_SPEAKERS: Final = {
    Role.SYSTEM: "system",
    Role.TOOL: "tool",
    Role.ASSISTANT: "assistant",
    Role.COMPLETION: "assistant",
}
_PLAIN: Final = frozenset({Role.PROMPT, Role.COMPLETION})
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

    def write(strings: Sequence[str]) -> str:
        texts = dict(zip((segment.pointer for segment in said), strings, strict=True))
        return _template(_messages(record, said, texts), tokenizer)

    try:
        text, found = locate([segment.text for segment in said], write, tokenizer)
    except ChangedError as error:
        raise _changing(said[error.number].pointer if error.number is not None else "") from error
    places = [Placed(said[one.number], *one[1:]) for one in found]
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


def _changing(pointer: str) -> UsageError:
    return UsageError(
        "the chat template changes what is said, so that spans cannot be found in it",
        where=pointer,
        hint="set a template that writes the messages as they are, or drop the record",
    )
