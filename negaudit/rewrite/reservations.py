"""Words by which a denial leaves open what it denies: "did not see patients on Mondays"."""

from __future__ import annotations

from negaudit.rewrite.clauses import Clause
from negaudit.rewrite.lexicon import words
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
QUOTES = frozenset('"“”')


def is_reserved(clause: Clause, hits: list[Word]) -> bool:
    """Whether a denial of a clause could be read as one of a measure, a time or a title.

    Args:
        clause: The clause that would be denied.
        hits: The words by which it tells the claim.
    """
    verb = clause.verb
    below = [word for word in verb.subtree() if word is not verb and word.text[0].isalnum()]
    return any(reserves(word) or word.lower in PRAISE for word in below) or any(
        _is_quoted(hit) for hit in hits
    )


def reserves(word: Word) -> bool:
    """Whether a word tells how much, how long or beside what something was."""
    counted = word.lower in MEASURES and word.child("nummod") is not None
    following = word.following
    parted = following is not None and following.text == "-" and word.lower in SHARES
    return word.lower in RESERVING or counted or parted


def _is_quoted(word: Word) -> bool:
    """Whether a word stands in a title or a quotation that its sentence holds."""
    marks, before = 0, word.previous
    while before is not None:
        marks += before.text in QUOTES
        before = before.previous
    return marks % 2 == 1 and _opens_behind_verb(word)


def _opens_behind_verb(word: Word) -> bool:
    above = word.head
    while above is not None and above.head is not None:
        above = above.head
    return above is not None and above.index < word.index
