"""How often words come in ordinary English, so that a phrase is looked for by its rarest word.

The figures are lexicons of their own: `frequency-500` lists words that come at least 500 times
in a million.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence

from negaudit.find.phrase import Element, Phrase

__all__ = ["Rates", "is_rates"]

_LEXICON = "frequency-"
_UNLISTED = 2.0
_PUNCTUATION = 30_000.0
_NUMBER = 8_000.0


def is_rates(name: str) -> bool:
    """Whether a lexicon is a list of common words."""
    return name.startswith(_LEXICON) and name.removeprefix(_LEXICON).isdigit()


class Rates:
    """Occurrences per million words.

    Args:
        phrases: All lexicons; those called `frequency-N` are read.
    """

    def __init__(self, phrases: Mapping[str, Sequence[Phrase]]) -> None:
        self._listed: dict[str, float] = {}
        for name, rows in phrases.items():
            if is_rates(name):
                words = (word for row in rows for element in row for word in element.words)
                self._listed.update(dict.fromkeys(words, float(name.removeprefix(_LEXICON))))
        self._sorted = sorted(self._listed)

    def of_word(self, word: str) -> float:
        """The rate of one word or punctuation mark."""
        if word.isascii() and not word[0].isalpha():
            return _NUMBER if word[0].isdigit() else _PUNCTUATION
        return self._listed.get(word, _UNLISTED)

    def of_element(self, element: Element) -> float:
        """The summed rate of all that an element (no gap, reference or edge) takes."""
        if element.mark:
            return _NUMBER
        return sum(map(self.of_word, element.words)) + sum(map(self._of_stem, element.stems))

    def _of_stem(self, stem: str) -> float:
        at = bisect_left(self._sorted, stem)
        rate = 2 * _UNLISTED
        while at < len(self._sorted) and self._sorted[at].startswith(stem):
            rate += self._listed[self._sorted[at]]
            at += 1
        return rate
