"""Mines claims: propositions that recur in framed content across records."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

import msgspec

from negaudit.rewrite.claims_file import claims_text
from negaudit.rewrite.clauses import Clause, Form, is_negative
from negaudit.rewrite.parser import load_parser, parse
from negaudit.rewrite.targets import main_clauses
from negaudit.rewrite.tree import Sentence, Word

__all__ = ["Mined", "mine", "mined_text"]

LEAST_RECORDS = 2
LONGEST = 30  # words of a sentence that can stand for a claim
VAGUE = frozenset("it this that these those there he she they we i you who which what".split())
PRONOUNS = frozenset(("he", "she", "they"))
LIGHT = frozenset(("say", "tell", "note", "add", "explain", "describe", "report", "state"))


class Mined(msgspec.Struct, frozen=True):
    """A proposition that recurs.

    Attributes:
        claim: The shortest sentence that states it.
        records: In how many records it stands.
        share: Those as a share of all records that were mined.
    """

    claim: str
    records: int
    share: float


class Proposition(NamedTuple):
    """Base forms of subject, predicate and object, in lower case."""

    subject: str
    predicate: str
    object: str


def mine(contents: Iterable[str], nlp: Any = None) -> list[Mined]:
    """The propositions that stand in several records, the commonest first.

    A pronoun subject stands for the last name that was a subject before it. Sentences that are
    negative, questions or reports of speech count for nothing.

    Args:
        contents: The framed content of each record.
        nlp: A spaCy pipeline; None loads the installed model.

    Raises:
        UsageError: If no pipeline is given and none is installed.
    """
    texts = list(contents)
    records: dict[Proposition, set[int]] = defaultdict(set)
    shown: dict[Proposition, str] = {}
    for number, trees in enumerate(parse(texts, nlp if nlp is not None else load_parser())):
        for proposition, sentence in _propositions(trees):
            records[proposition].add(number)
            known = shown.get(proposition)
            if known is None or len(sentence) < len(known):
                shown[proposition] = sentence
    mined = [
        Mined(shown[key], len(found), len(found) / len(texts))
        for key, found in records.items()
        if len(found) >= LEAST_RECORDS and len(shown[key].split()) <= LONGEST
    ]
    return sorted(mined, key=lambda item: (-item.records, len(item.claim), item.claim))


def mined_text(mined: Iterable[Mined]) -> str:
    """A claims file to edit: the likeliest claims first, each with its count."""
    return claims_text((m.claim, f"{m.records} records, {m.share:.0%}") for m in mined)


def _propositions(trees: Iterable[Sentence]) -> Iterator[tuple[Proposition, str]]:
    """Each proposition of a text, with the sentence that it would be as a claim."""
    last: Word | None = None
    name = ""
    for tree in trees:
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
                key = Proposition(owner, clause.lemma, thing.lower)
                yield key, _claim(tree, clause, thing, said)


def _states(tree: Sentence, clause: Clause) -> bool:
    subject = clause.subject
    if subject is None or clause.form is not Form.FINITE or clause.inverted:
        return False
    if tree.mark == "?" or is_negative(clause) or clause.lemma in LIGHT:
        return False
    if any(word.tag == "MD" for word in clause.auxiliaries):
        return False
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
