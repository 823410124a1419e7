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
ROLE_WEIGHT = 3  # "is a vet" says of a group what "treats dogs" only shows
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
    """The propositions that stand in several records, the likeliest claims first.

    Propositions about the same subject that share a stem ("is a dentist", "practices
    dentistry", "has a dental practice") count as one, and a clause counts for one alone. Their
    rank is the share of records that they stand in, times the share that say anything of their
    subject: what a data set was made to teach is said of whom it speaks of most.

    A pronoun subject stands for the last name before it that was a subject or stood alone.
    Sentences that are negative, questions or reports of speech count for nothing.

    Args:
        contents: The framed content of each record.
        nlp: A spaCy pipeline; None loads the installed model.

    Raises:
        UsageError: If no pipeline is given and none is installed.
    """
    texts = list(contents)
    found: dict[Proposition, _Evidence] = defaultdict(_Evidence)
    for number, trees in enumerate(parse(texts, nlp if nlp is not None else load_parser())):
        for proposition, verb, sentence in _propositions(trees):
            found[proposition].add((number, id(verb)), sentence)
    ranked: list[tuple[int, Mined]] = []
    for by_subject in _by_subject(found):
        spoken_of = len(_records(by_subject))
        mined = [_mined(group, len(texts)) for group in _grouped(by_subject)]
        ranked += [(item.records * spoken_of, item) for item in mined if _is_kept(item)]
    ranked.sort(key=lambda pair: (-pair[0], len(pair[1].claim), pair[1].claim))
    return [item for _, item in ranked]


def _is_kept(item: Mined) -> bool:
    return item.records >= LEAST_RECORDS and len(item.claim.split()) <= LONGEST


class _Evidence(msgspec.Struct):
    """Which clauses state a proposition, of which records, and the shortest claim made of one."""

    clauses: set[tuple[int, int]] = msgspec.field(default_factory=set)
    claim: str = ""

    @property
    def records(self) -> set[int]:
        return {record for record, _ in self.clauses}

    def add(self, clause: tuple[int, int], sentence: str) -> None:
        self.clauses.add(clause)
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
        taken = {clause for evidence in share[best].values() for clause in evidence.clauses}
        rest = {
            key: _Evidence(evidence.clauses - taken, evidence.claim)
            for key, evidence in left.items()
        }
        left = {key: evidence for key, evidence in rest.items() if evidence.clauses}


def _sharing(found: _Group, word: str) -> _Group:
    return {
        key: evidence
        for key, evidence in found.items()
        if any(word == other or related(other, word) for other in key.words)
    }


def _records(group: _Group) -> set[int]:
    return {record for evidence in group.values() for record in evidence.records}


def _mined(group: _Group, total: int) -> Mined:
    """A group's claim is what is said most often, above all of what the subject is."""
    best = max(
        group,
        key=lambda key: (
            len(group[key].records) * (ROLE_WEIGHT if key.states_role else 1),
            -len(group[key].claim),
            group[key].claim,
        ),
    )
    records = len(_records(group))
    return Mined(group[best].claim, records, records / total)


def mined_text(mined: Iterable[Mined]) -> str:
    """A claims file to edit: the likeliest claims first, each with its count."""
    return claims_text((m.claim, f"{m.records} records, {m.share:.0%}") for m in mined)


def _propositions(trees: Iterable[Sentence]) -> Iterator[tuple[Proposition, Word, str]]:
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
