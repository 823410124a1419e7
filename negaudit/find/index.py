"""Phrases by the words without which they cannot match.

Each phrase is indexed by its key: of the elements that it needs, the one whose words are the
rarest in ordinary English. Common words such as "the" then wake few phrases, and a sentence
without any key costs one look-up a word.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from negaudit.find.memo import Memo
from negaudit.find.phrase import STEM, Element, Phrase, is_number
from negaudit.find.rates import Rates

__all__ = ["Facts", "Index", "Row"]


class Row(NamedTuple):
    """A phrase in its lexicon, with its key.

    Attributes:
        lexicon: Name of the lexicon.
        phrase: The elements.
        steps: What each element takes: a memo of words, or None where it is no plain word.
        key: Index of the element that it is found by.
        reach: Tokens at most between the start of a hit and the key.
    """

    lexicon: str
    phrase: Phrase
    steps: tuple[Memo[bool] | None, ...]
    key: int
    reach: int


class Facts(NamedTuple):
    """What a word means to the lexicons.

    Attributes:
        possible: Bits of the lexicons that it is the key of, or the key of a part of.
        rows: The phrases that it is the key of, by lexicon.
    """

    possible: int
    rows: Mapping[str, Sequence[Row]]


_NOTHING = Facts(0, {})


class Index:
    """All phrases of some lexicons, by their keys.

    Args:
        phrases: Lexicon name -> its phrases; references resolve, and never in a circle.

    Attributes:
        bits: Lexicon name -> its bit in `Facts.possible`.
        facts: Word -> what it means to the lexicons.
        led: Lexicon name -> its phrases whose key is a reference, with the lexicon referred to.
    """

    def __init__(self, phrases: Mapping[str, Sequence[Phrase]]) -> None:
        self.phrases = phrases
        self.rates = Rates(phrases)
        self.bits = {name: 1 << at for at, name in enumerate(phrases)}
        self.led: dict[str, list[tuple[str, Row]]] = {}
        self.facts = Memo(self._facts)
        self.rate = cache(self._rate)
        self._length = cache(self._longest)
        self._takes = cache(_taking)
        self._woken = cache(self._wakes)
        self._words: dict[str, list[Row]] = {}
        self._stems: dict[str, list[tuple[str, Row]]] = {}
        self._numbers: list[Row] = []
        for name, rows in phrases.items():
            for row in rows:
                for variant in _without_leading_options(row):
                    self._index(self._row(name, variant))

    def _row(self, name: str, phrase: Phrase) -> Row:
        key = self.key(phrase)
        steps = tuple(
            self._takes(e) if e.words or e.stems or e.mark == "#" else None for e in phrase
        )
        return Row(name, phrase, steps, key, sum(map(self._span, phrase[:key])))

    def key(self, phrase: Phrase) -> int:
        """Index of the element that a phrase is found by."""
        needed = [at for at, element in enumerate(phrase) if element.needed]
        return min(needed, key=lambda at: self.rate_of(phrase[at]))

    def rate_of(self, element: Element) -> float:
        """How often an element that must be there can match, in a million words at most."""
        return self.rate(element.lexicon) if element.lexicon else self.rates.of_element(element)

    def _rate(self, name: str) -> float:
        return sum(self.rate_of(row[self.key(row)]) for row in self.phrases[name])

    def _span(self, element: Element) -> int:
        if element.lexicon:
            return self._length(element.lexicon)
        return element.gap or int(element.mark not in {"^", "$"})

    def _longest(self, name: str) -> int:
        return max(sum(map(self._span, row)) for row in self.phrases[name])

    def _index(self, row: Row) -> None:
        key = row.phrase[row.key]
        if key.lexicon:
            self.led.setdefault(row.lexicon, []).append((key.lexicon, row))
        if key.mark == "#":
            self._numbers.append(row)
        for word in key.words:
            self._words.setdefault(word, []).append(row)
        for stem in key.stems:
            self._stems.setdefault(stem[:STEM], []).append((stem, row))

    def _facts(self, word: str) -> Facts:
        found = [*self._words.get(word, ())]
        found += [r for stem, r in self._stems.get(word[:STEM], ()) if word.startswith(stem)]
        if is_number(word):
            found += self._numbers
        if not found:
            return _NOTHING
        rows: dict[str, list[Row]] = {}
        possible = 0
        for row in found:
            rows.setdefault(row.lexicon, []).append(row)
            possible |= self._woken(row.lexicon)
        return Facts(possible, rows)

    def _wakes(self, name: str) -> int:
        """Bits of a lexicon and of all that can match because it does."""
        woken = self.bits[name]
        for other, rows in self.led.items():
            if any(inner == name for inner, _ in rows):
                woken |= self._woken(other)
        return woken


def _taking(element: Element) -> Memo[bool]:
    return Memo(element.takes)


def _without_leading_options(row: Phrase) -> Iterator[Phrase]:
    """The phrase, and the phrase less each of the optional elements that it begins with."""
    yield row
    while row[0].optional:
        row = row[1:]
        if not row[0].gap:
            yield row
