"""Mines claims: propositions that recur in framed content across records."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from negaudit.rewrite.claims import related
from negaudit.rewrite.claims_file import claims_text
from negaudit.rewrite.parser import load_parser, parse
from negaudit.rewrite.propositions import Proposition, propositions

__all__ = ["Mined", "mine", "mined_text"]

LEAST_RECORDS = 2
ROLE_WEIGHT = 3  # "is a vet" says of a group what "treats dogs" only shows
LONGEST = 30  # words of a sentence that can stand for a claim


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
        for proposition, verb, sentence in propositions(trees):
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
