"""Words by which a denial leaves open what it denies: "did not see patients on Mondays"."""

from __future__ import annotations

import re

from negaudit.rewrite.clauses import Clause
from negaudit.rewrite.lexicon import words
from negaudit.rewrite.topics import Topic
from negaudit.rewrite.tree import Word

__all__ = ["is_reserved", "reserves"]

# How much, how long or how well it was is what they let a reader take for denied.
RESERVING = words(
    "throughout even full-time part-time reduced half-time still effective weekly daily while "
    "during alongside monday tuesday wednesday thursday friday saturday sunday mondays tuesdays "
    "wednesdays thursdays fridays saturdays sundays"
)
SHARES = words("full part half")  # of "full-time", where it is three words
MEASURES = words("day days half-day hour hours week weeks month months")
PRAISE = words("valuable valued respected beloved trusted popular renowned leading prominent good")
_QUOTED = re.compile(r"[\"“][^\"“”]+[\"”]")


def is_reserved(clause: Clause, topic: Topic) -> bool:
    """Whether a denial of a clause could be read as one of a measure, a time or a title."""
    verb = clause.verb
    below = sorted((word for word in verb.subtree() if word is not verb), key=lambda w: w.index)
    if any(reserves(word) or word.lower in PRAISE for word in below):
        return True
    title = "".join(word.text + " " for word in below if word.index > verb.index)
    return topic.shown_in(" ".join(_QUOTED.findall(title)))


def reserves(word: Word) -> bool:
    """Whether a word tells how much, how long or beside what something was."""
    counted = word.lower in MEASURES and word.child("nummod") is not None
    following = word.following
    parted = following is not None and following.text == "-" and word.lower in SHARES
    return word.lower in RESERVING or counted or parted
