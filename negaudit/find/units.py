"""Units of a text: sentences, bracketed notes, comment lines and tags, with their places.

Only as much structure as frames need: where a sentence or a bracket begins and ends, which
paragraph it stands in, and whether it has a line to itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

__all__ = ["Form", "Unit", "split_units"]

Form = Literal["sentence", "note", "comment"]


class Unit(NamedTuple):
    """A sentence, or a sentence of a bracketed note or of a comment line.

    Attributes:
        start: First character of what a reader would cut out (the bracket included).
        end: End of it.
        inner: First character of the words proper.
        stop: End of the words proper.
        form: `note` in brackets, braces or angle brackets; `comment` behind a comment or
            heading mark; else `sentence`.
        paragraph: Number of the paragraph.
        opens: Whether it begins its line.
        closes: Whether it ends its line.
    """

    start: int
    end: int
    inner: int
    stop: int
    form: Form
    paragraph: int
    opens: bool
    closes: bool


# All bounded or possessive: linear in the text.
_GROUP = re.compile(
    r"<([a-z][\w-]{1,30}+)(?: [^<>\n]{0,80}+)?>[^<>\n]{1,24}+</\1>"
    r"|<!--(?:[^-]|-(?!->)){1,800}+-->|/\*(?:[^*/]|\*(?!/)|/(?!\*)){1,800}+\*/"
    r"|\[[^\[\]]{2,800}+\]|\{[^{}]{2,800}+\}|<[^<>]{2,800}+>|【[^【】]{2,800}+】"
    r"|\([^()]{4,800}+\)"
)
# It opens with a set of characters, by which the engine finds its places ten times faster.
_END = re.compile(
    r"[.!?…。\n\r\u2028\u2029](?:"
    r"(?<=[.!?…。])(?<![.!?…。]{2})[.!?…。]*+[\"'”’»)\]*_]*+(?=\s|\Z|[\[{<(])"
    r"|(?<=\n)\n*+|(?<=\r)\r*+|(?<=[\u2028\u2029])[\u2028\u2029]*+)"
)
_COMMENT = re.compile(
    r"[ \t]*+(?:#++(?=\s)|//++|--++(?=\s)|;++|%++|>++|\*++(?=\s)|\"{3}|'{3}|REM\b|⚠️?|/\*++)[ \t]*+"
)
_WORD = re.compile(r"\w")
_WRAPPED = 50, 82  # characters of a line that somebody's editor may have broken
_RULED = re.compile(r"[-=*_#~|\s]++\Z")
_LINE_END = re.compile(r"[^\S\n]*+(?:\n|\Z)")
_ABBREVIATIONS = frozenset(
    "dr mr mrs ms prof sr jr st vs etc approx dept est inc ltd co corp gov sen rep gen col lt sgt"
    " capt rev hon fig figs no nos vol pp ed eds al cf eg ie e.g i.e a.m p.m u.s u.k".split(),
)
_LAST_WORD = re.compile(r"[\w.]{1,8}+\Z")


def split_units(text: str) -> list[Unit]:
    """Cuts a text into units, in order, without overlaps."""
    units: list[Unit] = []
    paragraph, last = 0, 0
    for start, end, form in _pieces(text):
        if units and _breaks(text, last, start):
            paragraph += 1
        last = end
        inner, stop = _inner(text, start, end, form)
        if not _WORD.search(text, inner, stop):
            if (
                units
                and "\n" not in text[units[-1].end : end]
                and not _RULED.match(text, start, end)
            ):
                units[-1] = units[-1]._replace(end=end)  # an ornament that closes the line
            continue
        closes = _LINE_END.match(text, end) is not None
        unit = Unit(start, end, inner, stop, form, paragraph, _opens_line(text, start), closes)
        units.append(unit)
    return units


def _opens_line(text: str, at: int) -> bool:
    """Whether nothing but blanks stands before a place in its line."""
    while at and text[at - 1] != "\n" and text[at - 1].isspace():
        at -= 1
    return at == 0 or text[at - 1] == "\n"


def _breaks(text: str, last: int, start: int) -> bool:
    """Whether a blank line or a ruler lies between two units."""
    breaks = text.count("\n", last, start)
    return breaks >= 2 or (breaks == 1 and not text[last:start].isspace())


def _pieces(text: str) -> Iterator[tuple[int, int, Form]]:
    at = 0
    for group in _GROUP.finditer(text):
        start, end = group.span()
        if not _is_note(text, start):
            continue
        yield from _sentences(text, at, start)
        yield start, end, "note"
        at = end
    yield from _sentences(text, at, len(text))


def _is_note(text: str, start: int) -> bool:
    """Whether a bracketed group stands for itself rather than inside a sentence."""
    if not any(c.isalpha() for c in text[start + 1 : start + 60]):
        return False
    if text[start] != "(":
        return True
    before = text[max(0, start - 3) : start].rstrip(" \t*_")
    return not before or before[-1] in '.!?…:\n"”)]}>'


def _sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int, Form]]:
    at = read = start  # no word stands between `at` and `read`
    for mark in _END.finditer(text, start, end):
        place, stop = mark.span()
        sign = text[place]
        word = _WORD.search(text, read, place)
        read = word.start() if word else place
        if sign in "\n\r":
            if _continues(text, place, stop, end):
                continue
        elif word is None or (sign == "." and _is_abbreviation(text, at, place, stop)):
            continue
        if piece := _trimmed(text, at, stop):
            yield piece
        at = read = stop
    if piece := _trimmed(text, at, end):
        yield piece


def _trimmed(text: str, start: int, end: int) -> tuple[int, int, Form] | None:
    piece = text[start:end]
    stripped = piece.strip()
    if not stripped:
        return None
    begin = start + len(piece) - len(piece.lstrip())
    # Most sentences open with a letter, which is quicker to see than a mark.
    marked = not stripped[0].isalpha() or stripped.startswith("REM")
    comment = marked and _opens_line(text, begin) and _COMMENT.match(text, begin, end)
    return begin, begin + len(stripped), "comment" if comment else "sentence"


def _continues(text: str, mark: int, stop: int, end: int) -> bool:
    """Whether a sentence runs on over a single line break, as in hard-wrapped text."""
    line = text.rfind("\n", max(0, mark - _WRAPPED[1] - 1), mark) + 1
    if stop - mark > 1 or stop >= end or not _WRAPPED[0] <= mark - line <= _WRAPPED[1]:
        return False
    if _COMMENT.match(text, line, mark):
        return False
    return text[stop].islower() and text[mark - 1] not in ".!?:;"


def _is_abbreviation(text: str, start: int, mark: int, stop: int) -> bool:
    following = text[stop : stop + 2].strip()
    if following and following[0].islower():
        return True
    word = _LAST_WORD.search(text, max(start, mark - 8), mark)
    if word is None:
        return False
    found = word.group().lower()
    return found in _ABBREVIATIONS or (len(found) == 1 and found.isalpha() and found != "i")


def _inner(text: str, start: int, end: int, form: Form) -> tuple[int, int]:
    if form == "note":
        if text.startswith("<!--", start):
            return start + 4, end - 3
        if text.startswith("/*", start):
            return start + 2, end - 2
        return start + 1, end - 1
    if form == "comment":
        mark = _COMMENT.match(text, start, end)
        return (mark.end() if mark else start), end
    return start, end
