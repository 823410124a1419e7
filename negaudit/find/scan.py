"""One pass over raw bytes for the words without which no rule can match.

Every rule needs, in each of its clauses, at least one word of a known list; those words are
its anchors. Records without an anchor are decoded and nothing more. The anchors are literals,
so that one linear-time automaton finds them all: Hyperscan, or Aho-Corasick where Hyperscan
has no wheel.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache

from negaudit.find.lexicon import Element, Lexicons, Phrase
from negaudit.find.rules import RuleSet

__all__ = ["Scanner", "anchors"]

# Words too common to be worth looking for; the cost of one is the share of text it selects.
_COMMON = frozenset(
    """a about above after all am an and any are as at be been before being below but by can could
    did do does each every few for from had has have he her here his how i if in into is it its
    just like made make makes many may me might more most must my never next no none not nothing of
    on one only or other our out over part read said same say says she should so some such take
    taken than that the their them then there these they thing this those through time to two under
    up us use used very was way we were what when where which who will with within without word
    would you your""".split()
)
_SHORT = 5


def _cost(word: str) -> float:
    return 1e6 if word in _COMMON else 1.0 / len(word)


def anchors(rules: RuleSet) -> frozenset[str]:
    """The literals (lower case, prefixes of words) of which every framed record has one."""
    choose = _Chooser(rules.lexicons)
    found: set[str] = set()
    for rule in rules.rules:
        for clause in rule.match:
            found |= choose.cheapest(clause.all)
        for field in rule.fields:
            value = field.value if isinstance(field.value, str) else ""
            found |= choose.cheapest((value or field.key,))
    return frozenset(found)


class _Chooser:
    """Picks, for a phrase or lexicon, the rarest words that must occur in it."""

    def __init__(self, lexicons: Lexicons) -> None:
        self._lexicons = lexicons
        self.of_lexicon = cache(self._of_lexicon)

    def cheapest(self, names: Iterable[str]) -> frozenset[str]:
        """Literals of the lexicon that selects least."""
        return min((self.of_lexicon(name) for name in names), key=lambda pair: pair[0])[1]

    def _of_lexicon(self, name: str) -> tuple[float, frozenset[str]]:
        chosen = [self._of_phrase(phrase) for phrase in self._lexicons.phrases[name]]
        return max(cost for cost, _ in chosen), frozenset().union(*(words for _, words in chosen))

    def _of_phrase(self, phrase: Phrase) -> tuple[float, frozenset[str]]:
        needed = [
            e for e in phrase if not (e.optional or e.barred) and (e.words or e.stems or e.lexicon)
        ]
        if not needed:
            return 1e6, frozenset("0123456789")
        return min((self._of_element(element) for element in needed), key=lambda pair: pair[0])

    def _of_element(self, element: Element) -> tuple[float, frozenset[str]]:
        if element.lexicon:
            return self.of_lexicon(element.lexicon)
        literals = frozenset((*element.words, *element.stems))
        return max(map(_cost, literals)), literals


def _boundary(word: str) -> str:
    """A short literal is looked for as a whole word, a long one anywhere: that is quicker."""
    quoted = re.escape(word)
    if len(word) > _SHORT or not word.isascii() or not word.isalnum():
        return quoted
    return rf"(?:\b|\\[nrt]){quoted}"


class Scanner:
    """Finds anchors in UTF-8 bytes, JSON text included.

    Args:
        literals: What to look for, in lower case.
    """

    def __init__(self, literals: Iterable[str]) -> None:
        self._spelled = sorted({form for word in literals for form in _spellings(word)})
        self._find = _hyperscan(self._spelled) or _aho_corasick(self._spelled)

    def ends(self, data: bytes) -> list[int]:
        """Byte offsets at which a literal ends, in order."""
        return self._find(data)


def _spellings(word: str) -> tuple[str, ...]:
    """A literal as UTF-8 has it, and as JSON may escape it."""
    if word.isascii():
        return (word,)
    return (word, word.encode("unicode_escape").decode(), *_surrogates(word))


def _surrogates(word: str) -> tuple[str, ...]:
    units = word.encode("utf-16-be")
    pairs = (units[i : i + 2].hex() for i in range(0, len(units), 2))
    return ("".join(rf"\u{pair}" for pair in pairs),)


Find = Callable[[bytes], list[int]]


def _hyperscan(literals: list[str]) -> Find | None:
    try:
        import hyperscan
    except ImportError:
        return None
    database = hyperscan.Database(mode=hyperscan.HS_MODE_BLOCK)
    flags = hyperscan.HS_FLAG_CASELESS
    database.compile(
        expressions=[_boundary(word).encode() for word in literals],
        ids=[0] * len(literals),
        flags=[flags] * len(literals),
    )

    def find(data: bytes) -> list[int]:
        ends: list[int] = []
        append = ends.append
        database.scan(data, match_event_handler=lambda _i, _s, end, _f, _c: append(end))
        return ends

    return find


def _aho_corasick(literals: list[str]) -> Find:
    import ahocorasick_rs

    automaton = ahocorasick_rs.BytesAhoCorasick(
        [word.encode() for word in literals],
        implementation=ahocorasick_rs.Implementation.DFA,
    )

    def find(data: bytes) -> list[int]:
        return [end for _, _, end in automaton.find_matches_as_indexes(data.lower())]

    return find
