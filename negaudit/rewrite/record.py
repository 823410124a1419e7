"""What a negation is, as a record: the new text and the edits that make it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

import msgspec

__all__ = ["Edit", "Negation", "Status", "splice"]

Status = Literal["safe", "unsafe", "display-only", "unchanged"]


class Edit(msgspec.Struct, frozen=True, order=True):
    """Characters [start, end) of the sentence are replaced by `text`."""

    start: int
    end: int
    text: str


class Negation(msgspec.Struct, frozen=True):
    """A sentence and its local negation.

    Attributes:
        text: The negated sentence, or the sentence as it was when nothing was edited.
        status: "safe": the grammar leaves no doubt. "unsafe": a reading had to be chosen, or
            the whole sentence was denied ("It is not the case that ..."). "display-only":
            no rule could negate it. "unchanged": it is negative already, or claims nothing.
        reason: Why the status is what it is.
        edits: What was replaced, in order and without overlap.
    """

    text: str
    status: Status
    reason: str
    edits: tuple[Edit, ...] = ()


def splice(text: str, edits: Iterable[Edit]) -> str:
    """Apply edits that do not overlap.

    Raises:
        ValueError: If two edits overlap or one lies outside the text.
    """
    ordered = sorted(edits)
    if not ordered:
        return text
    parts: list[str] = []
    place = 0
    for edit in ordered:
        if not place <= edit.start <= edit.end <= len(text):
            raise ValueError(f"edit {edit} overlaps another or leaves the text")
        parts.append(text[place : edit.start])
        parts.append(edit.text)
        place = edit.end
    parts.append(text[place:])
    return "".join(parts)
