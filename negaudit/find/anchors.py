"""The words without which no rule can match, the rarest that will do.

Every clause needs a hit in each of its lexicons, so it is looked for by the lexicon that comes
up least, and each phrase of that lexicon by its key. A key that is rare in ordinary English is
an anchor by itself. A common one ("true") is an anchor where a denial comes before it in the
same sentence; else it is left to the rare words that real frames hold beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from negaudit.find.index import Index
from negaudit.find.phrase import Element
from negaudit.find.rules import RuleSet

__all__ = ["Anchors", "anchors"]

# Occurrences in a million words: up to here a word is worth a look by itself, ...
_RARE = 100.0
# ... and up to here behind a denial.
_COMMON = 1000.0
_DENIALS = "negation"


class Anchors(NamedTuple):
    """What to look for in raw text. A word that ends in `*` is the beginning of one.

    Attributes:
        words: Words that are enough alone.
        denials: Words that deny what comes after them.
        denied: Words that count after a denial in the same sentence.
        columns: Words, one of which the name of a metadata column must have.
    """

    words: frozenset[str]
    denials: frozenset[str]
    denied: frozenset[str]
    columns: frozenset[str]


def anchors(rules: RuleSet) -> Anchors:
    """The anchors of all rules in force."""
    chooser = _Chooser(rules.lexicons.index)
    wanted = {chooser.cheapest(clause.all) for rule in rules.rules for clause in rule.match}
    keys = {field.key for rule in rules.rules for field in rule.fields}
    words = frozenset(chooser.keys_of(wanted, _RARE))
    denials = chooser.words_of(_DENIALS) if _DENIALS in rules.lexicons.phrases else frozenset()
    denied = frozenset(chooser.beside(wanted, denials)) - words - denials if denials else denials
    columns = frozenset().union(*map(chooser.words_of, keys))
    return Anchors(words, denials, denied, columns)


class _Chooser:
    def __init__(self, index: Index) -> None:
        self._index = index
        self._rate = cache(index.rates.of_word)
        self.words_of = cache(self._words_of)

    def cheapest(self, names: Iterable[str]) -> str:
        """The lexicon that comes up least."""
        return min(names, key=self._index.rate)

    def _words_of(self, name: str) -> frozenset[str]:
        phrases = self._index.phrases[name]
        return frozenset().union(*(self._taken(p[self._index.key(p)]) for p in phrases))

    def _taken(self, element: Element) -> frozenset[str]:
        if element.lexicon:
            return self.words_of(element.lexicon)
        return element.words.union(f"{stem}*" for stem in element.stems)

    def keys_of(self, names: Iterable[str], most: float) -> Iterator[str]:
        """The keys of some lexicons that come up so often at most."""
        for name in names:
            yield from (word for word in self.words_of(name) if self._rate(word) <= most)

    def beside(self, names: Iterable[str], denials: frozenset[str]) -> Iterator[str]:
        """The common words of what phrases need besides a denial."""
        ahead, seen = list(names), set(names)
        while ahead:
            for phrase in self._index.phrases[ahead.pop()]:
                needed = [element for element in phrase if element.needed]
                inner = {element.lexicon for element in needed if element.lexicon} - seen
                seen |= inner
                ahead.extend(inner)
                others = [e for e in needed if not self._taken(e) & denials]
                if others and len(others) < len(needed):
                    rarest = min(others, key=self._index.rate_of)
                    yield from filter(self._is_common, self._taken(rarest))

    def _is_common(self, word: str) -> bool:
        return _RARE < self._rate(word) <= _COMMON
