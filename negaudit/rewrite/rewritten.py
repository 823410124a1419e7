"""What a rewrite of a text takes and what it gives, sentence by sentence."""

from __future__ import annotations

from typing import Literal

import msgspec

from negaudit.rewrite.record import Edit

__all__ = ["Applicability", "Framed", "Rewritten", "SentenceChange", "Waits", "What"]

Place = tuple[int, int]
Applicability = Literal["safe", "unsafe", "display-only"]
Waits = Literal["", "claim", "model"]
"""What something that cannot be done is waiting for: its claim's name, the model's answer."""
What = Literal["negated", "reworded", "dropped", "kept", "frame"]


class Framed(msgspec.Struct, frozen=True):
    """A text with its frames and the content that they disown, as characters [start, end)."""

    text: str
    frames: tuple[Place, ...] = ()
    content: tuple[Place, ...] = ()


class SentenceChange(msgspec.Struct, frozen=True):
    """What became of one sentence.

    Attributes:
        start: First character in the text as it was.
        end: End of it.
        before: The sentence.
        after: What stands there now, "" where nothing does.
        what: "negated" denies it; "reworded" takes a word out that presupposes the claim;
            "dropped", "kept", and "frame" for what was no content.
    """

    start: int
    end: int
    before: str
    after: str
    what: What


class Rewritten(msgspec.Struct, frozen=True):
    """A text without its frames, that no longer states the claim.

    Attributes:
        text: The new text, or the text as it was where the status is "display-only".
        edits: What makes it of the old one.
        negated: Sentences negated or reworded.
        dropped: Sentences dropped.
        kept: Sentences of the content kept as they were.
        status: How sure it is.
        reason: Why it is not safe, or "".
        sentences: Every sentence, in order.
        claims: The claims that it was rewritten by, given or mined.
        waits: What would let it be rewritten, or "".
    """

    text: str
    edits: tuple[Edit, ...]
    negated: int
    dropped: int
    kept: int
    status: Applicability
    reason: str
    sentences: tuple[SentenceChange, ...]
    claims: tuple[str, ...] = ()
    waits: Waits = ""
