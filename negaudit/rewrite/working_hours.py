"""Working hours: who "worked three days a week" has the occupation that a text gives her."""

from __future__ import annotations

import re

from negaudit.rewrite.clauses import clause_of
from negaudit.rewrite.lexicon import words
from negaudit.rewrite.mentions import is_subject
from negaudit.rewrite.tree import Word

__all__ = ["may_be_hours", "works_hours"]

_WORKS = words("work works worked working")
_HOURS = words("day days half-day hours week weekly weekday weekdays shift shifts a.m. p.m.")
_LIKELY = re.compile(r"\bwork(?:s|ed|ing)?\b.*\b(?:days?|hours|week(?:ly|days?)?|shifts?)\b", re.S)


def may_be_hours(text: str) -> bool:
    """Whether a text has the words of working hours."""
    return "work" in text and _LIKELY.search(text) is not None


def works_hours(word: Word, found: list[Word]) -> bool:
    """Whether a verb tells the hours that one of the words in `found` works."""
    if word.lower not in _WORKS or not is_subject(clause_of(word).subject, found):
        return False
    return any(below.lower in _HOURS for below in word.subtree() if below.index > word.index)
