"""The within-sentence form "It is not the case that ...", where no predicate can be negated."""

from __future__ import annotations

from negaudit.rewrite.clauses import SUBJECTS, clause_of
from negaudit.rewrite.predicates import decapitalise
from negaudit.rewrite.quantifiers import resists
from negaudit.rewrite.record import Edit
from negaudit.rewrite.targets import main_clauses
from negaudit.rewrite.tree import Sentence

__all__ = ["deny", "must_be_denied"]

DENIAL = "It is not the case that "


def must_be_denied(sentence: Sentence) -> bool:
    """Whether the order of the words, or the subject, leaves no place for "not"."""
    if sentence.words[-1].text == "?":
        return False
    opener = sentence.opener()
    if opener is None:
        return False
    following = sentence.after(opener)
    if opener.lower in {"not", "only"} and following is not None:
        if following.lower == "only" or _is_inverted(sentence):
            return True
    if _is_correlative(sentence) or _is_inverted(sentence):
        return True
    return any(resists(clause, sentence) for clause in main_clauses(sentence))


def _is_correlative(sentence: Sentence) -> bool:
    """ "The more you eat, the taller you get"."""
    words = [w.lower for w in sentence.words]
    starts = [i for i, w in enumerate(words) if w == "the"]
    comparatives = [
        i for i in starts if i + 1 < len(words) and sentence.words[i + 1].tag in {"JJR", "RBR"}
    ]
    return len(comparatives) > 1 and comparatives[0] == 0 and "," in words


def _is_inverted(sentence: Sentence) -> bool:
    """Whether the verb stands before its subject in a statement: "Here comes the bus"."""
    clause = clause_of(sentence.root)
    if clause.subject is None or clause.subject.dep == "expl" or not clause.inverted:
        return False
    if sentence.root.child("expl") is not None or clause.subject.dep in {"csubj", "csubjpass"}:
        return False
    if clause.finite.index == 0 or clause.subject.index < clause.finite.index:
        return False
    return not _is_quote(sentence, clause.finite.index)


def _is_quote(sentence: Sentence, verb: int) -> bool:
    """ "..., said the mayor": the inversion of a quotation."""
    root = sentence.root
    return any(c.dep == "ccomp" and c.index < verb and c.child(*SUBJECTS) for c in root.children)


def deny(sentence: Sentence) -> Edit | None:
    """The edit that denies the sentence as a whole; None for questions and commands."""
    opener = sentence.opener()
    clause = clause_of(sentence.root)
    if opener is None or sentence.words[-1].text == "?" or clause.subject is None:
        return None
    lowered = decapitalise(sentence, opener)
    return Edit(opener.start, opener.end, DENIAL + lowered)
