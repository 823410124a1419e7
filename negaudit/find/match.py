"""Where lexicons match in one sentence.

Matching walks a phrase over the tokens of the sentence, from the places where its key stands;
the gaps are bounded, so the work is linear in the sentence.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import NamedTuple

from negaudit.find.index import Index, Row
from negaudit.find.phrase import SHORT_GAP, Element

__all__ = ["Hit", "Match"]

_CLAUSE_MARKS = frozenset(";()[]{}<>")
_PAUSES = frozenset(',:"')
_SHORT_STOPS = _CLAUSE_MARKS | _PAUSES

Table = dict[int, set[int]]
_NONE: Table = {}


class Hit(NamedTuple):
    """Tokens [start, end) of a sentence that match a lexicon."""

    start: int
    end: int


class Match:
    """Hits of every lexicon in one sentence, found when first asked for.

    Args:
        index: The lexicons.
        words: The sentence's words.
        possible: Bits of the lexicons that can have a hit, and of the elements that are there.
    """

    def __init__(self, index: Index, words: Sequence[str], possible: int) -> None:
        self._index = index
        self.words = words
        self.possible = possible
        self._hits: dict[str, tuple[Hit, ...]] = {}
        self._tables: dict[str, Table] = {}

    @cached_property
    def _rows(self) -> dict[str, list[tuple[int, Row]]]:
        rows: dict[str, list[tuple[int, Row]]] = {}
        for at, row in self._index.awake(self.words, self.possible):
            rows.setdefault(row.lexicon, []).append((at, row))
        return rows

    def hits(self, name: str) -> tuple[Hit, ...]:
        """All hits of a lexicon, by start; a longer hit hides shorter ones with its start."""
        if not self.possible & self._index.bits[name]:
            return ()
        found = self._hits.get(name)
        if found is None:
            table = self._table(name)
            found = tuple(Hit(start, max(table[start])) for start in sorted(table))
            self._hits[name] = found
        return found

    def _table(self, name: str) -> Table:
        table = self._tables.get(name)
        if table is None:
            if not self.possible & self._index.bits[name]:
                return _NONE
            table = self._tables[name] = {}
            for at, row in self._rows.get(name, ()):
                self._walk(table, row, at)
            for inner, row in self._index.led.get(name, ()):
                if not row.needs & ~self.possible:
                    for at in self._table(inner):
                        self._walk(table, row, at)
        return table

    def _walk(self, table: Table, row: Row, key_at: int) -> None:
        """Adds the hits of a phrase whose key stands at a token."""
        first = row.phrase[0]
        starts: Iterable[int]
        if row.key == 0:
            starts = (key_at,)
        elif first.mark == "^":
            starts = (0,) if key_at <= row.reach else ()
        else:
            starts = range(max(0, key_at - row.reach), key_at)
            if first.lexicon and not first.optional:
                inner = self._table(first.lexicon)
                starts = [at for at in starts if at in inner]
            elif row.steps[0] is not None and not first.optional:
                takes, words = row.steps[0], self.words
                starts = [at for at in starts if takes[words[at]]]
        for at in starts:
            ends = self._ends(row, at)
            if ends:
                table.setdefault(at, set()).update(ends)

    def _ends(self, row: Row, start: int) -> set[int]:
        places = {start}
        words, size = self.words, len(self.words)
        for element, takes in zip(row.phrase, row.steps, strict=True):
            if takes is not None:
                after = {at + 1 for at in places if at < size and takes[words[at]]}
                places = after | places if element.optional else after
            else:
                places = self._step(element, places)
            if not places:
                return places
        places.discard(start)
        return places

    def _step(self, element: Element, places: set[int]) -> set[int]:
        if element.gap:
            return {end for at in places for end in self._gap(at, element.gap)}
        if element.mark == "^":
            return places & {0}
        if element.mark == "$":
            return {at for at in places if all(word in ".!" for word in self.words[at:])}
        table = self._table(element.lexicon)
        after = {end for at in places for end in table.get(at, ())}
        return after | places if element.optional else after

    def _gap(self, at: int, most: int) -> range:
        """The places that a gap of so many tokens can lead to."""
        stops = _SHORT_STOPS if most == SHORT_GAP else _CLAUSE_MARKS
        end = at
        for word in self.words[at : at + most]:
            if word in stops:
                break
            end += 1
        return range(at, end + 1)
