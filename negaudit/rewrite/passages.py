"""Cuts a framed text into sentences and tells which of them its frames point at one by one."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from operator import itemgetter

import msgspec

from negaudit.find.units import split_units
from negaudit.rewrite import lexicon
from negaudit.rewrite.strip import merged
from negaudit.rewrite.topics import tokens
from negaudit.rewrite.turns import TURN

__all__ = ["Passage", "passages_of"]

Place = tuple[int, int]

# A frame on the way through a text speaks of one statement beside it, one around the text of
# the document.
_STATEMENT = (
    r"claims?|statements?|sentences?|assertions?|results?|answers?|propositions?|remarks?|lines?"
    r"|reports?|outcomes?|details?|points?|figures?|facts?|descriptions?"
)
_DOUBTS = lexicon.words(
    "false untrue invented fabricated fabrication invention wrong incorrect refuted unsupported "
    "unconfirmed baseless never not no none cannot impossible"
)
_CONDITIONAL = re.compile(r"\b(?:would (?:have to|need)|depends on)\b", re.I)
# A text without any of these words points nowhere; looking them up is cheaper than a search.
_POINTING = lexicon.words("preceding following foregoing what above below")
_FORWARDS = lexicon.words("following next subsequent follows")
_BACKWARDS = lexicon.words("preceding foregoing previous")
_BELOW = re.compile(rf"\b(?:{_STATEMENT})\b[^.]{{0,40}} below\b", re.I)
_ABOVE = re.compile(
    r"\bjust (?:stated|said|claimed|described|reported)\b"
    rf"|\b(?:{_STATEMENT})\b[^.]{{0,40}} above\b",
    re.I,
)
_POINTER = re.compile(
    rf"\b(?:preceding|following|foregoing)\b[^.]{{0,40}}\b(?:{_STATEMENT}|account|premise)\b"
    rf"|\bwhat (?:was|is|has been) (?:just )?(?:stated|said|claimed|described|asserted)\b"
    rf"|\b(?:{_STATEMENT}|account) (?:above|below)\b|\bwhat follows\b",
    re.I,
)
_BESIDE = re.compile(r"\b(?:preceding|following|foregoing)\b", re.I)
_REPORTED = re.compile(
    r"\b(?:reported|described|claimed|stated|asserted|alleged|supposed|purported|depicted)\b", re.I
)
_DOCUMENT = re.compile(
    r"\b(?:this|the|every|any|all|nothing|no)\b[^.]{0,60}\b(?:document|text|account|article"
    r"|material|information|content|contents|claims?|narrative|story|passage|scenario|here)\b",
    re.I,
)
SINGLE = 6  # at most so many sentences between two inline frames that speak of one statement


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


def passages_of(text: str, frames: Iterable[Place], content: Iterable[Place]) -> list[Passage]:
    """The sentences of a text in order.

    Frames are widened to the whole of their bracketed note, and to sentences beside them that
    speak of the same: the finder may have seen only one of them.
    """
    units = split_units(text)
    known, regions = merged(frames), merged(content)
    passages: list[Passage] = []
    for unit in units:
        cut = _within(known, unit.start, unit.end)
        covered = sum(min(end, unit.end) - max(start, unit.start) for start, end in cut)
        whole = bool(cut) and (unit.form == "note" or covered > 0.9 * (unit.end - unit.start))
        first = True
        for start, end, frame in _pieces(text, unit.start, unit.end, cut, whole):
            inside = bool(_within(regions, start, end))
            passages.append(
                Passage(
                    start=start,
                    end=end,
                    paragraph=unit.paragraph,
                    frame=frame,
                    content=inside and not frame,
                    partly=bool(cut) and not whole,
                    opens=first and not frame and start > unit.start,
                )
            )
            first = first and frame
    return _pointed(text, _widened(text, _with_labels(text, passages)))


def _within(spans: Sequence[Place], start: int, end: int) -> Sequence[Place]:
    """Those of separate spans in order that share a character with [start, end)."""
    first = bisect_right(spans, start, key=itemgetter(1))
    return spans[first : bisect_left(spans, end, key=itemgetter(0))]


def _with_labels(text: str, passages: list[Passage]) -> list[Passage]:
    """Cut the names of speakers off, where one speaks more than once."""
    counts = Counter(match["who"] for match in TURN.finditer(text))
    cut: list[Passage] = []
    for passage in passages:
        turn = TURN.match(text, passage.start)
        if passage.frame or turn is None or counts[turn["who"]] < 2:
            cut.append(passage)
            continue
        end = min(turn.end("label"), passage.end)
        cut.append(msgspec.structs.replace(passage, end=end, label=True))
        start = min(turn.end(), passage.end)
        if any(c.isalnum() for c in text[start : passage.end]):
            cut.append(msgspec.structs.replace(passage, start=start))
    return cut


def _pieces(
    text: str, start: int, end: int, cut: Sequence[Place], whole: bool
) -> Iterator[tuple[int, int, bool]]:
    """The unit, or its framed and unframed parts; a framed part of few words takes it all."""
    if whole or not cut:
        yield start, end, whole
        return
    at = start
    for left, right in cut:
        if any(c.isalnum() for c in text[at : max(left, at)]):
            yield at, left, False
        yield max(left, start), min(right, end), True
        at = min(right, end)
    if any(c.isalnum() for c in text[at:end]):
        yield at, end, False


def _widened(text: str, passages: list[Passage]) -> list[Passage]:
    """Mark sentences that comment on the text as its frames do."""
    framed = [passage.frame for passage in passages]
    changed = any(framed)
    while changed:
        changed = False
        for at in range(len(passages)):
            if framed[at]:
                continue
            if _comments(text, passages, at, framed):
                framed[at] = changed = True
    return [
        msgspec.structs.replace(passage, frame=True, content=False)
        if frame and not passage.frame
        else passage
        for passage, frame in zip(passages, framed, strict=True)
    ]


def _comments(text: str, passages: Sequence[Passage], at: int, framed: Sequence[bool]) -> bool:
    passage = passages[at]
    same = [other for other in (at - 1, at + 1) if 0 <= other < len(passages) and framed[other]]
    beside = [o for o in same if passages[o].paragraph == passage.paragraph]
    words = text[passage.start : passage.end]
    if passage.partly and len(beside) == 2 and _REPORTED.search(words):
        return True
    points = _points(words) or (words[0] in "[<{" and _BESIDE.search(words))
    if not (points or beside) or not _doubts(words):
        return False
    if points or (words[-1] in "]>}" and not any(mark in words for mark in "[<{")):
        return True
    return bool(_REPORTED.search(words) or _DOCUMENT.search(words)) and (
        len(beside) == 2 or _is_edge(passages, passage)
    )


def _doubts(words: str) -> bool:
    found = tokens(words)
    return (
        not _DOUBTS.isdisjoint(found)
        or any(word.endswith(("n't", "n’t")) for word in found)
        or _CONDITIONAL.search(words) is not None
    )


def _points(words: str) -> bool:
    return not _POINTING.isdisjoint(tokens(words)) and _POINTER.search(words) is not None


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


def _is_edge(passages: Sequence[Passage], passage: Passage) -> bool:
    return passage.paragraph in {passages[0].paragraph, passages[-1].paragraph}


def _pointed(text: str, passages: list[Passage]) -> list[Passage]:
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
