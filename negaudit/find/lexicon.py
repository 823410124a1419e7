"""Lexicons: named lists of phrases.

A lexicon file (rules/lexicons/*.yaml) maps lexicon names to phrases, one a line; the module
`phrase` has their language.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from negaudit.errors import RuleError
from negaudit.find.index import Index
from negaudit.find.match import Hit, Match
from negaudit.find.memo import Memo
from negaudit.find.phrase import Element, Phrase, parse_phrase
from negaudit.find.rates import is_rates
from negaudit.find.tokens import Token

__all__ = ["MEMBER", "Element", "Hit", "Lexicons", "Match", "Phrase", "Vocabulary", "parse_phrase"]


_VOCABULARY, _FUNCTION_WORDS = "meta", "function-word"


class Lexicons:
    """All lexicons in force.

    Args:
        phrases: Lexicon name -> its phrases.
        where: Lexicon name -> the file it comes from, for errors.

    Attributes:
        index: The phrases by their keys.

    Raises:
        RuleError: A phrase refers to a lexicon that does not exist, or to itself in a circle.
    """

    def __init__(self, phrases: Mapping[str, Sequence[Phrase]], where: Mapping[str, str]) -> None:
        self.phrases = {name: tuple(rows) for name, rows in phrases.items()}
        self._where = dict(where)
        self._check(tuple(self.phrases), done=set(), path=())
        self.index = Index(self.phrases, self._matched())

    def _check(self, names: Iterable[str], done: set[str], path: tuple[str, ...]) -> None:
        for name in names:
            if name in path:
                raise RuleError(
                    f"lexicon {name!r} refers to itself through {' -> '.join((*path, name))}",
                    where=self._where.get(name, ""),
                    hint="break the circle",
                )
            if name in done:
                continue
            if name not in self.phrases:
                raise RuleError(
                    f"lexicon {name!r} does not exist",
                    where=self._where.get(path[-1], "") if path else "",
                    hint="define it in a lexicon file or mend the name",
                )
            inner = {e.lexicon for row in self.phrases[name] for e in row if e.lexicon}
            self._check(sorted(inner), done, (*path, name))
            done.add(name)

    def _matched(self) -> frozenset[str]:
        """The lexicons that sentences are matched with: lists of plain words are not."""
        used: set[str] = set()
        for name, rows in self.phrases.items():
            if name != _VOCABULARY:
                used.update(e.lexicon for row in rows for e in row if e.lexicon)
        rates = {name for name in self.phrases if is_rates(name)}
        return frozenset(self.phrases) - ({_FUNCTION_WORDS} - used) - rates - {_VOCABULARY}

    def vocabulary(self, name: str) -> Vocabulary:
        """Every word that some phrase of a lexicon, or of one it refers to, can take."""
        words: set[str] = set()
        stems: set[str] = set()
        seen: set[str] = set()
        ahead = [name]
        while ahead:
            at = ahead.pop()
            if at in seen:
                continue
            seen.add(at)
            for element in (e for row in self.phrases[at] for e in row if not e.barred):
                words |= element.words
                stems.update(element.stems)
                if element.lexicon:
                    ahead.append(element.lexicon)
        return Vocabulary(frozenset(words), tuple(stems))

    def match(self, tokens: Sequence[Token]) -> Match:
        """A table of the lexicons' hits in one sentence, filled as it is asked."""
        words = [token.word for token in tokens]
        return Match(self.index, words, self.index.likely(self.index.gist(words)))


# One sum counts both: words in its lower half, members in its upper half.
_WORD, MEMBER = 1, 1 << 32


class Vocabulary:
    """The single words of a lexicon and of all lexicons that it refers to."""

    def __init__(self, words: frozenset[str], stems: tuple[str, ...]) -> None:
        self._words = words
        self._stems = stems
        self._weights = Memo(self._weight)

    def share(self, words: Iterable[str]) -> float:
        """The share of the words (punctuation and numbers aside) that belong to it."""
        members, told = divmod(self.count(words), MEMBER)
        return members / told if told else 1.0

    def count(self, words: Iterable[str]) -> int:
        """How many words there are (punctuation and numbers aside), and MEMBER for each member."""
        return sum(map(self._weights.__getitem__, words))

    def _weight(self, word: str) -> int:
        if not word[0].isalpha():
            return 0
        return _WORD + MEMBER * (word in self._words or word.startswith(self._stems))
