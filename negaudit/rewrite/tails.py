"""Joins participles that go on with a verb to it, where the verb is denied."""

from __future__ import annotations

from collections.abc import Iterator

from negaudit.rewrite.clauses import SUBJECTS, Clause
from negaudit.rewrite.coordination import conjuncts
from negaudit.rewrite.inflection import inflect
from negaudit.rewrite.record import Edit
from negaudit.rewrite.tree import Word

__all__ = ["joined_tails", "tails_of"]


def tails_of(clause: Clause) -> Iterator[Word]:
    """Participles behind the verb that go on with it: "won the race, beating two others"."""
    for word in clause.verb.children:
        loose = word.dep == "advcl" and word.tag == "VBG" and word.index > clause.verb.index
        if loose and word.child("mark", *SUBJECTS, "aux") is None:
            before = word.previous
            if before is not None and before.text == ",":
                yield word


def joined_tails(clauses: list[Clause], tails: list[Word]) -> list[Edit] | None:
    """Turns ", beating two others" into " or beat two others" behind "did not win"."""
    edits = []
    for tail in tails:
        clause = next(c for c in clauses if c.verb is tail.head)
        comma = tail.previous
        if comma is None or clause.lemma == "be":
            return None
        form = _form_behind(clause)
        edits.append(Edit(comma.start, tail.end, f" or {inflect(tail.text, tail.tag, form)}"))
        for other in conjuncts(tail):
            if other.tag != "VBG":
                return None
            edits.append(Edit(other.start, other.end, inflect(other.text, other.tag, form)))
        edits += [
            Edit(c.start, c.end, "or")
            for part in (tail, *conjuncts(tail))
            for c in part.children
            if c.dep == "cc" and c.lower == "and" and any(g.dep == "conj" for g in part.children)
        ]
    return edits


def _form_behind(clause: Clause) -> str:
    """The tag of a verb that goes on with a negated one: "has not won or beaten"."""
    if clause.verb.tag in {"VBN", "VBG"}:
        return clause.verb.tag
    return "VB"
