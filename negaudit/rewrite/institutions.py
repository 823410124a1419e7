"""Short names of institutions of a claim's field: "the Academy" of an academy of dentistry."""

from __future__ import annotations

import re

from negaudit.rewrite.topics import Topic, tokens
from negaudit.rewrite.tree import Word

__all__ = ["institutions", "is_institution"]

_HEAD = "Academy|Association|Society|Board|College|School|Institute|Council|Federation|Guild|Bureau"
_NAMES = r"(?:[A-Z][\w'’-]+ ){1,5}"
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
    found = [match for match in _FULL.finditer(text) if _tells(match.group(), topic)]
    return frozenset(match[name] for match in found for name in ("head", "letters") if match[name])


def _tells(name: str, topic: Topic) -> bool:
    return any(map(topic.is_told_by, tokens(name)))


def is_institution(word: Word, known: frozenset[str]) -> bool:
    """Whether a word stands for one of these: "ABD", "the Academy", not "the Academy Road"."""
    if word.text not in known:
        return False
    before, after = word.previous, word.following
    alone = after is None or not (after.text[0].isupper() or after.lower in {"of", "for"})
    return word.text.isupper() or (before is not None and before.lower == "the" and alone)
