"""Thoughts in an answer, between tags such as `<think>` and `</think>`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

__all__ = ["Piece", "is_thought", "pieces_of", "thought_tag"]

_TAG: Final = re.compile(
    r"<(/?)(?:think|thinking|thought|thoughts|reasoning|seed:think)>|\[(/?)THINK\]"
)


class Piece(NamedTuple):
    """A part of a string without the tags of thoughts in it.

    Attributes:
        number: Which of the strings.
        start: Its first character.
        end: The one after its last.
        thought: Whether it is a thought.
    """

    number: int
    start: int
    end: int
    thought: bool


def thought_tag(text: str) -> int | None:
    """Where the first tag of a thought begins; None where there is none."""
    found = _TAG.search(text)
    return found.start() if found else None


def is_thought(said: str) -> bool:
    """Whether a string holds thoughts and nothing else."""
    return bool(said.strip()) and all(piece.thought for piece in pieces_of(0, said))


def pieces_of(number: int, said: str) -> Iterator[Piece]:
    """What stands between the tags of thoughts."""
    at = 0
    for tag in _TAG.finditer(said):
        if said[at : tag.start()].strip():
            yield Piece(number, at, tag.start(), thought=bool(tag[1] or tag[2]))
        at = tag.end()
    if said[at:].strip():
        yield Piece(number, at, len(said), thought=False)
