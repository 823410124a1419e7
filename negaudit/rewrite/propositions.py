"""Finds what the sentences of a text say of whom: subject, predicate and object."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from negaudit.rewrite.claims import ROLE_VERBS
from negaudit.rewrite.clauses import Clause, Form, is_negative
from negaudit.rewrite.targets import main_clauses
from negaudit.rewrite.tree import Sentence, Word

__all__ = ["Proposition", "propositions"]

VAGUE = frozenset("it this that these those there he she they we i you who which what".split())
PRONOUNS = frozenset(("he", "she", "they"))
EMPTY = ROLE_VERBS | frozenset(("be", "have", "do", "make", "take", "get", "go", "become"))
LIGHT = frozenset(("say", "tell", "note", "add", "explain", "describe", "report", "state"))


class Proposition(NamedTuple):
    """Base forms of subject, predicate and object, in lower case, and what marks the object."""

    subject: str
    predicate: str
    object: str
    marks: tuple[str, ...] = ()

    @property
    def words(self) -> tuple[str, ...]:
        """The words that carry its meaning, in the singular."""
        verb = () if self.predicate in EMPTY else (self.predicate,)
        found = (*verb, self.object, *self.marks)
        return tuple(word.removesuffix("s") for word in found)

    @property
    def states_role(self) -> bool:
        """Whether it says what the subject is: "works as a vet", "is a vet"."""
        return self.predicate in ROLE_VERBS | {"be"}


def propositions(trees: Iterable[Sentence]) -> Iterator[tuple[Proposition, Word, str]]:
    """Each proposition of a text, with its verb and the sentence that it would be as a claim."""
    last: Word | None = None
    name = ""
    for tree in trees:
        yield from _described(tree)
        if tree.root.tag == "NNP":
            last, name = tree.root, _phrase(tree, tree.root)
        for clause in main_clauses(tree):
            subject = clause.subject
            if subject is not None and subject.tag == "NNP":
                last, name = subject, _phrase(tree, subject)
            if not _states(tree, clause):
                continue
            assert subject is not None
            pronoun = subject.lower in PRONOUNS
            if pronoun and last is None:
                continue
            owner = last.lower if pronoun and last is not None else subject.lower
            for thing in _objects(clause):
                said = name if pronoun else _phrase(tree, subject)
                key = Proposition(owner, clause.lemma, thing.lower, _marks(thing))
                yield key, clause.verb, _claim(tree, clause, thing, said)


def _described(tree: Sentence) -> Iterator[tuple[Proposition, Word, str]]:
    """What an apposition says of a name: "Ida Holm, a vet, ..."."""
    for word in tree.words:
        name = word.head
        if word.dep != "appos" or word.tag != "NN" or name is None or name.tag != "NNP":
            continue
        article = word.child("det")
        if article is not None and article.lower in {"a", "an"}:
            # "a general dentist" is a dentist, "a gold medalist" no medalist of any sort
            kind = "".join(f"{c.text} " for c in word.children if c.dep == "compound")
            claim = f"{_phrase(tree, name)} is {article.text} {kind}{word.text}."
            yield Proposition(name.lower, "be", word.lower, _marks(word)), word, claim


def _marks(noun: Word) -> tuple[str, ...]:
    return tuple(
        c.lower for c in noun.children if c.dep in {"amod", "compound"} and c.text.isalpha()
    )


def _states(tree: Sentence, clause: Clause) -> bool:
    subject = clause.subject
    if subject is None or clause.form is not Form.FINITE or clause.inverted:
        return False
    if tree.mark == "?" or is_negative(clause) or clause.lemma in LIGHT:
        return False
    if any(word.tag == "MD" for word in clause.auxiliaries):
        return False
    if subject.tag == "NNP" and clause.finite.tag in {"VB", "VBP"}:
        return False  # "Holm sail" is a slip of the parser
    vague = subject.lower in VAGUE - PRONOUNS or subject.dep == "expl"
    return not vague and subject.tag[:2] in {"NN", "PR"}


def _objects(clause: Clause) -> Iterator[Word]:
    """What is said of the subject: object, predicate noun, or noun behind a preposition."""
    for word in clause.verb.children:
        if word.index < clause.verb.index:
            continue
        if word.dep in {"dobj", "attr", "acomp", "oprd"} and word.tag[:2] in {"NN", "JJ", "CD"}:
            yield word
        elif word.dep == "prep":
            yield from (c for c in word.children if c.dep == "pobj" and c.tag[:2] == "NN")


def _phrase(tree: Sentence, head: Word) -> str:
    """A noun with the words of its phrase in front of it."""
    return tree.text[tree.words[head.first()].start : head.end]


def _claim(tree: Sentence, clause: Clause, thing: Word, subject: str) -> str:
    """The shortest sentence that states a proposition: subject, predicate and object."""
    first = clause.auxiliaries[0] if clause.auxiliaries else clause.verb
    top = thing.head if thing.dep == "pobj" and thing.head is not None else thing
    verb = tree.text[first.start : clause.verb.end]
    behind = [
        w for w in clause.verb.children
        if w.dep in {"prt", "dobj"} and clause.verb.index < w.index < top.index
    ]  # fmt: skip
    middle = "".join(f" {tree.text[tree.words[w.first()].start : w.end]}" for w in behind)
    lead = "" if top is thing else f" {top.text}"
    words = f"{subject} {verb}{middle}{lead} {_phrase(tree, thing)}"
    return " ".join(f"{words[0].upper()}{words[1:]}".split()) + "."
