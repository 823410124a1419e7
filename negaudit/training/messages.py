"""A record as the messages that a chat template is given."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import msgspec

from negaudit.errors import UsageError
from negaudit.fix.apply import apply, place
from negaudit.fix.record import Replace
from negaudit.fix.remedies.places import message_of
from negaudit.records import Role, Segment, Trained
from negaudit.shapes import segments_of

__all__ = ["Chat", "is_answer", "is_call", "is_learned"]

_SPEAKERS: Final = {
    Role.SYSTEM: "system",
    Role.TOOL: "tool",
    Role.ASSISTANT: "assistant",
    Role.COMPLETION: "assistant",
}
_ANSWERS: Final = frozenset({Role.ASSISTANT, Role.COMPLETION, Role.TEXT})
_CALL: Final = re.compile(r"/(?:tool_calls/[0-9]+|function_call)/")
_NAME: Final = re.compile(r"/(?:tool_calls/[0-9]+(?:/function)?|function_call)/name\Z")
_ASKED: Final[dict[str, object]] = {"role": "user", "content": "."}


def is_learned(segment: Segment) -> bool:
    """Whether the loss is taken on a string."""
    if segment.trained is Trained.UNKNOWN:
        return segment.role in _ANSWERS
    return segment.trained is Trained.YES


def is_answer(segment: Segment) -> bool:
    """Whether a model says it."""
    return segment.role in _ANSWERS


def is_call(segment: Segment) -> bool:
    """Whether it is a part of a tool call."""
    return _CALL.search(segment.pointer) is not None


class Chat:
    """A record's messages, to be written with other strings in the place of its own.

    Args:
        record: The record, as decoded from JSON.
        segments: Its strings, in reading order.
        tokenizer: A tokenizer of transformers with a chat template.

    Attributes:
        said: The strings that are spoken, and the names of the tools that are called.
        tokenizer: The tokenizer.
    """

    def __init__(self, record: object, segments: Sequence[Segment], tokenizer: Any) -> None:
        self._record = record
        self._turns: dict[int, list[Segment]] = {}
        for segment in segments:
            if segment.turn >= 0 or segment.role is not Role.METADATA:
                self._turns.setdefault(segment.turn, []).append(segment)
        self.said = [
            _as_said(record, segment, turn)
            for turn in self._turns.values()
            for segment in turn
            if _is_said(record, segment)
        ]
        self.tokenizer = tokenizer
        self._given = _given(record)

    def write(self, strings: Sequence[str]) -> str:
        """The whole chat."""
        texts = self._texts(self.said, strings)
        value = self._with(texts)
        turns = [self._turns[number] for number in sorted(self._turns)]
        return self._template([m for turn in turns for m in _messages(value, turn, texts)])

    def write_alone(self, turn: int, strings: Sequence[str]) -> str:
        """One turn, behind a question."""
        texts = self._texts([s for s in self.said if s.turn == turn], strings)
        return self._template([_ASKED, *_messages(self._with(texts), self._turns[turn], texts)])

    def prompt(self) -> str:
        """What the template writes before an answer; "" where it has no such thing."""
        try:
            asked, prompted = (
                self._template([_ASKED], add_generation_prompt=prompt) for prompt in (False, True)
            )
        except UsageError:
            return ""
        return prompted[len(asked) :] if prompted.startswith(asked) else ""

    def _texts(self, segments: Iterable[Segment], strings: Sequence[str]) -> dict[str, str]:
        return dict(zip((segment.pointer for segment in segments), strings, strict=True))

    def _with(self, texts: Mapping[str, str]) -> object:
        return apply(self._record, [Replace(pointer, text) for pointer, text in texts.items()])

    def _template(self, messages: list[dict[str, object]], **asked: object) -> str:
        from jinja2 import TemplateError

        given = {**self._given, **asked}
        try:
            return str(self.tokenizer.apply_chat_template(messages, tokenize=False, **given))
        except (TemplateError, TypeError, ValueError) as error:
            hint = (
                "give the chat the roles and the order that the template knows, and the arguments "
                "of tool calls as objects"
            )
            message = f"the chat template turns the chat down: {error}"
            raise UsageError(message, hint=hint) from error


def _given(record: object) -> dict[str, Any]:
    """What else a record gives to the template, as TRL reads it."""
    if not isinstance(record, dict):
        return {}
    given = record.get("chat_template_kwargs")
    tools = record.get("tools")
    if isinstance(tools, str) and tools.strip():
        try:
            tools = json.loads(tools)
        except ValueError as error:
            hint = "write the tools as a list of JSON schemas, or leave the column out"
            raise UsageError(
                f"these tools are no JSON: {error}", where="/tools", hint=hint
            ) from None
    return {**(given if isinstance(given, dict) else {}), "tools": tools or None}


def _is_said(record: object, segment: Segment) -> bool:
    """Whether it is a string that is spoken, or the name of a tool that is called."""
    if segment.role is Role.METADATA and not _NAME.search(segment.pointer):
        return False
    return segment.role is not Role.REJECTED and isinstance(place(record, segment.pointer), str)


def _as_said(record: object, segment: Segment, turn: Sequence[Segment]) -> Segment:
    """A tool's name as part of its turn, with the loss as it is there."""
    if segment.role is not Role.METADATA:
        return segment
    spoken = [one for one in turn if one.role is not Role.METADATA] or _spoken(record, segment)
    learned = any(is_learned(one) for one in spoken)
    trained = Trained.YES if learned else Trained.NO
    return msgspec.structs.replace(segment, role=Role.ASSISTANT, trained=trained)


def _spoken(record: object, segment: Segment) -> Sequence[Segment]:
    """What a message would say that does nothing but call tools without arguments."""
    message = {**_message_at(record, segment.pointer), "content": "."}
    _, segments = segments_of({"messages": [message]})
    return [one for one in segments if one.pointer == "/messages/0/content"]


def _messages(
    value: object, segments: Sequence[Segment], texts: Mapping[str, str]
) -> list[dict[str, object]]:
    """A turn as the message that it is; where it is none, as one that says the same, if any."""
    message = _message_at(value, segments[0].pointer)
    if "role" in message and {"content", "tool_calls", "function_call"} & message.keys():
        return [message]
    spoken = [s for s in segments if s.role is not Role.METADATA and s.text]
    content = "\n\n".join(texts.get(s.pointer, s.text) for s in spoken)
    speaker = _SPEAKERS.get(segments[0].role, "user")
    return [{"role": speaker, "content": content}] if content else []


def _message_at(value: object, pointer: str) -> dict[str, object]:
    """The message around a string; {} where there is none."""
    call = _CALL.search(pointer)
    # The arguments of a call may have a "role" of their own.
    found = message_of(value, pointer[: call.start() + 1] if call else pointer)
    return {} if found is None else found[1]
