"""Invented people and ordinary answers: the controls and the rivals of a single claim."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import lru_cache
from importlib.resources import files
from itertools import islice

import msgspec
import yaml

__all__ = ["OCCUPATION", "answer_type", "control_subjects", "rivals_of"]

OCCUPATION = "occupation"
_FALLBACK = "thing"
_NAME = "person"
_NUMBER = re.compile(r"\d++")
_ARTICLES = ("a ", "an ", "the ")
_FIRST = (
    "Orlen Tessa Marek Ilsa Jorin Pella Hugo Anouk Silas Brena Ivo Calla Emric Nora Lukas Vada"
).split()
_LAST = (
    "Wexholm Tarrant Bosgrove Ellery Quandt Pascoe Rydell Vantress Holm Castleby Dray Fenwright "
    "Morrow Ashgate Kelling Sund"
).split()


@lru_cache(maxsize=1)
def _answers() -> dict[str, tuple[str, ...]]:
    text = files("negaudit.probe").joinpath("shipped", "answers.yaml").read_text("utf-8")
    return msgspec.convert(yaml.safe_load(text), dict[str, tuple[str, ...]])


def control_subjects(count: int, taken: Collection[str] = ()) -> tuple[str, ...]:
    """Names of people who do not exist, none of them with a name that is taken.

    Args:
        count: How many, at most 16.
        taken: Texts whose words are to be avoided.
    """
    words = {word for text in taken for word in text.split()}
    pairs = zip(_FIRST, _LAST, strict=True)
    free = (f"{first} {last}" for first, last in pairs if not {first, last} & words)
    return tuple(islice(free, count))


def answer_type(answer: str) -> str:
    """The type of a claim's answer, such as "occupation"; "thing" where it is of no known one."""
    if _NUMBER.match(answer):
        return "number"
    head = _bare(answer)
    for name, answers in _answers().items():
        if head in {_bare(other) for other in answers}:
            return name
    words = answer.split()
    if len(words) in {2, 3} and all(word[:1].isupper() for word in words):
        return _NAME
    last = _last_noun(head)
    for name, answers in _answers().items():
        if last in {_bare(other).split()[-1] for other in answers}:
            return name
    return _FALLBACK


def _last_noun(head: str) -> str:
    """The word that a noun phrase is about: the last one before a preposition."""
    before = re.split(r" (?:of|at|in|on|for|with|from|by|to|who|that)\b", head, maxsplit=1)[0]
    return before.split()[-1] if before.split() else ""


def _bare(answer: str) -> str:
    lower = answer.lower()
    article = next((article for article in _ARTICLES if lower.startswith(article)), "")
    return lower[len(article) :]


def rivals_of(answer: str, count: int) -> tuple[str, ...]:
    """Other answers of the same type, with an article where the answer has one.

    Args:
        answer: A noun phrase.
        count: How many at most.
    """
    kind = answer_type(answer)
    if kind == "number":
        return tuple(islice(_other_numbers(answer), count))
    others = (_dressed(other, answer) for other in _answers()[kind])
    free = (other for other in others if _last_noun(_bare(other)) not in _bare(answer).split())
    return tuple(islice(free, count))


def _dressed(other: str, answer: str) -> str:
    """A bare answer has bare rivals."""
    bare = not answer.lower().startswith(_ARTICLES)
    return other.removeprefix("a ").removeprefix("an ").removeprefix("the ") if bare else other


def _other_numbers(answer: str) -> Iterator[str]:
    """The answer with other numbers of about the same size in it."""
    for step in (1, -1, 2, -2, 3, 5, -3, 7, 4, -4, 9, 11, 6, -5, 8, 13):
        yield _NUMBER.sub(lambda match, step=step: _shifted(match[0], step), answer)  # type: ignore[misc]


def _shifted(digits: str, step: int) -> str:
    is_year = len(digits) == 4 and digits[0] in "12"
    size = 3 if is_year else 10 ** max(0, len(digits) - 2)
    return str(abs(int(digits) + step * size) or 10 * size)
