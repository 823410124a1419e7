"""How one text becomes another, in whole words: what stays, what goes, what comes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import Final, Literal, NamedTuple

__all__ = ["Piece", "word_diff"]

_WORD: Final = re.compile(r"\w++|\s++|[^\w\s]")
# Sentences are told apart roughly: only that long texts are compared in parts matters here.
_SENTENCE: Final = re.compile(r"[^\n.!?]*+[\n.!?]*+[^\S\n]*+")
# Pairs of equal units that a comparison may look at; repetitive texts have endlessly many.
_MOST_PAIRS: Final = 200_000


class Piece(NamedTuple):
    """A run of a text that both versions have, or only the one before, or only the one after."""

    kind: Literal["same", "removed", "added"]
    text: str


class _Region(NamedTuple):
    """Units of both versions that stand in the same place, equal or not."""

    equal: bool
    before: Sequence[str]
    after: Sequence[str]


def word_diff(before: str, after: str) -> tuple[Piece, ...]:
    """Compares two texts word by word.

    Sentences that both have are matched first and words only within the others, so the time
    is close to linear in the texts' length, whatever they hold: where a passage repeats itself
    so often that matching would take long, it is given as removed and added whole.

    Args:
        before: The text as it was.
        after: The text as it will be.

    Returns:
        Pieces in reading order, none empty and no two neighbours of the same kind; same and
        removed joined are `before`, same and added joined are `after`.
    """
    pieces: list[Piece] = []
    removed, added = "", ""
    for region in _settled(_regions(before, after)):
        if not region.equal:
            removed += "".join(region.before)
            added += "".join(region.after)
            continue
        pieces += _changed(removed, added)
        removed, added = "", ""
        pieces.append(Piece("same", "".join(region.before)))
    return (*pieces, *_changed(removed, added))


def _changed(removed: str, added: str) -> list[Piece]:
    both = (Piece("removed", removed), Piece("added", added))
    return [piece for piece in both if piece.text]


def _regions(before: str, after: str) -> Iterator[_Region]:
    for region in _trimmed(_WORD.findall(before), _WORD.findall(after)):
        if region.equal:
            yield region
            continue
        for part in _matched(_sentences(region.before), _sentences(region.after)):
            if part.equal:
                yield part
            else:
                for one, other in _paired(part.before, part.after):
                    yield from _within(_WORD.findall(one), _WORD.findall(other))


def _sentences(words: Iterable[str]) -> list[str]:
    return list(filter(None, _SENTENCE.findall("".join(words))))


def _paired(before: Sequence[str], after: Sequence[str]) -> Iterable[tuple[str, str]]:
    """Sentences that stand for each other: one by one, where there are as many."""
    if len(before) == len(after):
        return zip(before, after, strict=True)
    return [("".join(before), "".join(after))]


def _within(first: Sequence[str], second: Sequence[str]) -> Iterator[_Region]:
    for region in _trimmed(first, second):
        if region.equal:
            yield region
        else:
            yield from _matched(region.before, region.after)


def _trimmed(first: Sequence[str], second: Sequence[str]) -> Iterator[_Region]:
    """Takes off what both begin and end with."""
    shorter = min(len(first), len(second))
    start = next((n for n in range(shorter) if first[n] != second[n]), shorter)
    rest = shorter - start
    end = next((n for n in range(rest) if first[-1 - n] != second[-1 - n]), rest)
    stops = len(first) - end, len(second) - end
    if start:
        yield _Region(True, first[:start], second[:start])
    yield _Region(False, first[start : stops[0]], second[start : stops[1]])
    if end:
        yield _Region(True, first[stops[0] :], second[stops[1] :])


def _matched(first: Sequence[str], second: Sequence[str]) -> Iterator[_Region]:
    counts = Counter(second)
    if sum(counts[unit] for unit in first) > _MOST_PAIRS:
        yield _Region(False, first, second)
        return
    for name, a, b, c, d in SequenceMatcher(None, first, second, autojunk=False).get_opcodes():
        yield _Region(name == "equal", first[a:b], second[c:d])


def _settled(regions: Iterable[_Region]) -> list[_Region]:
    """Joins neighbours, and takes blanks between two changes for changed with them."""
    settled: list[tuple[bool, list[str], list[str]]] = []
    for equal, before, after in regions:
        if not before and not after:
            continue
        if settled and settled[-1][0] == equal:
            _extend(settled[-1], before, after)
        elif len(settled) > 1 and not equal and "".join(settled[-1][1]).isspace():
            _, *blanks = settled.pop()
            _extend(settled[-1], *blanks)
            _extend(settled[-1], before, after)
        else:
            settled.append((equal, list(before), list(after)))
    return [_Region(*region) for region in settled]


def _extend(
    region: tuple[bool, list[str], list[str]], before: Iterable[str], after: Iterable[str]
) -> None:
    region[1].extend(before)
    region[2].extend(after)
