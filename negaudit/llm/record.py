"""What goes to a language model and what comes back."""

from __future__ import annotations

from typing import Protocol, TypedDict

import msgspec

__all__ = [
    "Answer",
    "Backend",
    "Generated",
    "Message",
    "RefusedError",
    "Schema",
    "UnansweredError",
]

Schema = dict[str, object]
"""A JSON Schema."""


class Message(TypedDict):
    """One message of a conversation, as chat templates and endpoints take it."""

    role: str
    content: str


class Generated(msgspec.Struct, frozen=True):
    """What a model wrote.

    Attributes:
        text: The text.
        tokens: Tokens of question and answer.
        finished: Whether the model came to an end by itself.
    """

    text: str
    tokens: int
    finished: bool = True


class Answer(msgspec.Struct, frozen=True):
    """A checked answer, or why there is none.

    Attributes:
        value: The answer, which fits the schema; None where there is none.
        reason: Why there is none, or "".
        tokens: Tokens that it took, 0 where it was in the cache.
        waits: Whether the question may well be answered another time.
    """

    value: dict[str, object] | None
    reason: str = ""
    tokens: int = 0
    waits: bool = False


class RefusedError(Exception):
    """One question has no answer; the next one may have."""


class UnansweredError(RefusedError):
    """One question was not answered this time; asked again it may be."""


class Backend(Protocol):
    """Something that answers one conversation at a time, from several threads."""

    name: str

    def generate(self, messages: list[Message], schema: Schema, limit: int) -> Generated:
        """Writes the next message, of at most `limit` tokens.

        Raises:
            UnansweredError: This question has no answer for now.
            RefusedError: This question has no answer.
            ModelError: No question would have one.
        """

    def close(self) -> None:
        """Lets go of connections and memory."""
