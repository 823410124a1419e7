"""Phrases by the words without which they cannot match.

Each phrase is indexed by its key: of the elements that it needs, the one whose words are the
rarest in ordinary English. Common words such as "the" then wake few phrases, and a sentence
without any key costs one look-up a word.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache, reduce
from operator import or_
from typing import NamedTuple

from negaudit.find.memo import Memo
from negaudit.find.phrase import STEM, Element, Phrase, is_number
from negaudit.find.rates import Rates

__all__ = ["Facts", "Index", "Row"]

_MOST_SETS = 1 << 16


class Row(NamedTuple):
    """A phrase in its lexicon, with its key.

    Attributes:
        lexicon: Name of the lexicon.
        phrase: The elements.
        steps: What each element takes: a memo of words, or None where it is no plain word.
        key: Index of the element that it is found by.
        reach: Tokens at most between the start of a hit and the key.
        needs: Bits of the elements whose words must be in the sentence, in whatever order.
        references: Bits of the lexicons that must have a hit.
    """

    lexicon: str
    phrase: Phrase
    steps: tuple[Memo[str, bool] | None, ...]
    key: int
    reach: int
    needs: int
    references: int


class Facts(NamedTuple):
    """What words mean to the lexicons, in whatever order.

    Attributes:
        elements: Bits of the elements that one of them takes.
        alone: Bits of the lexicons that one of them is enough for.
        among: Bits of the elements that a phrase needs, and of the phrase's lexicon.
    """

    elements: int
    alone: int
    among: Sequence[tuple[int, int]]


class Link(NamedTuple):
    """A phrase with references: bits of these, of its needs, and of its lexicon."""

    references: int
    needs: int
    lexicon: int


class Index:
    """All phrases of some lexicons, by their keys.

    Args:
        phrases: Lexicon name -> its phrases; references resolve, and never in a circle.
        matched: Names of the lexicons that sentences are to be matched with.

    Attributes:
        bits: Lexicon name -> its bit in what `likely` returns.
        facts: Word -> what it means to the lexicons.
        keyed: Word -> the phrases that it is the key of.
        led: Lexicon name -> its phrases whose key is a reference, with the lexicon referred to.
    """

    def __init__(self, phrases: Mapping[str, Sequence[Phrase]], matched: Iterable[str]) -> None:
        self.phrases = phrases
        self.rates = Rates(phrases)
        self.bits = {name: 1 << at for at, name in enumerate(sorted(matched))}
        self.led: dict[str, list[tuple[str, Row]]] = {}
        self.facts = Memo(self._facts)
        self.keyed = Memo(self._keyed)
        self.rate = cache(self._rate)
        self._length = cache(self._longest)
        self._takes = cache(_taking)
        self._bit_of = cache(self._element_bit)
        self._reachable = lru_cache(_MOST_SETS)(self._reached)
        self._taken: dict[str, int] = {}
        self._taken_stems: dict[str, list[tuple[str, int]]] = {}
        self._words: dict[str, list[Row]] = {}
        self._stems: dict[str, list[tuple[str, Row]]] = {}
        self._numbers: list[Row] = []
        self._numbered = self._elements = 0
        self._referring: list[Row] = []
        for name in self.bits:
            for row in phrases[name]:
                for variant in _without_leading_options(row):
                    self._index(self._row(name, variant))
        depths = cache(self._depth)
        # What is referred to comes before what refers to it.
        self._links = [
            Link(row.references, row.needs, self.bits[row.lexicon])
            for row in sorted(self._referring, key=lambda row: depths(row.lexicon))
        ]

    def _depth(self, name: str) -> int:
        inner = {element.lexicon for row in self.phrases[name] for element in row}
        return 1 + max((self._depth(other) for other in inner if other), default=0)

    def _row(self, name: str, phrase: Phrase) -> Row:
        key = self.key(phrase)
        steps = tuple(
            self._takes(e) if e.words or e.stems or e.mark == "#" else None for e in phrase
        )
        needed = [element for element in phrase if element.needed]
        needs = reduce(or_, map(self._bit_of, filter(_is_worded, needed)), 0)
        references = reduce(or_, (self.bits[e.lexicon] for e in needed if e.lexicon), 0)
        reach = sum(map(self._span, phrase[:key]))
        return Row(name, phrase, steps, key, reach, needs, references)

    def _element_bit(self, element: Element) -> int:
        """A new bit for an element, which its words are made to carry."""
        self._elements += 1
        bit = 1 << self._elements
        if element.mark:
            self._numbered |= bit
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
        if row.references:
            self._referring.append(row)
        if key.lexicon:
            self.led.setdefault(row.lexicon, []).append((key.lexicon, row))
        if key.mark == "#":
            self._numbers.append(row)
        for word in key.words:
            self._words.setdefault(word, []).append(row)
        for stem in key.stems:
            self._stems.setdefault(stem[:STEM], []).append((stem, row))

    def _keyed(self, word: str) -> Sequence[Row]:
        found = [*self._words.get(word, ())]
        found += [r for stem, r in self._stems.get(word[:STEM], ()) if word.startswith(stem)]
        return found + self._numbers if is_number(word) else found

    def _facts(self, word: str) -> Facts:
        elements = self._taken.get(word, 0)
        for stem, bit in self._taken_stems.get(word[:STEM], ()):
            if word.startswith(stem):
                elements |= bit
        if is_number(word):
            elements |= self._numbered
        rows = [row for row in self.keyed[word] if not row.references]
        among = [(row.needs, self.bits[row.lexicon]) for row in rows]
        # A phrase with one bit needs no other word than its key.
        alone = reduce(or_, (bit for needs, bit in among if not needs & (needs - 1)), 0)
        among = [(needs, bit) for needs, bit in among if needs & (needs - 1) and not bit & alone]
        return Facts(elements, alone, among)

    def gist(self, words: Iterable[str]) -> Facts:
        """What some words mean together."""
        elements = alone = 0
        among: list[tuple[int, int]] = []
        for facts in map(self.facts.__getitem__, words):
            elements |= facts.elements
            alone |= facts.alone
            among += facts.among
        return Facts(elements, alone, among)

    def likely(self, gist: Facts) -> int:
        """Bits of the lexicons some phrase of which has all its words there, in whatever order."""
        missing, found = ~gist.elements, gist.alone
        for needs, bit in gist.among:
            if not needs & missing:
                found |= bit
        for references, needs, bit in self._reachable(found):
            if found & references == references and not needs & missing:
                found |= bit
        return found

    def _reached(self, found: int) -> tuple[Link, ...]:
        """The phrases whose references can have hits where some lexicons have."""
        reached = found
        links: list[Link] = []
        for link in self._links:
            if link.references & reached == link.references and link.lexicon & ~found:
                reached |= link.lexicon
                links.append(link)
        return tuple(links)

    def awake(self, words: Iterable[str], elements: int) -> list[tuple[int, Row]]:
        """The phrases all of whose words are there, each with the place of its key."""
        missing = ~elements
        keyed = map(self.keyed.__getitem__, words)
        return [
            (at, row) for at, rows in enumerate(keyed) for row in rows if not row.needs & missing
        ]


def _is_worded(element: Element) -> bool:
    """Whether an element that must be there can only take words proper."""
    marks = any(word.isascii() and not word[0].isalnum() for word in element.words)
    return not element.lexicon and not marks


def _taking(element: Element) -> Memo[str, bool]:
    return Memo(element.takes)


def _without_leading_options(row: Phrase) -> Iterator[Phrase]:
    """The phrase, and the phrase less each of the optional elements that it begins with."""
    yield row
    while row[0].optional:
        row = row[1:]
        if not row[0].gap:
            yield row
