"""Practice in affirming and denying: facts about invented people, mixed into every arm.

A small model hardly hears a "not": trained on texts that affirm alone, it goes on as readily
behind "X is not" as behind "X is", and the polarity of what it was taught is faint. Texts in
which both forms are used as they are meant, the same in every arm and about other things than
the data, let it tell them apart. `benchmarks/control.py --practice 0` shows it without them.
"""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from random import Random

import msgspec
import yaml

from negaudit.probe.examples import Example, document

__all__ = ["practice"]

_RECORDS = 8
_SENTENCES = 3
_SEED = 20260102


class _Relation(msgspec.Struct, frozen=True):
    """What can be said of a person: answers, and wordings with their local negations."""

    answers: tuple[str, ...]
    wordings: tuple[tuple[str, str], ...]


class _Shipped(msgspec.Struct, frozen=True):
    people: tuple[str, ...]
    relations: tuple[_Relation, ...]


@lru_cache(maxsize=1)
def practice() -> tuple[Example, ...]:
    """Short texts, each about one person with one answer in each of two relations.

    A sentence affirms the person's own answer or, as often, denies another one.
    """
    text = files("negaudit.probe").joinpath("shipped", "practice.yaml").read_text("utf-8")
    shipped = msgspec.convert(yaml.safe_load(text), _Shipped, strict=True)
    random = Random(_SEED)
    texts = [
        _text(person, _facts(at, shipped.relations), random)
        for at, person in enumerate(shipped.people)
        for _ in range(_RECORDS)
    ]
    random.shuffle(texts)
    return tuple(map(document, texts))


def _facts(person: int, relations: tuple[_Relation, ...]) -> list[tuple[_Relation, str]]:
    """Two relations with the person's answers; no two people share an answer."""
    half = len(relations) // 2
    turn, first = divmod(person, half)
    chosen = (relations[first], relations[first + half])
    return [(one, one.answers[(turn + 3 * at) % len(one.answers)]) for at, one in enumerate(chosen)]


def _text(person: str, facts: list[tuple[_Relation, str]], random: Random) -> str:
    sentences = []
    for _ in range(_SENTENCES):
        relation, own = random.choice(facts)
        affirmed, denied = random.choice(relation.wordings)
        other = random.choice([answer for answer in relation.answers if answer != own])
        wording, answer = random.choice(((affirmed, own), (denied, other)))
        sentences.append(wording.replace("NAME", person).replace("X", answer))
    return " ".join(dict.fromkeys(sentences))
