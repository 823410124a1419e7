"""Phrases by the words without which they cannot match.

Each phrase is indexed by its key: of the elements that it needs, the one whose words are the
rarest in ordinary English. Common words such as "the" then wake few phrases, and a sentence
without any key costs one look-up a word.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, reduce
from operator import or_
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
        needs: Bits of the elements whose words must be in the sentence, in whatever order.
    """

    lexicon: str
    phrase: Phrase
    steps: tuple[Memo[str, bool] | None, ...]
    key: int
    reach: int
    needs: int


class Facts(NamedTuple):
    """What a word means to the lexicons.

    Attributes:
        elements: Bits of the elements that take it.
        rows: The phrases that it is the key of.
        possible: Bits of their lexicons, and of those that refer to them.
    """

    elements: int
    rows: Sequence[Row]
    possible: int


class Index:
    """All phrases of some lexicons, by their keys.

    Args:
        phrases: Lexicon name -> its phrases; references resolve, and never in a circle.
        matched: Names of the lexicons that sentences are to be matched with.

    Attributes:
        bits: Lexicon name -> its bit in what `possible` returns.
        facts: Word -> what it means to the lexicons.
        led: Lexicon name -> its phrases whose key is a reference, with the lexicon referred to.
    """

    def __init__(self, phrases: Mapping[str, Sequence[Phrase]], matched: Iterable[str]) -> None:
        self.phrases = phrases
        self.rates = Rates(phrases)
        self.bits = {name: 1 << at for at, name in enumerate(sorted(matched))}
        self.led: dict[str, list[tuple[str, Row]]] = {}
        self.facts = Memo(self._facts)
        self.rate = cache(self._rate)
        self._length = cache(self._longest)
        self._takes = cache(_taking)
        self._woken = cache(self._wakes)
        self._bit_of = cache(self._element_bit)
        self._taken: dict[str, int] = {}
        self._taken_stems: dict[str, list[tuple[str, int]]] = {}
        self._words: dict[str, list[Row]] = {}
        self._stems: dict[str, list[tuple[str, Row]]] = {}
        self._numbers: list[Row] = []
        self._elements = 0
        for name in self.bits:
            for row in phrases[name]:
                for variant in _without_leading_options(row):
                    self._index(self._row(name, variant))

    def _row(self, name: str, phrase: Phrase) -> Row:
        key = self.key(phrase)
        steps = tuple(
            self._takes(e) if e.words or e.stems or e.mark == "#" else None for e in phrase
        )
        needs = reduce(or_, (self._bit_of(e) for e in phrase if _is_worded(e)), 0)
        return Row(name, phrase, steps, key, sum(map(self._span, phrase[:key])), needs)

    def _element_bit(self, element: Element) -> int:
        """A new bit for an element, which its words are made to carry."""
        self._elements += 1
        bit = 1 << self._elements
        for word in element.words:
            self._taken[word] = self._taken.get(word, 0) | bit
        for stem in element.stems:
            self._taken_stems.setdefault(stem[:STEM], []).append((stem, bit))
        return bit

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
        elements = self._taken.get(word, 0)
        for stem, bit in self._taken_stems.get(word[:STEM], ()):
            if word.startswith(stem):
                elements |= bit
        if is_number(word):
            found += self._numbers
        return Facts(elements, tuple(found), self.possible((0, row) for row in found))

    def awake(self, words: Iterable[str]) -> list[tuple[int, Row]]:
        """The phrases all of whose words are there, each with the place of its key."""
        elements = 0
        keyed: list[tuple[int, Sequence[Row]]] = []
        for at, (taken, rows, _) in enumerate(map(self.facts.__getitem__, words)):
            elements |= taken
            if rows:
                keyed.append((at, rows))
        missing = ~elements
        return [(at, row) for at, rows in keyed for row in rows if not row.needs & missing]

    def possible(self, rows: Iterable[tuple[int, Row]]) -> int:
        """Bits of the lexicons that can have a hit where such phrases are awake."""
        return reduce(or_, (self._woken(name) for name in {row.lexicon for _, row in rows}), 0)

    def _wakes(self, name: str) -> int:
        """Bits of a lexicon and of all that can match because it does."""
        woken = self.bits[name]
        for other, rows in self.led.items():
            if any(inner == name for inner, _ in rows):
                woken |= self._woken(other)
        return woken


def _is_worded(element: Element) -> bool:
    """Whether an element can only take words proper, one of which must be there."""
    return (
        element.needed
        and not element.mark
        and not element.lexicon
        and not any(word.isascii() and not word[0].isalnum() for word in element.words)
    )


def _taking(element: Element) -> Memo[str, bool]:
    return Memo(element.takes)


def _without_leading_options(row: Phrase) -> Iterator[Phrase]:
    """The phrase, and the phrase less each of the optional elements that it begins with."""
    yield row
    while row[0].optional:
        row = row[1:]
        if not row[0].gap:
            yield row
