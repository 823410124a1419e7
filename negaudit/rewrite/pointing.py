"""Tells of which sentences the frames right beside them speak."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import msgspec

from negaudit.rewrite import lexicon
from negaudit.rewrite.passage import Passage
from negaudit.rewrite.topics import tokens

__all__ = ["STATEMENT", "pointed"]

# A frame on the way through a text speaks of one statement beside it, one around the text of
# the document.
STATEMENT = (
    r"claims?|statements?|sentences?|assertions?|results?|answers?|propositions?|remarks?|lines?"
    r"|reports?|outcomes?|details?|points?|figures?|facts?|descriptions?"
)
_FORWARDS = lexicon.words("following next subsequent follows")
_BACKWARDS = lexicon.words("preceding foregoing previous")
_BELOW = re.compile(rf"\b(?:{STATEMENT})\b[^.]{{0,40}} below\b", re.I)
_ABOVE = re.compile(
    r"\bjust (?:stated|said|claimed|described|reported)\b"
    rf"|\b(?:{STATEMENT})\b[^.]{{0,40}} above\b",
    re.I,
)
SINGLE = 6  # at most so many sentences between two inline frames that speak of one statement


def pointed(text: str, passages: list[Passage]) -> list[Passage]:
    """Mark what stands between a frame that points forward and one that points back."""
    marked: set[int] = set()
    runs = list(_runs(passages))
    for number, (first, last) in enumerate(runs):
        before, after = runs[number - 1] if number else None, None
        if number + 1 < len(runs):
            after = runs[number + 1]
        words = text[passages[first].start : passages[last].end]
        if _points_forward(words) and not _is_apart(passages, last, last + 1):
            marked |= set(_forward(text, passages, last + 1, after))
        if _points_backward(words) and not _is_apart(passages, first - 1, first):
            marked |= set(_backward(text, passages, first - 1, before))
    return [
        msgspec.structs.replace(passage, pointed=True)
        if at in marked or (passage.partly and not passage.frame)
        else passage
        for at, passage in enumerate(passages)
    ]


def _runs(passages: Sequence[Passage]) -> Iterator[tuple[int, int]]:
    """First and last index of each row of frame sentences."""
    first = None
    for at, passage in enumerate(passages):
        if passage.frame and first is None:
            first = at
        if first is not None and not passage.frame:
            yield first, at - 1
            first = None
    if first is not None:
        yield first, len(passages) - 1


def _is_apart(passages: Sequence[Passage], left: int, right: int) -> bool:
    """Whether a paragraph ends between two sentences, or there is no second one."""
    if left < 0 or right >= len(passages):
        return True
    return passages[left].paragraph != passages[right].paragraph


def _forward(
    text: str, passages: Sequence[Passage], start: int, after: tuple[int, int] | None
) -> range:
    """What a frame speaks of that stands right before it: up to the frame that points back."""
    if after is None or after[0] - start > SINGLE or _is_apart(passages, after[0] - 1, after[0]):
        return range(start, start + 1)
    words = text[passages[after[0]].start : passages[after[1]].end]
    return range(start, after[0] if _points_backward(words) else start + 1)


def _backward(
    text: str, passages: Sequence[Passage], last: int, before: tuple[int, int] | None
) -> range:
    if before is None or last - before[1] > SINGLE or _is_apart(passages, before[1], before[1] + 1):
        return range(last, last + 1)
    words = text[passages[before[0]].start : passages[before[1]].end]
    return range(before[1] + 1 if _points_forward(words) else last, last + 1)


def _points_forward(words: str) -> bool:
    found = tokens(words)
    return not _FORWARDS.isdisjoint(found) or (
        "below" in found and _BELOW.search(words) is not None
    )


def _points_backward(words: str) -> bool:
    found = tokens(words)
    return not _BACKWARDS.isdisjoint(found) or (
        not found.isdisjoint(("just", "above")) and _ABOVE.search(words) is not None
    )
