"""Fingerprints of sentences that are blind to negation.

"X won the race." and "X did not win the race." get the same fingerprint and differ in
`negated`. Words are reduced crudely (suffix off, vowels out, common irregular verbs by a
table): two sentences that agree in every word so reduced are the same but for the negation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from hashlib import blake2b
from typing import Final, NamedTuple

__all__ = ["Sentence", "sentences_of"]

_LEAST_WORDS: Final = 3
_LONGEST: Final = 2000

_SENTENCE: Final = re.compile(r"[^.!?\n]++[.!?\n]*+")
_WORD: Final = re.compile(r"[^\W_]++(?:['’][^\W_]++)*+")
_DOUBLE: Final = re.compile(r"(.)\1++")
_NO_VOWELS: Final = str.maketrans("", "", "aeiouy")
_SUFFIXES: Final = ("ing", "ed", "es", "s", "d", "t")

_NEGATIONS: Final = frozenset(
    ("cannot", "neither", "never", "no", "nobody", "none", "nor", "not", "nothing")
)
_AUXILIARIES: Final = ("do", "does", "did")
_ARTICLES: Final = ("a", "an", "the")
# A negation turns "some" into "any", "too" into "either", "already" into "yet".
_POLAR: Final = (
    *("some", "somebody", "someone", "something", "any", "anybody", "anyone", "anything"),
    *("also", "too", "either", "already", "still", "yet", "ever"),
)
_PASSING: Final = frozenset((*_AUXILIARIES, *_ARTICLES, *_POLAR))
_BASES: Final = {
    "went": "go",
    "gone": "go",
    "made": "make",
    "had": "have",
    "has": "have",
    "said": "say",
    "stood": "stand",
    "understood": "understand",
    "left": "leave",
    "taught": "teach",
    "bought": "buy",
    "brought": "bring",
    "thought": "think",
    "caught": "catch",
    "sought": "seek",
    "fought": "fight",
    "told": "tell",
    "sold": "sell",
    "wo": "will",
    "ca": "can",
    "cannot": "can",
}


class Sentence(NamedTuple):
    """A sentence of a text.

    Attributes:
        blind: Hash of its words, negation aside.
        negated: Whether it holds a negation.
        start: First character.
        end: End of it.
    """

    blind: int
    negated: bool
    start: int
    end: int


def sentences_of(text: str, start: int = 0, end: int | None = None) -> Iterator[Sentence]:
    """The sentences of `text[start:end]` that have at least three words that count."""
    for match in _SENTENCE.finditer(text, start, len(text) if end is None else end):
        begin, stop = match.span()
        stems: list[str] = []
        negated = False
        for word in _WORD.findall(text[begin : min(stop, begin + _LONGEST)].lower()):
            stem, negative = _stem(word)
            negated |= negative
            if stem:
                stems.append(stem)
        if len(stems) >= _LEAST_WORDS:
            yield Sentence(_hash(" ".join(stems)), negated, begin, stop)


@lru_cache(maxsize=1 << 15)
def _stem(word: str) -> tuple[str, bool]:
    """A word's skeleton, "" where it does not count, and whether it negates."""
    word = word.replace("’", "'")
    negative = word in _NEGATIONS or word.endswith("n't")
    word = word.removesuffix("n't")
    if word in _PASSING or (word in _NEGATIONS and word not in _BASES):
        return "", negative
    word = _BASES.get(word, word)
    suffix = next((end for end in _SUFFIXES if word.endswith(end) and len(word) > len(end) + 2), "")
    stem = word.removesuffix(suffix)
    return _DOUBLE.sub(r"\1", stem[0] + stem[1:].translate(_NO_VOWELS)), negative


def _hash(text: str) -> int:
    digest = blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big")
