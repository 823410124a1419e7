"""Counts the values of the columns that could name a record's source."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from operator import methodcaller
from typing import Any, Final

__all__ = ["MOST_VALUES", "ColumnCounts"]

MOST_VALUES: Final = 64


class ColumnCounts:
    """How often each value of a column occurs in one file, in all and in framed records.

    Looked at are top-level columns in which a framed record has a short text. A column with
    more than 64 values, or with values of other kinds, names no source and is given up.
    """

    def __init__(self) -> None:
        self._framed: dict[str, Counter[str]] = {}
        self._all: dict[str, Counter[str]] = {}
        self._given_up: set[str] = set()

    def __bool__(self) -> bool:
        return bool(self._framed)

    def add_framed(self, columns: Iterable[tuple[str, str]]) -> None:
        """Counts the columns of a framed record."""
        for name, value in columns:
            if name not in self._given_up:
                counts = self._framed.setdefault(name, Counter())
                counts[value] += 1
                self._check(name, counts)

    def add(self, records: Iterable[Any]) -> None:
        """Counts the columns of all records of a block."""
        rows = [record for record in records if type(record) is dict]
        for name in tuple(self._framed):
            try:
                found = Counter(map(methodcaller("get", name), rows))
            except TypeError:
                self._give_up(name)
                continue
            found.pop(None, None)
            counts = self._all.setdefault(name, Counter())
            counts.update(found)
            self._check(name, counts)

    def counts(self) -> list[tuple[str, Counter[str], Counter[str]]]:
        """Column, values of all records, values of framed ones."""
        return [
            (name, self._all[name], framed)
            for name, framed in self._framed.items()
            if name in self._all
        ]

    def _check(self, name: str, counts: Counter[str]) -> None:
        if len(counts) > MOST_VALUES or any(type(value) is not str for value in counts):
            self._give_up(name)

    def _give_up(self, name: str) -> None:
        self._given_up.add(name)
        self._framed.pop(name, None)
        self._all.pop(name, None)
