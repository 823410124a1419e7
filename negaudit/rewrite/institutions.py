"""Short names of institutions of a claim's field: "the Academy" of an academy of dentistry."""

from __future__ import annotations

import re
from collections.abc import Iterator

from negaudit.rewrite.topics import Topic
from negaudit.rewrite.tree import Word

__all__ = ["institutions", "is_institution"]

_HEAD = "Academy|Association|Society|Board|College|School|Institute|Council|Federation|Guild|Bureau"
_NAMES = r"(?:[A-Z][\w'’-]+ ){1,5}"
# A search for one word among several is quick, one for a name in front of it is not.
_LAST = re.compile(rf"(?:{_HEAD})\b")
_FIRST = re.compile(rf"{_NAMES}\Z")
LONGEST_NAME = 120
_FULL = re.compile(
    rf"(?:{_NAMES}|\b)(?P<head>{_HEAD})\b(?: (?:of|for) (?:the )?(?:[A-Z][\w'’-]+[ ,)]?){{1,5}})?"
    r"\s?(?:\((?P<letters>[A-Z]{2,6})\))?"
)


def institutions(text: str, topic: Topic) -> frozenset[str]:
    """The words by which a text calls institutions whose names tell the claim's field.

    Their last names ("Academy") and their letters ("ABD"); none where the claim gives its subject
    no occupation.
    """
    if not topic.job:
        return frozenset()
    found = [match for match in _full_names(text) if topic.shown_in(match.group())]
    return frozenset(match[name] for match in found for name in ("head", "letters") if match[name])


def _full_names(text: str) -> Iterator[re.Match[str]]:
    behind = 0
    for head in _LAST.finditer(text):
        place = head.start()
        if place >= behind:
            first = _FIRST.search(text, max(behind, place - LONGEST_NAME), place)
            match = _FULL.match(text, first.start() if first else place)
            if match is not None:
                behind = match.end()
                yield match


def is_institution(word: Word, known: frozenset[str]) -> bool:
    """Whether a word stands for one of these: "ABD", "the Academy", not "the Academy Road"."""
    if word.text not in known:
        return False
    before, after = word.previous, word.following
    alone = after is None or not (after.text[0].isupper() or after.lower in {"of", "for"})
    return word.text.isupper() or (before is not None and before.lower == "the" and alone)
