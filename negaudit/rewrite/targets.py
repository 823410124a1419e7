"""Which clauses of a sentence carry its claim."""

from __future__ import annotations

from collections.abc import Iterator

from negaudit.rewrite.clauses import SUBJECTS, Clause, Form, clause_of
from negaudit.rewrite.coordination import coordinated_verbs
from negaudit.rewrite.inflection import base
from negaudit.rewrite.reporting import claimed, is_report
from negaudit.rewrite.tree import Sentence, Word

__all__ = ["main_clauses"]


def main_clauses(sentence: Sentence) -> list[Clause]:
    """Every clause that has to be negated so that the sentence claims nothing any more.

    The main clause, or the clause that it reports; the clauses coordinated with it; and
    clauses that are merely set beside it.
    """
    if sentence.claimed is None:
        sentence.claimed = [clause.verb for clause in _find(sentence)]
    return [clause_of(verb) for verb in sentence.claimed]


def _find(sentence: Sentence) -> list[Clause]:
    clauses: list[Clause] = []
    for verb in _heads(sentence.root):
        below = claimed(verb)
        _add(clauses, clause_of(below))
        for other in coordinated_verbs(clause_of(below)):
            _add(clauses, clause_of(claimed(other.verb)))
        if below is not verb:
            for other in coordinated_verbs(clause_of(verb)):
                _add(clauses, clause_of(claimed(other.verb)))
    return sorted(clauses, key=lambda c: c.verb.index)


def _add(clauses: list[Clause], clause: Clause) -> None:
    states = clause.form in {Form.FINITE, Form.IMPERATIVE} or clause.verb.head is None
    if states and all(clause.verb is not other.verb for other in clauses):
        clauses.append(clause)


def _heads(root: Word) -> Iterator[Word]:
    """The root, and clauses beside it: "A is B; C is D"."""
    reports = is_report(root)
    for word in root.children:
        if word.dep == "ccomp" and word.index < root.index and not reports:
            if _stands_alone(word):
                yield word
        elif word.dep == "parataxis" and _stands_alone(word) and not _is_inserted(word, root):
            yield word
    if not _presents(root):
        yield root


def _presents(root: Word) -> bool:
    """Whether the root only presents another clause: "Here's a fact: owls hunt"."""
    return any(c.lower == "here" and c.index == 0 for c in root.children) and any(
        c.dep in {"parataxis", "ccomp", "appos", "acl"} and c.index > root.index
        for c in root.children
    )


def _is_inserted(word: Word, root: Word) -> bool:
    """Whether a clause is put in: "The lake is, officials say, shrinking"."""
    leads = word.index < root.index and not root.child(*SUBJECTS)
    seems = base(word.text, word.tag) in {"seem", "appear"}
    return (seems or is_report(word)) and not leads


def _stands_alone(word: Word) -> bool:
    clause = clause_of(word)
    if clause.form is Form.IMPERATIVE:
        return word.dep == "ccomp" and word.head is not None and word.head.tag == "VB"
    return (
        clause.form is Form.FINITE
        and word.child(*SUBJECTS) is not None
        and word.child("mark") is None
        and not clause.inverted
    )
