"""Lexicons: named lists of phrases, and the phrases' small language.

A lexicon file (rules/lexicons/*.yaml) maps lexicon names to phrases, one a line. A phrase is
a row of elements separated by spaces:

=============  =================================================================
`word`         that word, in any letter case
`stem*`        any word that begins so (three letters or more)
`a|b*|c`       one of several
`element?`     the element may be missing
`!a|b`         any one word but these
`~`            up to three words
`~~`           up to eight words or commas
`#`            a number
`<name>`       a phrase of another lexicon
`^`            the start of the sentence or note
`$`            its end (a final full stop aside)
=============  =================================================================

Punctuation marks stand for themselves. Matching walks a phrase over the tokens of one
sentence; the gaps are bounded, so the work is linear in the sentence.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from negaudit.errors import RuleError
from negaudit.find.tokens import Token

__all__ = ["Element", "Hit", "Lexicons", "Match", "parse_phrase"]

_NUMBER_WORDS = frozenset(
    "one two three four five six seven eight nine ten twenty thirty hundred thousand million".split()
)
_CLAUSE_MARKS = frozenset(';:()[]{}<>"')
_SHORT_GAP, _LONG_GAP = 3, 8
_STEM = 3  # stems are indexed by so many letters, so none may be shorter


class Hit(NamedTuple):
    """Tokens [start, end) of a sentence that match a lexicon."""

    start: int
    end: int


class Element(NamedTuple):
    """One element of a phrase: what it takes at a token, and whether it may be missing."""

    words: frozenset[str] = frozenset()
    stems: tuple[str, ...] = ()
    lexicon: str = ""
    gap: int = 0
    optional: bool = False
    mark: str = ""
    barred: bool = False

    def takes(self, word: str) -> bool:
        """Whether a single token fits (not for gaps, references and edges)."""
        if self.mark == "#":
            return _is_number(word)
        named = word in self.words or (bool(self.stems) and word.startswith(self.stems))
        return named != self.barred


Phrase = tuple[Element, ...]


class Seed(NamedTuple):
    """A phrase and the lexicon it belongs to."""

    lexicon: str
    phrase: Phrase


def _element(text: str, where: str) -> Element:
    if text in {"~", "~~"}:
        return Element(gap=_SHORT_GAP if text == "~" else _LONG_GAP)
    if text in {"^", "$", "#"}:
        return Element(mark=text)
    optional = len(text) > 1 and text.endswith("?")
    barred = len(text) > 1 and text[0] == "!"
    core = text[int(barred) : len(text) - int(optional)]
    if core == "#":
        return Element(mark="#", optional=optional)
    if len(core) > 2 and core[0] == "<" and core[-1] == ">":
        return Element(lexicon=core[1:-1], optional=optional)
    choices = core.split("|") if len(core) > 1 else [core]
    stems = tuple(c[:-1] for c in choices if len(c) > 1 and c.endswith("*"))
    if (
        not all(choices)
        or any("*" in c[:-1] for c in choices)
        or min(map(len, stems), default=_STEM) < _STEM
    ):
        raise RuleError(
            f"phrase element {text!r} is malformed",
            where=where,
            hint="write word, stem* (three letters or more), a|b, element?, ~, ~~, #, <lexicon>, ^ or $",
        )
    return Element(
        words=frozenset(c for c in choices if not (len(c) > 1 and c.endswith("*"))),
        stems=stems,
        optional=optional,
        barred=barred,
    )


def _must(element: Element) -> bool:
    """Whether the element names something that must be there."""
    named = element.words or element.stems or element.lexicon or element.mark == "#"
    return bool(named) and not element.optional and not element.barred


def parse_phrase(text: str, where: str) -> Phrase:
    """Reads one phrase of a lexicon file; `where` names it in errors.

    Raises:
        RuleError: The phrase is empty, malformed, or made of gaps and options only.
    """
    phrase = tuple(_element(part, where) for part in text.lower().split())
    if phrase and phrase[0].gap:
        raise RuleError(f"phrase {text!r} begins with a gap", where=where, hint="drop the gap")
    if not any(_must(element) for element in phrase):
        raise RuleError(
            f"phrase {text!r} has no word that must be there", where=where, hint="add a word"
        )
    return phrase


class Lexicons:
    """All lexicons in force, indexed by the words their phrases begin with.

    Args:
        phrases: Lexicon name -> its phrases.
        where: Lexicon name -> the file it comes from, for errors.

    Raises:
        RuleError: A phrase refers to a lexicon that does not exist, or to itself in a circle.
    """

    def __init__(self, phrases: Mapping[str, Sequence[Phrase]], where: Mapping[str, str]) -> None:
        self.phrases = {name: tuple(rows) for name, rows in phrases.items()}
        self._where = dict(where)
        self._check(tuple(self.phrases), done=set(), path=())
        self.words: dict[str, list[Seed]] = {}
        self.stems: dict[str, list[tuple[str, Seed]]] = {}
        self.numbers: list[Seed] = []
        self.edges: list[Seed] = []
        self.led: dict[str, list[tuple[str, Phrase]]] = {}
        for name, rows in self.phrases.items():
            for row in rows:
                for variant in _without_leading_options(row):
                    self._index(Seed(name, variant))

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

    def _index(self, seed: Seed) -> None:
        first = seed.phrase[0]
        if first.lexicon:
            self.led.setdefault(seed.lexicon, []).append((first.lexicon, seed.phrase))
        elif first.mark == "^":
            self.edges.append(seed)
        elif first.mark == "#":
            self.numbers.append(seed)
        for word in first.words:
            self.words.setdefault(word, []).append(seed)
        for stem in first.stems:
            self.stems.setdefault(stem[:_STEM], []).append((stem, seed))

    def match(self, tokens: Sequence[Token]) -> Match:
        """A table of the lexicons' hits in one sentence, filled as it is asked."""
        return Match(self, tokens)


def _without_leading_options(row: Phrase) -> Iterable[Phrase]:
    """The phrase, and the phrase less each of the optional elements that it begins with."""
    yield row
    while row[0].optional:
        row = row[1:]
        yield row


class Match:
    """Hits of every lexicon in one sentence, found when first asked for."""

    def __init__(self, lexicons: Lexicons, tokens: Sequence[Token]) -> None:
        self._lexicons = lexicons
        self.words = [token.word for token in tokens]
        self._hits: dict[str, tuple[Hit, ...]] = {}
        self._tables: dict[str, dict[int, set[int]]] = {}
        self._seeds: dict[str, list[tuple[int, Phrase]]] = {}
        for at, word in enumerate(self.words):
            self._sow(at, word)
        if self.words:
            for seed in lexicons.edges:
                self._seeds.setdefault(seed.lexicon, []).append((0, seed.phrase))

    def _sow(self, at: int, word: str) -> None:
        lexicons = self._lexicons
        for seed in lexicons.words.get(word, ()):
            self._seeds.setdefault(seed.lexicon, []).append((at, seed.phrase))
        for stem, seed in lexicons.stems.get(word[:_STEM], ()):
            if word.startswith(stem):
                self._seeds.setdefault(seed.lexicon, []).append((at, seed.phrase))
        if lexicons.numbers and _is_number(word):
            for seed in lexicons.numbers:
                self._seeds.setdefault(seed.lexicon, []).append((at, seed.phrase))

    def hits(self, name: str) -> tuple[Hit, ...]:
        """All hits of a lexicon, by start; a longer hit hides shorter ones with its start."""
        found = self._hits.get(name)
        if found is None:
            table = self._table(name)
            found = tuple(Hit(start, max(ends)) for start, ends in sorted(table.items()))
            self._hits[name] = found
        return found

    def _table(self, name: str) -> dict[int, set[int]]:
        table = self._tables.get(name)
        if table is None:
            table = self._tables[name] = {}
            for at, phrase in self._seeds.get(name, ()):
                self._add(table, at, phrase)
            for inner, phrase in self._lexicons.led.get(name, ()):
                for at in self._table(inner):
                    self._add(table, at, phrase)
        return table

    def _add(self, table: dict[int, set[int]], at: int, phrase: Phrase) -> None:
        places = {at}
        for element in phrase:
            places = self._step(element, places)
            if not places:
                return
        places.discard(at)
        if places:
            table.setdefault(at, set()).update(places)

    def _step(self, element: Element, places: set[int]) -> set[int]:
        words, size = self.words, len(self.words)
        if element.gap:
            return {end for at in places for end in self._gap(at, element.gap)}
        if element.mark == "^":
            return {at for at in places if at == 0}
        if element.mark == "$":
            return {at for at in places if all(word in ".!" for word in words[at:])}
        if element.lexicon:
            table = self._table(element.lexicon)
            after = {end for at in places for end in table.get(at, ())}
        else:
            after = {at + 1 for at in places if at < size and element.takes(words[at])}
        return after | places if element.optional else after

    def _gap(self, at: int, most: int) -> Iterable[int]:
        yield at
        for end in range(at, min(at + most, len(self.words))):
            word = self.words[end]
            if word in _CLAUSE_MARKS or (most == _SHORT_GAP and word == ","):
                return
            yield end + 1


def _is_number(word: str) -> bool:
    return word[0].isdigit() or word in _NUMBER_WORDS
