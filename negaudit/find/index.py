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
        needs: Bits of what must be in the sentence besides the key, in whatever order.
    """

    lexicon: str
    phrase: Phrase
    steps: tuple[Memo[str, bool] | None, ...]
    key: int
    reach: int
    needs: int


Link = tuple[int, int]


class Facts(NamedTuple):
    """What words mean to the lexicons, in whatever order.

    Attributes:
        bits: Bits of the elements that one of them takes, and of the lexicons that one of them
            is enough for.
        links: Of each phrase that one of them is the key of: bits of what it needs besides, and
            of what is there with it.
    """

    bits: int
    links: Sequence[Link]


class Index:
    """All phrases of some lexicons, by their keys.

    Args:
        phrases: Lexicon name -> its phrases; references resolve, and never in a circle.
        matched: Names of the lexicons that sentences are to be matched with.

    Attributes:
        bits: Lexicon name -> its bit. The elements of phrases have bits above those.
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
        self._gives = cache(self._given)
        self._taken: dict[str, int] = {}
        self._taken_stems: dict[str, list[tuple[str, int]]] = {}
        self._words: dict[str, list[Row]] = {}
        self._stems: dict[str, list[tuple[str, Row]]] = {}
        self._numbers: list[Row] = []
        self._numbered, self._next_bit = 0, 1 << len(self.bits)
        self._leads: dict[str, list[Row]] = {}
        for name in self.bits:
            for row in phrases[name]:
                for variant in _without_leading_options(row):
                    self._index(self._row(name, variant))
        links = ((name, self._links_of(rows)) for name, rows in self._leads.items())
        self._leading = [(self.bits[name], found) for name, found in links if found]

    def _row(self, name: str, phrase: Phrase) -> Row:
        key = self.key(phrase)
        steps = tuple(
            self._takes(e) if e.words or e.stems or e.mark == "#" else None for e in phrase
        )
        others = (e for at, e in enumerate(phrase) if at != key and e.needed)
        needs = reduce(or_, map(self._bit, others), 0)
        reach = sum(map(self._span, phrase[:key]))
        return Row(name, phrase, steps, key, reach, needs)

    def _bit(self, element: Element) -> int:
        """The bit of what an element names; none for one that takes marks too."""
        if element.lexicon:
            return self.bits[element.lexicon]
        marks = any(word.isascii() and not word[0].isalnum() for word in element.words)
        return 0 if marks else self._bit_of(element)

    def _element_bit(self, element: Element) -> int:
        """A new bit for an element, which its words are made to carry."""
        bit = self._next_bit
        self._next_bit <<= 1
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
        if key.lexicon:
            self.led.setdefault(row.lexicon, []).append((key.lexicon, row))
            self._leads.setdefault(key.lexicon, []).append(row)
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
        bits = self._taken.get(word, 0)
        for stem, bit in self._taken_stems.get(word[:STEM], ()):
            if word.startswith(stem):
                bits |= bit
        if is_number(word):
            bits |= self._numbered
        for row in self.keyed[word]:
            if not row.needs:
                bits |= self._gives(row.lexicon)
        return Facts(bits, self._links_of(self.keyed[word]))

    def _given(self, name: str) -> int:
        """Bits of a lexicon, and of those that it is enough for."""
        alone = (row.lexicon for row in self._leads.get(name, ()) if not row.needs)
        return reduce(or_, map(self._gives, alone), self.bits[name])

    def _links_of(self, rows: Iterable[Row]) -> list[Link]:
        return [(row.needs, self._gives(row.lexicon)) for row in rows if row.needs]

    def gist(self, words: Iterable[str]) -> Facts:
        """What some words mean together."""
        bits = 0
        links: list[Link] = []
        for more, others in map(self.facts.__getitem__, words):
            bits |= more
            links += others
        return Facts(bits, links)

    def likely(self, gist: Facts) -> int:
        """Adds bits of the lexicons some phrase of which has all its words, in whatever order."""
        bits, before = gist.bits, 0
        while bits != before:
            before, missing = bits, ~bits
            for needs, given in gist.links:
                if not needs & missing:
                    bits |= given
            for lead, links in self._leading:
                if bits & lead:
                    for needs, given in links:
                        if not needs & missing:
                            bits |= given
        return bits

    def awake(self, words: Iterable[str], likely: int) -> list[tuple[int, Row]]:
        """The phrases that can match where some bits are there, each with its key's place."""
        missing = ~likely
        keyed = map(self.keyed.__getitem__, words)
        return [
            (at, row) for at, rows in enumerate(keyed) for row in rows if not row.needs & missing
        ]


def _taking(element: Element) -> Memo[str, bool]:
    return Memo(element.takes)


def _without_leading_options(row: Phrase) -> Iterator[Phrase]:
    """The phrase, and the phrase less each of the optional elements that it begins with."""
    yield row
    while row[0].optional:
        row = row[1:]
        if not row[0].gap:
            yield row
