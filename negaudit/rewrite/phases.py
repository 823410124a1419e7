"""Denies what verbs of phase take for granted: who "did not continue to run" ran before."""

from __future__ import annotations

from collections.abc import Sequence

from negaudit.rewrite.clauses import Clause
from negaudit.rewrite.inflection import base
from negaudit.rewrite.lexicon import words
from negaudit.rewrite.record import Edit
from negaudit.rewrite.tree import Word

__all__ = ["complement", "is_deniable", "without_phase"]

# Of these what is gone on with is denied in their place: "does not run".
PHASES = frozenset({"continue", "keep"})
# Denied of "any" of a thing, these do not tell that there was one.
KEEPING = frozenset({"maintain"})
# What is kept reduced or full is there in any case.
DEGREES = words("reduced full modified regular typical usual normal active busy own same current")


def is_deniable(clause: Clause) -> bool:
    """Whether a denial of the clause can be put so that nothing is taken for granted."""
    return complement(clause) is not None or _keeps_own(clause)


def complement(clause: Clause) -> Word | None:
    """The verb that one goes on with."""
    verb = clause.verb
    below = verb.child("xcomp") if clause.lemma in PHASES else None
    if below is None or below.tag not in {"VB", "VBG"} or below.index - verb.index > 2:
        return None
    plain = verb.tag in {"VB", "VBZ", "VBD", "VBP"} and below.child("conj", "neg") is None
    return below if plain else None


def _keeps_own(clause: Clause) -> bool:
    """Whether the clause is "maintained his practice", of which a denial makes "any practice"."""
    kept = clause.verb.child("dobj") if clause.lemma in KEEPING else None
    owner = kept.child("poss") if kept is not None else None
    return (
        kept is not None
        and owner is not None
        and owner.tag == "PRP$"
        and not any(word.lower in DEGREES for word in kept.children)
    )


def without_phase(clauses: Sequence[Clause], edits: Sequence[Edit]) -> list[Edit]:
    """The edits, with "does not run" for "does not continue to run"."""
    changed = list(edits)
    for clause in clauses:
        below = complement(clause)
        if below is None:
            continue
        verb, plain = clause.verb, base(below.text, below.tag)
        own = next((e for e in changed if e.start <= verb.start and verb.end <= e.end), None)
        if own is None:
            changed.append(Edit(verb.start, below.end, plain))
        else:
            changed.remove(own)
            denied = own.text.rsplit(" ", 1)[0]
            changed.append(Edit(own.start, below.end, f"{denied} {plain}"))
    return sorted(changed)
