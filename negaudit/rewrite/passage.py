"""A sentence of a framed text, as a record."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

__all__ = ["Passage", "sentences_of"]


class Passage(msgspec.Struct, frozen=True):
    """A sentence of a text, or what a frame left of one.

    Attributes:
        start: First character.
        end: End of it.
        paragraph: Number of its paragraph.
        frame: Whether it is part of a frame.
        content: Whether a frame speaks of it, among others.
        pointed: Whether a frame right beside it speaks of it alone.
        partly: Whether part of its sentence was a frame ("X won, which is false").
        opens: Whether a frame stood in front of it in its sentence, and nothing else.
        label: Whether it is the name of a speaker whose turn begins here ("Ann Lee:").
    """

    start: int
    end: int
    paragraph: int
    frame: bool
    content: bool
    pointed: bool = False
    partly: bool = False
    label: bool = False
    opens: bool = False


def sentences_of(text: str, passages: Sequence[Passage]) -> dict[int, str]:
    """The words of each passage that is no frame, by its index, in order."""
    return {
        at: text[passage.start : passage.end]
        for at, passage in enumerate(passages)
        if not passage.frame
    }
