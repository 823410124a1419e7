"""Mines claims: propositions that recur in framed content across records."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

import msgspec

from negaudit.rewrite.claims import ROLE_VERBS, related
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
EMPTY = ROLE_VERBS | frozenset(("be", "have", "do", "make", "take", "get", "go", "become"))
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


def mine(contents: Iterable[str], nlp: Any = None) -> list[Mined]:
    """The propositions that stand in several records, the commonest first.

    Propositions about the same subject that share a stem ("is a dentist", "practices
    dentistry", "has a dental practice") count as one.

    A pronoun subject stands for the last name that was a subject before it. Sentences that are
    negative, questions or reports of speech count for nothing.

    Args:
        contents: The framed content of each record.
        nlp: A spaCy pipeline; None loads the installed model.

    Raises:
        UsageError: If no pipeline is given and none is installed.
    """
    texts = list(contents)
    found: dict[Proposition, _Evidence] = defaultdict(_Evidence)
    for number, trees in enumerate(parse(texts, nlp if nlp is not None else load_parser())):
        for proposition, sentence in _propositions(trees):
            found[proposition].add(number, sentence)
    groups = [group for by_subject in _by_subject(found) for group in _grouped(by_subject)]
    mined = [_mined(group, len(texts)) for group in groups]
    kept = [m for m in mined if m.records >= LEAST_RECORDS and len(m.claim.split()) <= LONGEST]
    return sorted(kept, key=lambda item: (-item.records, len(item.claim), item.claim))


class _Evidence(msgspec.Struct):
    """Where a proposition stands, and the shortest sentence that states it."""

    records: set[int] = msgspec.field(default_factory=set)
    claim: str = ""

    def add(self, record: int, sentence: str) -> None:
        self.records.add(record)
        if not self.claim or len(sentence) < len(self.claim):
            self.claim = sentence


_Group = dict[Proposition, _Evidence]


def _by_subject(found: _Group) -> Iterator[_Group]:
    subjects: dict[str, _Group] = defaultdict(dict)
    for proposition, evidence in found.items():
        subjects[proposition.subject][proposition] = evidence
    yield from subjects.values()


def _grouped(found: _Group) -> Iterator[_Group]:
    """Propositions that share a stem, the stem of most records first."""
    left = dict(found)
    while left:
        words = sorted({word for proposition in left for word in proposition.words})
        share = {word: _sharing(left, word) for word in words}
        best = max(words, key=lambda w: (len(_records(share[w])), w))
        yield share[best]
        left = {key: evidence for key, evidence in left.items() if key not in share[best]}


def _sharing(found: _Group, word: str) -> _Group:
    return {
        key: evidence
        for key, evidence in found.items()
        if any(word == other or related(other, word) for other in key.words)
    }


def _records(group: _Group) -> set[int]:
    return {record for evidence in group.values() for record in evidence.records}


def _mined(group: _Group, total: int) -> Mined:
    """A group's claim is what the subject is said to be, else what is said most often."""
    best = max(
        group,
        key=lambda key: (
            key.states_role,
            len(group[key].records),
            -len(group[key].claim),
            group[key].claim,
        ),
    )
    records = len(_records(group))
    return Mined(group[best].claim, records, records / total)


def mined_text(mined: Iterable[Mined]) -> str:
    """A claims file to edit: the likeliest claims first, each with its count."""
    return claims_text((m.claim, f"{m.records} records, {m.share:.0%}") for m in mined)


def _propositions(trees: Iterable[Sentence]) -> Iterator[tuple[Proposition, str]]:
    """Each proposition of a text, with the sentence that it would be as a claim."""
    last: Word | None = None
    name = ""
    for tree in trees:
        yield from _described(tree)
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
                yield key, _claim(tree, clause, thing, said)


def _described(tree: Sentence) -> Iterator[tuple[Proposition, str]]:
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
            yield Proposition(name.lower, "be", word.lower, _marks(word)), claim


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
