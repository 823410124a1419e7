"""Quoted titles and code are one word to the parser: "All Is Well" claims nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator

__all__ = ["STAND_IN", "title_spans"]

CLOSING = {'"': '"', "'": "'", "\u201c": "\u201d", "\u2018": "\u2019", "*": "*", "_": "_", "`": "`"}
_OPENING = re.compile(f"[{''.join(CLOSING)}]")
LONGEST = 80  # characters of a title
# The parser knows this word as a name; the title's own words would mislead it.
STAND_IN = "hamlet"


def title_spans(text: str) -> Iterator[tuple[int, int]]:
    """Places of quoted titles, their marks included."""
    if not any(map(text.__contains__, CLOSING)):
        return
    behind = 0
    for mark in _OPENING.finditer(text):
        place, closing = mark.start(), CLOSING[mark.group()]
        if place < behind or not _opens(text, place):
            continue
        end = _closing_place(text, place + 1, closing)
        if end is not None:
            if closing == "`" or is_title(text[place + 1 : end]):
                yield place, end + 1
            behind = end + 1


def _opens(text: str, place: int) -> bool:
    before = text[place - 1] if place else " "
    after = text[place + 1 : place + 2]
    return not before.isalnum() and after.isalnum()


def _closing_place(text: str, start: int, mark: str) -> int | None:
    """The mark that closes a quotation: none inside a word ("don't") counts."""
    for place in range(start, min(len(text), start + LONGEST)):
        if text[place] == mark and not text[place + 1 : place + 2].isalnum():
            return place
    return None


def is_title(content: str) -> bool:
    """Whether a quotation is a name: every longer word has a capital, and no clause ends."""
    words = content.split()
    if not words or content[-1] in ".,;:" or not content[0].isupper():
        return False
    long = [word.strip("',:-!?") for word in words if len(word) > 4]
    return all(not word[:1].islower() for word in (*long, words[-1]))
