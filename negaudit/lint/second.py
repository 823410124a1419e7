"""What is done after a file's last record: findings that only show between records."""

from __future__ import annotations

from collections.abc import Container

from negaudit.find.finder import Finder
from negaudit.find.rules import RuleSet
from negaudit.lint.block import Outcome
from negaudit.lint.companions import Companions
from negaudit.lint.feed import Feed
from negaudit.lint.mixed import Original, mixed_exhibits, original_of, original_of_twin
from negaudit.lint.statistics import Tally
from negaudit.lint.twins import MOST_BYTES, twins
from negaudit.records import Exhibit, Kind, Record

__all__ = ["SecondLook"]


class SecondLook:
    """Remembers the framed records of one file, then reads it again to compare.

    Records are compared within their file only: the versions of a data set that people keep
    side by side in a folder, one a file, are no mixture. Standard input, pipes and hub data
    sets, which are not read a second time, get no second look. Originals without any frame
    are looked for in files of up to 20 MB of text.

    Args:
        rules: The rules in force.
        shape: The shape to read every record as; None detects it.
    """

    def __init__(self, rules: RuleSet, shape: str | None) -> None:
        self._rules = rules
        self._finder: Finder | None = None
        mixed = (rule for rule in rules.rules if rule.kind is Kind.MIXED_ORIGINAL)
        self._rule = next(mixed, None)
        self._companions = Companions(shape)
        self._originals: list[Original] = []
        self._unframed: set[int] = set()
        self._shape = shape
        self._size = 0

    def remember(self, outcome: Outcome) -> None:
        """Remembers the framed records of the next block."""
        self._size += outcome.size
        self._companions.add(outcome.traces)

    def look(self, feed: Feed, tally: Tally) -> list[Exhibit]:
        """Reads the file again, adds to the tally, and returns the findings by row.

        Where only some rows were linted, an original is told of where it or its counterpart is
        among them; a framed record that was not linted has left no trace to compare with.

        Args:
            feed: The file.
            tally: The run's statistics.

        Raises:
            InputError: The file cannot be read to its end; `findings` has those so far.
        """
        rows = None if feed.narrowed is None else feed.narrowed.rows
        if self._companions:
            for companion in self._companions.look(feed.whole(), rows):
                if not self._is_old_frame(companion.other, rows):
                    self._originals.append(original_of(companion))
                    if not companion.negated:
                        self._add_unframed(companion.other.row, rows)
        if self._rule is not None and self._is_small(feed):
            for twin in twins(feed.whole(), self._shape, rows):
                self._originals.append(original_of_twin(twin))
                if not self._companions.is_framed(twin.row):
                    self._add_unframed(twin.row, rows)
        return self.findings(feed.path, tally)

    def _is_old_frame(self, record: Record, rows: Container[int] | None) -> bool:
        """Whether a record that was not linted is framed itself."""
        if rows is None or record.row in rows:
            return False
        if self._finder is None:
            self._finder = Finder(self._rules)
        return any(True for _ in self._finder.find(record))

    def _add_unframed(self, row: int, rows: Container[int] | None) -> None:
        if rows is None or row in rows:
            self._unframed.add(row)

    def _is_small(self, feed: Feed) -> bool:
        """Whether there is anything to compare, and not more than memory should hold."""
        whole = self._size if feed.narrowed is None else feed.narrowed.size
        return self._size > 0 and whole <= MOST_BYTES

    def findings(self, path: str, tally: Tally) -> list[Exhibit]:
        """Adds what was found so far to the tally, and returns it."""
        exhibits = [] if self._rule is None else mixed_exhibits(self._rule, path, self._originals)
        rows = {exhibit.finding.row for exhibit in exhibits}
        tally.add_mixed(exhibits, len(rows & self._unframed), self._companions.contrast)
        for name, counts, framed in self._companions.columns.counts():
            tally.sources.add(name, counts, framed)
        return exhibits
