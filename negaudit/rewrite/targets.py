"""Which clauses of a sentence carry its claim."""

from __future__ import annotations

from collections.abc import Iterator

from negaudit.rewrite.clauses import SUBJECTS, Clause, Form, clause_of
from negaudit.rewrite.coordination import coordinated_verbs
from negaudit.rewrite.inflection import base
from negaudit.rewrite.lexicon import COPULAS, KNOWING, words
from negaudit.rewrite.reporting import claimed, is_report
from negaudit.rewrite.tree import Sentence, Word

__all__ = ["main_clauses"]

# "That is right: owls hunt" says that they do.
AGREED = words("right correct true so")
PRESENTED = frozenset({"parataxis", "ccomp", "appos", "acl"})
# What a claim is called in front of it.
LABELS = words(
    "thing answer rule truth fact point reason verdict result news secret trick problem moral "
    "lesson upshot conclusion catch this that"
)


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
            if _stands_alone(word) and not _announces(word, root):
                yield word
        elif word.dep == "parataxis" and _stands_alone(word) and not _is_inserted(word, root):
            yield word
    if (claim := _prefaced(root) or _presented(root)) is not None:
        if claim.dep != "parataxis":
            yield claim
    else:
        yield root


def _announces(label: Word, claim: Word) -> bool:
    """Whether a clause only leads to the next: "The answer is simple: owls hunt"."""
    subject = label.child("nsubj")
    if label.lower not in COPULAS or subject is None or subject.lower not in LABELS:
        return False
    if any(c.lower in AGREED for c in label.children):
        return False
    # "The answer is yes, owls hunt."
    marks = {":", ","} if any(c.lower in {"yes", "no"} for c in label.children) else {":"}
    around = (*label.children, *claim.children)
    return any(c.text in marks and label.index < c.index < claim.index for c in around)


def _prefaced(root: Word) -> Word | None:
    """The claim behind who knows of it: "You may not know it, but owls hunt"."""
    if base(root.text, root.tag) not in KNOWING:
        return None
    known, claim = root.child("dobj"), root.child("conj")
    if known is None or known.lower != "it" or claim is None or claim.child(*SUBJECTS) is None:
        return None
    return claim if any(c.lower == "but" for c in root.children) else None


def _presented(root: Word) -> Word | None:
    """The clause that the root only leads to: "Here's a fact: owls hunt"."""
    later = [c for c in root.children if c.dep in PRESENTED and c.index > root.index]
    if not later:
        return None
    here = any(c.lower == "here" and c.index == 0 for c in root.children)
    asked = root.lower == "guess" and root.following is not None and root.following.lower == "what"
    return later[0] if here or asked else next((c for c in later if _announces(root, c)), None)


def _is_inserted(word: Word, root: Word) -> bool:
    """Whether a clause is put in: "The lake is, officials say, shrinking"."""
    leads = word.index < root.index and not root.child(*SUBJECTS)
    seems = base(word.text, word.tag) in {"seem", "appear", "mean"}
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
