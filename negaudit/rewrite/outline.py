"""Makes one text of the decisions on its sentences."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from negaudit.rewrite.elaborations import Decision
from negaudit.rewrite.papers import ANSWER_LINE
from negaudit.rewrite.passages import Passage
from negaudit.rewrite.record import Edit, splice
from negaudit.rewrite.strip import strip

__all__ = ["assemble"]

_MARKER = re.compile(r"\s*(?:\d{1,3}[.)]|[-*+•–]|[*_]{2,4})+\s*")
_BOX = re.compile(r"^[ \t]*[┌╔┏╭][^\n]*\n(?:[^\n]+\n)*?[ \t]*[└╚┗╰][^\n]*$", re.M)
_RULER = re.compile(r"^[ \t]*(?:-{3,}|\*{3,}|={3,})[ \t]*$", re.M)
_CLOSER = re.compile(r"\*\*(?=[ \t]*$)", re.M)
_QUOTE = re.compile(r"[\"“”]")
_BOLD = re.compile(r"\*\*")
CORNERS, RULES = "┌╔┏╭", ("---", "***", "===")
CURLY = frozenset("“”")
CLOSING = {"“": "”"}
OPENING = {"”": "“"}


def assemble(
    text: str, passages: Sequence[Passage], decisions: Sequence[Decision]
) -> tuple[str, tuple[Edit, ...]]:
    """The rewritten text and the edits that make it."""
    gone = [
        (passage.start, passage.end)
        for passage, decision in zip(passages, decisions, strict=True)
        if passage.frame or decision.what == "dropped"
    ]
    gone += [*_markers(text, gone), *_borders(text, gone), *_closers(text, gone)]
    gone += _answer_lines(text, passages, decisions)
    gone += _openings(passages, decisions)
    stripped = strip(text, [*gone, *_rulers(text, gone)])
    inner = [
        Edit(passage.start + edit.start, passage.start + edit.end, edit.text)
        for passage, decision in zip(passages, decisions, strict=True)
        if not passage.frame and decision.what != "dropped"
        for edit in (*decision.edits, *_capital(text, passage, decision))
    ]
    inner += _ends(text, passages, decisions)
    closers = (e for marks in (_QUOTE, _BOLD) for e in _quotes(text, passages, decisions, marks))
    edits = [*stripped.edits, *_outside(inner, stripped.edits), *closers]
    ordered = tuple(sorted(edits))
    return splice(text, ordered), ordered


def _openings(
    passages: Sequence[Passage], decisions: Sequence[Decision]
) -> Iterator[tuple[int, int]]:
    """What stood between a speaker's name and what is left of the turn, a paragraph further on."""
    left = [
        at
        for at, (passage, decision) in enumerate(zip(passages, decisions, strict=True))
        if not passage.frame and decision.what != "dropped"
    ]
    for name, following in pairwise(left):
        here, there = passages[name], passages[following]
        if here.label and not there.label and here.paragraph != there.paragraph:
            yield passages[name + 1].start, there.start


def _answer_lines(
    text: str, passages: Sequence[Passage], decisions: Sequence[Decision]
) -> Iterator[tuple[int, int]]:
    """The lines on which to answer what is dropped."""
    plain = [(p, d) for p, d in zip(passages, decisions, strict=True) if not p.frame]
    starts = [passage.start for passage, _ in plain]
    for line in ANSWER_LINE.finditer(text):
        before = bisect_right(starts, line.start()) - 1
        if before >= 0 and plain[before][1].what == "dropped":
            yield line.span()


def _closers(text: str, gone: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The marks at a line's end that close bold type which opened in a sentence that is gone."""
    for _, end in gone:
        closer = _CLOSER.match(text, end)
        opener = text.rfind("**", text.rfind("\n", 0, end) + 1, end)
        if closer and any(start <= opener < stop for start, stop in gone):
            yield closer.span()


def _markers(text: str, gone: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Numbers and bullets of list items of which nothing is left."""
    for start, _ in gone:
        line = text.rfind("\n", 0, start) + 1
        if line == start or not _MARKER.fullmatch(text, line, start):
            continue
        stop = text.find("\n", start)
        stop = len(text) if stop < 0 else stop
        left, at = [], line
        for a, b in gone:
            if a < stop and b > line:
                left.append(text[at : max(a, at)])
                at = max(at, b)
        if _MARKER.fullmatch("".join([*left, text[at:stop]])):
            yield line, stop


def _borders(text: str, gone: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The frame of a drawn box of which nothing is left."""
    for box in _BOX.finditer(text) if any(map(text.__contains__, CORNERS)) else ():
        left, at = [], box.start()
        for start, end in gone:
            if start < box.end() and end > box.start():
                left.append(text[at : max(start, at)])
                at = max(at, end)
        left.append(text[at : box.end()])
        if not any(c.isalnum() for c in "".join(left)):
            yield box.span()


def _rulers(text: str, gone: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Rulers that nothing parts from another any more."""
    rulers = _RULER.finditer(text) if any(map(text.__contains__, RULES)) else ()
    for ruler, following in pairwise(rulers):
        parts, at = [], ruler.end()
        for start, end in sorted(gone):
            if ruler.end() <= start < following.start():
                parts.append(text[at : max(start, at)])
                at = max(at, end)
        # The marks of bold type around what is gone go with it.
        if not "".join([*parts, text[at : following.start()]]).strip("*_ \t\n"):
            yield ruler.span()


def _ends(text: str, passages: Sequence[Passage], decisions: Sequence[Decision]) -> Iterator[Edit]:
    """A full stop for a sentence whose last part was dropped for itself."""
    last: Passage | None = None
    for passage, decision in zip(passages, decisions, strict=True):
        if passage.frame:
            continue
        if decision.what == "dropped":
            goes_on = last is not None and last.paragraph == passage.paragraph
            lower = goes_on and text[passage.start].islower()
            if last is not None and lower and text[last.end - 1] in ",;":
                yield Edit(last.end - 1, last.end, ".")
            last = None
        else:
            last = passage


def _capital(text: str, passage: Passage, decision: Decision) -> list[Edit]:
    """A capital for what opens a sentence now ("It is false that X won")."""
    first = text[passage.start]
    if not (passage.opens and first.islower()) or any(edit.start == 0 for edit in decision.edits):
        return []
    opens = text[: passage.start].rstrip().endswith((":", "that"))
    return [Edit(0, 1, first.upper())] if opens else []


def _outside(edits: Sequence[Edit], removed: Sequence[Edit]) -> list[Edit]:
    return [e for e in edits if not any(r.start < e.end and e.start < r.end for r in removed)]


def _quotes(
    text: str, passages: Sequence[Passage], decisions: Sequence[Decision], marks: re.Pattern[str]
) -> Iterator[Edit]:
    """Marks that close or open again what a dropped sentence closed or opened."""
    pairs = zip(passages, decisions, strict=True)
    for _, group in groupby(pairs, key=lambda pair: pair[0].paragraph):
        own = list(group)
        if all(decision.what != "dropped" for _, decision in own):
            continue
        found = marks.findall(text, own[0][0].start, own[-1][0].end)
        straight = [mark for mark in found if mark not in CURLY]
        if not found or len(straight) % 2 or found.count("“") != found.count("”"):
            continue
        # Where lines make a paragraph, bold type ends with the line.
        lines = marks is _BOLD and any(_are_lines(text, a, b) for (a, _), (b, _) in pairwise(own))
        if not lines:
            yield from _paired(text, [pair for pair in own if not pair[0].frame], marks)


def _paired(
    text: str, sentences: Sequence[tuple[Passage, Decision]], marks: re.Pattern[str]
) -> Iterator[Edit]:
    """The same for one paragraph, whose marks are paired."""
    inside, shown, last, mark = False, False, 0, ""
    for passage, decision in sentences:
        after = inside
        for found in marks.findall(text, passage.start, passage.end):
            after = found == "“" or (found not in CURLY and not after)
            mark = found
        if decision.what != "dropped":
            if shown and not inside:
                yield Edit(last, last, CLOSING.get(mark, mark))
            elif inside and not shown:
                yield Edit(passage.start, passage.start, OPENING.get(mark, mark))
            shown, last = after, passage.end
        elif not after and inside and shown:
            yield Edit(last, last, CLOSING.get(mark, mark))
            shown = False
        inside = after
    if shown:
        yield Edit(last, last, CLOSING.get(mark, mark))


def _are_lines(text: str, left: Passage, right: Passage) -> bool:
    return text.find("\n", left.end, right.start) >= 0
