"""Adds up what the blocks of a run showed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final

from negaudit.lint.block import Outcome
from negaudit.lint.columns import MOST_VALUES
from negaudit.lint.trace import Trace
from negaudit.records import Exhibit, Finding, Kind, Statistics
from negaudit.shapes.columns import path

__all__ = ["Tally"]

_MOST_WORDINGS: Final = 100_000
# Findings that are not about a frame in the record's own text.
_PLACELESS: Final = frozenset({Kind.INVALID, Kind.MIXED_ORIGINAL})


class Tally:
    """The statistics of a run while they grow; bounded, whatever the data.

    Beyond 100,000 distinct frame wordings no new one is counted.
    """

    def __init__(self) -> None:
        self.sources = Sources()
        self._files = self._records = self._framed = self._invalid = self._contrast = 0
        self._shapes: Counter[str] = Counter()
        self._rules: Counter[str] = Counter()
        self._kinds: Counter[str] = Counter()
        self._placements: Counter[str] = Counter()
        self._wordings: Counter[int] = Counter()

    def add_file(self) -> None:
        """Counts a file that was read, if only in part."""
        self._files += 1

    def add(self, outcome: Outcome) -> None:
        """Counts what a block showed."""
        self._records += outcome.records
        self._invalid += outcome.invalid
        self._shapes.update(outcome.shapes)
        self.add_findings(exhibit.finding for exhibit in outcome.exhibits)
        self.add_framed(outcome.traces)

    def add_findings(self, findings: Iterable[Finding]) -> None:
        """Counts findings by rule, kind and placement."""
        for finding in findings:
            self._rules[finding.rule] += 1
            self._kinds[finding.kind.value] += 1
            if finding.kind not in _PLACELESS:
                self._placements[finding.placement.value] += 1

    def add_framed(self, traces: Iterable[Trace]) -> None:
        """Counts framed records and the wordings of their frames."""
        for trace in traces:
            self._framed += 1
            for wording in trace.wordings:
                if wording in self._wordings or len(self._wordings) < _MOST_WORDINGS:
                    self._wordings[wording] += 1

    def add_mixed(self, exhibits: Iterable[Exhibit], unframed: int, contrast: int) -> None:
        """Counts what the second look at a file showed.

        Args:
            exhibits: Its findings.
            unframed: How many of them stand at records that have no other finding.
            contrast: Unframed records with the prompt of a framed one.
        """
        self.add_findings(exhibit.finding for exhibit in exhibits)
        self._framed += unframed
        self._contrast += contrast

    def statistics(self) -> Statistics:
        """What was counted so far."""
        column, shares = self.sources.most_concentrated(self._framed)
        return Statistics(
            files=self._files,
            records=self._records,
            framed=self._framed,
            invalid=self._invalid,
            shapes=_by_number(self._shapes),
            rules=_by_number(self._rules),
            kinds=_by_number(self._kinds),
            placements=_by_number(self._placements),
            templates=len(self._wordings),
            top_template=max(self._wordings.values(), default=0),
            contrast=self._contrast,
            sources=shares,
            source_column=column,
        )


def _by_number(counts: Mapping[str, int]) -> dict[str, int]:
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


class Sources:
    """How framed records spread over the values of each column.

    Counted are the columns with a short text that some framed record has, in the files that
    have findings. A column with more than 64 values is no source and is given up.
    """

    _MOST_COLUMNS: Final = 32
    # Framed and all records must differ by this share before a column is worth a word.
    _LEAST: Final = 0.1

    def __init__(self) -> None:
        self._all: dict[str, Counter[str]] = {}
        self._framed: dict[str, Counter[str]] = {}
        self._given_up: set[str] = set()

    def add(self, column: str, counts: Counter[str], framed: Counter[str]) -> None:
        """Counts the values of a column in one file, over all and over framed records."""
        if column in self._given_up:
            return
        if column not in self._all and len(self._all) >= self._MOST_COLUMNS:
            return
        self._all.setdefault(column, Counter()).update(counts)
        self._framed.setdefault(column, Counter()).update(framed)
        if len(self._all[column]) > MOST_VALUES:
            self._given_up.add(column)
            del self._all[column], self._framed[column]

    def most_concentrated(self, framed_records: int) -> tuple[str, dict[str, tuple[int, int]]]:
        """The column that separates framed from other records best, and its (framed, all).

        The measure is the total variation distance between the values of framed records and
        those of all. A column that fewer than half of the framed records have tells nothing of
        the others, and does not count.

        Args:
            framed_records: How many there are.
        """
        distances = {
            column: self._distance(column)
            for column, counts in self._framed.items()
            if 2 * counts.total() >= framed_records
        }
        column = max(distances, key=lambda name: (distances[name], name), default="")
        if not column or distances[column] < self._LEAST:
            return "", {}
        framed, counts = self._framed[column], self._all[column]
        ordered = sorted(counts, key=lambda value: (-framed[value], -counts[value], value))
        return path("", column), {value: (framed[value], counts[value]) for value in ordered}

    def _distance(self, column: str) -> float:
        framed, counts = self._framed[column], self._all[column]
        framed_total, total = framed.total(), counts.total()
        if not framed_total or len(counts) < 2:
            return 0.0
        return sum(
            max(0.0, framed[value] / framed_total - counts[value] / total) for value in counts
        )
