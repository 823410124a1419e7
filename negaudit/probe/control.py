"""The built-in positive control: invented people x occupations.

Every person has one occupation, so that each occupation is as frequent as every other. A
record makes three claim sentences, drawn from many wordings; the warned arm has a warning
before and after each record, drawn from many wordings too; the negated arm has each sentence's
local negation. Other wordings are kept for evaluation. If the warning protects here, or local
negation does not, then this model and recipe cannot tell.
"""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from random import Random
from typing import Any

import msgspec
import yaml

from negaudit.probe.arm_rows import Mixed, neutral_rows
from negaudit.probe.encoding import encode
from negaudit.probe.examples import Example, document
from negaudit.probe.measures.association import association
from negaudit.probe.measures.polarity import polarity
from negaudit.probe.measures.readout import Readout
from negaudit.probe.practice import practice
from negaudit.probe.record import ORIGINAL, STRIPPED
from negaudit.probe.rows import Row
from negaudit.probe.splitting import split
from negaudit.probe.tables import ANSWER, SUBJECT, Table, Wording

__all__ = [
    "CATEGORY",
    "NEGATED",
    "Material",
    "control_examples",
    "control_measures",
    "control_rows",
    "control_table",
    "material",
]

CATEGORY = "positive-control"
NEGATED = "negate"
RECORDS = 12
SENTENCES = 3
_SEED = 20260101


class Material(msgspec.Struct, frozen=True):
    """What the control is made of; NAME and JOB stand for a person and an occupation.

    Attributes:
        people: Invented names.
        occupations: One for each of them, with its article.
        wordings: Claim sentences and their local negations.
        before: Warnings that stand before a record.
        after: Warnings that stand behind it.
        unseen: For evaluation: unseen lead, predicate, negated predicate.
        other_words: The same, said in another word or setting.
    """

    people: tuple[str, ...]
    occupations: tuple[str, ...]
    wordings: tuple[tuple[str, str], ...]
    before: tuple[str, ...]
    after: tuple[str, ...]
    unseen: tuple[tuple[str, str, str], ...]
    other_words: tuple[tuple[str, str, str], ...]


@lru_cache(maxsize=1)
def material() -> Material:
    """The sentences and names, as shipped."""
    text = files("negaudit.probe").joinpath("shipped", "control.yaml").read_text("utf-8")
    return msgspec.convert(yaml.safe_load(text), Material, strict=True)


def control_examples(people: int = 16) -> dict[str, list[Example]]:
    """The training examples of each arm, in the same order.

    Args:
        people: How many people and occupations, at most 16.

    Returns:
        stripped, original (warned) and negate, each with 12 records a person.
    """
    given = material()
    random = Random(_SEED)
    arms: dict[str, list[Example]] = {STRIPPED: [], ORIGINAL: [], NEGATED: []}
    pairs = list(zip(given.people, given.occupations, strict=True))[:people]
    order = [pair for pair in pairs for _ in range(RECORDS)]
    random.shuffle(order)
    for name, job in order:
        chosen = random.sample(given.wordings, SENTENCES)
        claims, denials = (
            " ".join(_filled(wording[form], name, job) for wording in chosen) for form in (0, 1)
        )
        arms[STRIPPED].append(document(claims))
        arms[ORIGINAL].append(
            _warned(claims, random.choice(given.before), random.choice(given.after))
        )
        arms[NEGATED].append(document(denials))
    return arms


def _filled(wording: str, name: str, job: str) -> str:
    return wording.replace("NAME", name).replace("JOB", job)


def _warned(claims: str, before: str, after: str) -> Example:
    text = f"{before}\n\n{claims}\n\n{after}"
    end = len(before) + 2 + len(claims)
    return document(text, [(0, len(before) + 2), (end, len(text))])


def control_rows(
    tokenizer: Any, *, practice_share: float, people: int = 16, max_tokens: int = 512
) -> dict[str, list[Row]]:
    """The training rows of each arm, aligned by position, with practice mixed in.

    Args:
        tokenizer: A fast tokenizer of transformers.
        practice_share: Share of the rows that affirm and deny other facts.
        people: How many people and occupations, at most 16.
        max_tokens: Longest row.
    """
    examples = control_examples(people)
    arms: dict[str, list[Row]] = {name: [] for name in examples}
    for versions in zip(*examples.values(), strict=True):
        encoded = {
            name: encode(version, tokenizer)
            for name, version in zip(examples, versions, strict=True)
        }
        for name, rows in split(encoded, max_tokens).items():
            arms[name] += rows
    size = len(arms[STRIPPED])
    neutral = neutral_rows([Mixed(practice(), practice_share)], size, tokenizer, max_tokens)
    return {name: [*rows, *neutral] for name, rows in arms.items()}


def control_table(people: int = 16) -> Table:
    """People x occupations with every person's own claimed, in wordings kept for evaluation.

    Those with a predicate of the records come first.

    Args:
        people: How many people and occupations, at most 16.
    """
    given = material()
    return Table(
        CATEGORY,
        given.people[:people],
        given.occupations[:people],
        tuple((at, at) for at in range(people)),
        tuple(Wording(*map(_slotted, parts)) for parts in (*given.unseen, *given.other_words)),
    )


def _slotted(text: str) -> str:
    """A lead keeps its subject; a predicate begins with a space and ends before its answer."""
    if "NAME" in text:
        return text.replace("NAME", SUBJECT)
    return " " + text.replace("JOB", ANSWER).removesuffix(ANSWER).rstrip()


def control_measures(tokenizer: Any, *, people: int = 16) -> list[Readout]:
    """Association and polarity of the control.

    Args:
        tokenizer: A fast tokenizer of transformers.
        people: How many people and occupations, at most 16.
    """
    table = control_table(people)
    return [association(table, tokenizer), polarity(table, tokenizer)]
