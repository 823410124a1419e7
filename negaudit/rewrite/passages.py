"""Cuts a framed text into sentences and tells which of them its frames point at one by one."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from operator import itemgetter

import msgspec

from negaudit.find.units import split_units
from negaudit.rewrite import lexicon
from negaudit.rewrite.passage import Passage
from negaudit.rewrite.pointing import STATEMENT, pointed
from negaudit.rewrite.strip import merged
from negaudit.rewrite.topics import tokens
from negaudit.rewrite.turns import speaker, speakers, turns_of

__all__ = ["Passage", "passages_of"]

Place = tuple[int, int]

_DOUBTS = lexicon.words(
    "false untrue invented fabricated fabrication invention wrong incorrect refuted unsupported "
    "unconfirmed baseless denied never not no none cannot impossible"
)
_CONDITIONAL = re.compile(r"\b(?:would (?:have to|need)|depends on)\b", re.I)
# A text without any of these words points nowhere; looking them up is cheaper than a search.
_POINTING = lexicon.words("preceding following foregoing what above below")
_POINTER = re.compile(
    rf"\b(?:preceding|following|foregoing)\b[^.]{{0,40}}\b(?:{STATEMENT}|account|premise)\b"
    rf"|\bwhat (?:was|is|has been) (?:just )?(?:stated|said|claimed|described|asserted)\b"
    rf"|\b(?:{STATEMENT}|account) (?:above|below)\b|\bwhat follows\b",
    re.I,
)
_BESIDE = re.compile(r"\b(?:preceding|following|foregoing)\b", re.I)
_REPORTED = re.compile(
    r"\b(?:reported|described|claimed|stated|asserted|alleged|supposed|purported|depicted)\b", re.I
)
# What opens a sentence about a statement that was made beside it.
_RETOLD = re.compile(
    r"(?:The|This|These) (?:described|reported|claimed|stated|alleged|supposed|depicted)\b"
)
_DOCUMENT = re.compile(
    r"\b(?:this|the|every|any|all|nothing|no)\b[^.]{0,60}\b(?:document|text|account|article"
    r"|material|information|content|contents|claims?|narrative|story|passage|scenario|here)\b",
    re.I,
)


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
    return pointed(text, _widened(text, _with_labels(text, passages)))


def _within(spans: Sequence[Place], start: int, end: int) -> Sequence[Place]:
    """Those of separate spans in order that share a character with [start, end)."""
    first = bisect_right(spans, start, key=itemgetter(1))
    return spans[first : bisect_left(spans, end, key=itemgetter(0))]


def _with_labels(text: str, passages: list[Passage]) -> list[Passage]:
    """Cut the names of speakers off, where one speaks more than once."""
    who = speakers(text)
    turns = {turn.start("label"): turn for turn in turns_of(text) if speaker(turn) in who}
    # A frame may stand behind a name; what opens nothing but frames is none.
    own = {speaker(turns[p.start]) for p in passages if p.start in turns and not p.frame}
    cut: list[Passage] = []
    behind = 0
    for passage in passages:
        turn = turns.get(passage.start)
        if turn is not None and speaker(turn) in own:
            behind = turn.end()
            name = msgspec.structs.replace(passage, end=turn.end("label"), label=True)
            cut.append(msgspec.structs.replace(name, frame=False))
        start = max(passage.start, min(behind, passage.end))
        if start == passage.start:
            cut.append(passage)
        elif any(c.isalnum() for c in text[start : passage.end]):
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
    # What a sentence beside it is read as can change how one is read; nothing else can.
    unread = list(reversed(range(len(passages)))) if any(framed) else []
    while unread:
        at = unread.pop()
        if not framed[at] and _comments(text, passages, at, framed):
            framed[at] = True
            unread += [other for other in (at + 1, at - 1) if 0 <= other < len(passages)]
    return [
        msgspec.structs.replace(passage, frame=True, content=False)
        if frame and not passage.frame
        else passage
        for passage, frame in zip(passages, framed, strict=True)
    ]


def _comments(text: str, passages: Sequence[Passage], at: int, framed: Sequence[bool]) -> bool:
    passage = passages[at]
    if at == 0 and _calls(text, passages, framed):
        return True
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
    if _RETOLD.match(words):
        return True
    return bool(_REPORTED.search(words) or _DOCUMENT.search(words)) and (
        len(beside) == 2 or _is_edge(passages, passage)
    )


def _calls(text: str, passages: Sequence[Passage], framed: Sequence[bool]) -> bool:
    """Whether a text opens with one word in front of its frame: "Stop. This is false."."""
    first, *rest = passages[:2]
    alone = not rest or not framed[1] or rest[0].paragraph != first.paragraph
    return not alone and text[first.start : first.end].rstrip(".!:").isalpha()


def _doubts(words: str) -> bool:
    found = tokens(words)
    return (
        not _DOUBTS.isdisjoint(found)
        or any(map(words.lower().__contains__, ("n't", "n’t")))
        or (not found.isdisjoint(("would", "depends")) and _CONDITIONAL.search(words) is not None)
    )


def _points(words: str) -> bool:
    return not _POINTING.isdisjoint(tokens(words)) and _POINTER.search(words) is not None


def _is_edge(passages: Sequence[Passage], passage: Passage) -> bool:
    return passage.paragraph in {passages[0].paragraph, passages[-1].paragraph}
