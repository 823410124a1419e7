"""Writes a record as a model reads it, and finds each of its strings again in that text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from negaudit.errors import UsageError
from negaudit.records import Role, Segment
from negaudit.training.chat import Placed, render_chat
from negaudit.training.outline import Located

__all__ = ["Rendered", "render"]

_SILENT = frozenset({Role.METADATA, Role.REJECTED})


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
        segments: Its strings, in reading order.
        tokenizer: A tokenizer of transformers.

    Raises:
        UsageError: The tokenizer has no chat template, or one that changes what is said.
    """
    spoken = [segment for segment in segments if segment.role not in _SILENT and segment.text]
    roles = [segment.role for segment in spoken]
    top = all(segment.pointer.count("/") <= 1 for segment in spoken)
    if set(roles) == {Role.TEXT} or (top and roles == [Role.PROMPT, Role.COMPLETION]):
        return _joined(spoken)
    if not getattr(tokenizer, "chat_template", None):
        raise UsageError(
            "the tokenizer has no chat template, and the record is a chat",
            hint="take the tokenizer of a chat model, or set its chat_template",
        )
    text, places = render_chat(record, segments, tokenizer)
    return Rendered(text, places, True)


def _joined(segments: Sequence[Segment]) -> Rendered:
    places: list[Placed] = []
    at = 0
    for number, segment in enumerate(segments):
        place = Located.whole(number, len(segment.text), at)
        places.append(Placed(segment, place))
        at = place.stop
    return Rendered("".join(segment.text for segment in segments), tuple(places), False)
