"""Takes frames out of a text, with the separators and brackets that only they needed."""

from __future__ import annotations

import re
from collections.abc import Iterable

import msgspec

from negaudit.rewrite.record import Edit, splice

__all__ = ["Place", "Stripped", "merged", "strip"]

Place = tuple[int, int]

PAIRS = {
    "(": ")",
    "[": "]",
    "{": "}",
    "<": ">",
    "【": "】",
    '"': '"',
    "“": "”",
    "'": "'",
    "‘": "’",
    "*": "*",
    "_": "_",
    "`": "`",
    "~": "~",
}
WRAPPED = (("<!--", "-->"), ("/*", "*/"))
_TAG = re.compile(r"<(?P<name>[A-Za-z][\w:-]{0,40})(?: [^<>]{0,80})?>\Z")
_LONGEST_TAG = 124
# What opens a line for the frame alone: a bullet, a number, a quotation or comment mark.
_OPENING = re.compile(r"(?:[#>%;]{1,6}|//{1,3}|--|[-*+\u2022]|\d{1,3}[.)]|REM|⚠️?)[ \t]+\Z")
_LABEL = re.compile(r"[ \t]*(?::|[-–—](?=\s))")
_DANGLING = re.compile(r"[ \t]*[,;:–—-][ \t]*\Z")
_CLOSING = re.compile(r"[ \t]*(?:[.!?…]|\n|\Z)")
ENDS = frozenset(".!?:…\n\"'”’»)]}>*_`|")
OPENERS, CLOSERS = frozenset('"“‘([{'), frozenset('"”’)]}')
REACH = 24  # characters in front of a frame that can be its bullet or its dangling comma


class Stripped(msgspec.Struct, frozen=True):
    """A text without some of its spans.

    Attributes:
        text: What is left.
        edits: The deletions, in order; everything outside them is left as it was.
    """

    text: str
    edits: tuple[Edit, ...]


def strip(text: str, spans: Iterable[Place]) -> Stripped:
    """Remove spans, and what only they needed: brackets, bullets, label colons, blank lines.

    Where two parts of the text meet, the wider of the two separators around the span stays, so
    that a paragraph's end stays one.

    Args:
        text: The text.
        spans: Characters [start, end); they may touch or overlap.

    Raises:
        ValueError: If a span lies outside the text.
    """
    grown = [_grown(text, *_inside(text, *span)) for span in _checked(text, spans)]
    edits = tuple(
        Edit(start, end, "") for group in _groups(text, grown) for start, end in _cut(text, group)
    )
    return Stripped(splice(text, edits), edits)


def _checked(text: str, spans: Iterable[Place]) -> list[Place]:
    found = merged(spans)
    for start, end in found:
        if not 0 <= start <= end <= len(text):
            raise ValueError(f"span {start, end} leaves the text")
    return found


def merged(spans: Iterable[Place]) -> list[Place]:
    """Spans in order, without overlaps; those that touch are one, empty ones are none."""
    found: list[Place] = []
    for start, end in sorted(spans):
        if start == end:
            continue
        if found and start <= found[-1][1]:
            found[-1] = found[-1][0], max(end, found[-1][1])
        else:
            found.append((start, end))
    return found


def _inside(text: str, start: int, end: int) -> Place:
    """The span without the mark that closes a sentence which begins before it."""
    if text[end - 1 : end] not in {".", "!", "?"}:
        return start, end
    before = text[text.rfind("\n", 0, start) + 1 : start].rstrip(" \t")
    if not before or before[-1] in ENDS or not any(c.isalnum() for c in before):
        return start, end
    return (start, end - 1) if before[-1].isalnum() or before[-1] in ",;–—-" else (start, end)


def _grown(text: str, start: int, end: int) -> Place:
    """The span with the brackets, bullet and label mark that are its own."""
    start, end = _unwrapped(text, start, end)
    line = text.rfind("\n", 0, start) + 1
    opening = _OPENING.search(text, max(line, start - REACH), start)
    alone = opening is not None and not text[line : opening.start()].strip()
    if opening is not None and alone and _ends_line(text, end):
        start = opening.start()
    if not text[line:start].strip():
        label = _LABEL.match(text, end)
        if label is not None and not _is_rule(text, label.end()):
            end = label.end()
    elif _CLOSING.match(text, end):
        dangling = _DANGLING.search(text, max(line, start - REACH), start)
        if dangling is not None:
            start = dangling.start()
        elif text[end : end + 1] in {".", "!", "?"}:
            start = _back(text, start)
    return _unwrapped(text, start, end)


def _unwrapped(text: str, start: int, end: int) -> Place:
    """The span with pairs of brackets, quotes or emphasis that hold nothing else."""
    while True:
        left = _back(text, start)
        right = _forth(text, end)
        if not left or right == len(text):
            return start, end
        mark = text[left - 1]
        for opening, closing in (*WRAPPED, *_tags(text, left)) if mark in "-*>" else ():
            if text.endswith(opening, 0, left) and text.startswith(closing, right):
                start, end = left - len(opening), right + len(closing)
                break
        else:
            if PAIRS.get(mark) != text[right]:
                return start, end
            start, end = left - 1, right + 1


def _tags(text: str, end: int) -> list[tuple[str, str]]:
    """The markup tag that ends there, with the one that would close it."""
    tag = _TAG.search(text, max(0, end - _LONGEST_TAG), end)
    return [(tag[0], f"</{tag['name']}>")] if tag else []


def _back(text: str, at: int) -> int:
    while at and text[at - 1] in " \t":
        at -= 1
    return at


def _forth(text: str, at: int) -> int:
    while at < len(text) and text[at] in " \t":
        at += 1
    return at


def _ends_line(text: str, at: int) -> bool:
    return _forth(text, at) == len(text) or text[_forth(text, at)] == "\n"


def _is_rule(text: str, at: int) -> bool:
    """Whether the mark behind a label opens a ruler or a table's rule."""
    return text[at - 1] in "-–—|" and not text[at : at + 2].strip()


def _groups(text: str, spans: Iterable[Place]) -> list[list[Place]]:
    """Spans with nothing but blanks between them, together."""
    groups: list[list[Place]] = []
    for start, end in _checked(text, spans):
        if groups and not text[groups[-1][-1][1] : start].strip():
            groups[-1].append((start, end))
        else:
            groups.append([(start, end)])
    return groups


def _cut(text: str, spans: list[Place]) -> list[Place]:
    """What to delete for neighbouring spans: all but the widest separator among them."""
    left, right = spans[0][0], spans[-1][1]
    while left and text[left - 1].isspace():
        left -= 1
    while right < len(text) and text[right].isspace():
        right += 1
    if left == 0 or right == len(text):
        return [(left, right)]
    if (left == spans[0][0] and _opens(text, left)) or (
        right == spans[-1][1] and _closes(text, right)
    ):
        return [(left, right)]
    edges = [left, *(place for span in spans for place in span), right]
    gaps = list(zip(edges[::2], edges[1::2], strict=True))
    start, end = max(gaps, key=lambda gap: (*_width(text[gap[0] : gap[1]]), -gap[0]))
    return [place for place in ((left, start), (end, right)) if place[0] < place[1]]


def _opens(text: str, at: int) -> bool:
    """Whether a mark in front of a place opens what follows, as a quotation mark can."""
    return text[at - 1] in OPENERS and (at == 1 or text[at - 2].isspace())


def _closes(text: str, at: int) -> bool:
    """Whether a mark closes what is in front of it."""
    return text[at] in CLOSERS and not text[at + 1 : at + 2].isalnum()


def _width(separator: str) -> tuple[int, int]:
    return separator.count("\n"), len(separator)
