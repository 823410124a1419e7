"""What is done after a file's last record: findings that only show between records."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from negaudit.find.rules import RuleSet
from negaudit.lint.block import Outcome
from negaudit.lint.companions import Companions
from negaudit.lint.mixed import Original, mixed_exhibits, original_of, original_of_twin
from negaudit.lint.statistics import Tally
from negaudit.lint.twins import MOST_BYTES, twins
from negaudit.records import Block, Exhibit, Kind

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

    def look(self, path: str, read: Callable[[], Iterable[Block]], tally: Tally) -> list[Exhibit]:
        """Reads the file again, adds to the tally, and returns the findings by row.

        Args:
            path: The file.
            read: Reads it from its beginning.
            tally: The run's statistics.

        Raises:
            InputError: The file cannot be read to its end; `findings` has those so far.
        """
        if self._companions:
            for companion in self._companions.look(read()):
                self._originals.append(original_of(companion))
                if not companion.negated:
                    self._unframed.add(companion.row)
        if self._rule is not None and self._size <= MOST_BYTES:
            for twin in twins(read(), self._shape):
                self._originals.append(original_of_twin(twin))
                if not self._companions.is_framed(twin.row):
                    self._unframed.add(twin.row)
        return self.findings(path, tally)

    def findings(self, path: str, tally: Tally) -> list[Exhibit]:
        """Adds what was found so far to the tally, and returns it."""
        exhibits = [] if self._rule is None else mixed_exhibits(self._rule, path, self._originals)
        rows = {exhibit.finding.row for exhibit in exhibits}
        tally.add_mixed(exhibits, len(rows & self._unframed), self._companions.contrast)
        for name, counts, framed in self._companions.columns.counts():
            tally.sources.add(name, counts, framed)
        return exhibits
