"""A run of the linter: findings in order, then what the whole run saw."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple, Self

from negaudit.errors import InputError
from negaudit.find.rules import Rule
from negaudit.lint.feed import Feed, Narrowed, feed_of, feed_of_records
from negaudit.lint.options import LintOptions
from negaudit.lint.pool import outcomes
from negaudit.lint.second import SecondLook
from negaudit.lint.selection import rules_in_force
from negaudit.lint.statistics import Tally
from negaudit.read import Source, discover
from negaudit.records import Block, Exhibit, Statistics

__all__ = ["Progress", "Run"]

Progress = Callable[[int, int | None], None]


class _End(NamedTuple):
    """The end of a feed, and why it came too early, if it did."""

    feed: Feed
    error: InputError | None


class Run:
    """Lints sources of records; iterating over it does the work.

    Findings come in the order of files and rows. A file that cannot be read, or not to its
    end, is kept in `errors` and the run goes on with the others.

    Args:
        paths: Files, folders, hub ids (hf://...), "-" for standard input.
        options: How to lint.
        progress: Called with bytes done and bytes in all (None where that is unknown).
        narrow: Picks some records of each source; only those are linted. What shows between
            records is still looked for in the whole source, and told where one of them is in it.

    Attributes:
        rules: The rules in force.
        statistics: What the run saw; complete when the findings are at their end.
        errors: What could not be read; complete when the findings are at their end.

    Raises:
        InputError: A path does not exist or may not be read, or a folder holds no data.
        RuleError: A folder of rules is malformed.
        UsageError: An option names something that does not exist.
    """

    def __init__(
        self,
        paths: Sequence[str],
        options: LintOptions,
        *,
        progress: Progress | None = None,
        narrow: Callable[[Source], Narrowed] | None = None,
    ) -> None:
        self._begin(options, progress)
        sources = discover(paths, exclude=options.exclude)
        self._feeds = [feed_of(source, narrow) for source in sources]

    @classmethod
    def of_records(cls, records: Iterable[object], options: LintOptions) -> Self:
        """A run over records in memory, which are said to be in "<records>"."""
        run = cls.__new__(cls)
        run._begin(options, None)
        run._feeds = [feed_of_records(records)]
        return run

    def _begin(self, options: LintOptions, progress: Progress | None) -> None:
        self._options = options
        self._rule_set = rules_in_force(options)
        self._progress = progress
        self._tally = Tally()
        self._errors: list[InputError] = []

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The rules in force."""
        return self._rule_set.rules

    @property
    def statistics(self) -> Statistics:
        """What the run saw so far."""
        return self._tally.statistics()

    @property
    def errors(self) -> tuple[InputError, ...]:
        """The files that could not be read, or not to their end."""
        return tuple(self._errors)

    def __iter__(self) -> Iterator[Exhibit]:
        self._tally = Tally()
        self._errors = []
        meter = _Meter(self._feeds, self._progress)
        second = SecondLook(self._rule_set, self._options.shape)
        for step, outcome in outcomes(self._steps(), self._rule_set, self._options):
            if outcome is not None:
                self._tally.add(outcome)
                second.remember(outcome)
                meter.advance(outcome.size)
                yield from outcome.exhibits
            elif isinstance(step, _End):
                yield from self._ended(step, second)
                second = SecondLook(self._rule_set, self._options.shape)
                meter.finish(step.feed)

    def _steps(self) -> Iterator[Block | _End]:
        for feed in self._feeds:
            error = None
            try:
                yield from feed.read()
            except InputError as caught:
                error = caught
            yield _End(feed, error)

    def _ended(self, end: _End, second: SecondLook) -> list[Exhibit]:
        """Finishes a file; returns the findings that only show between its records."""
        self._tally.add_file()
        if end.error is not None:
            self._errors.append(end.error)
        if not end.feed.again:
            return []
        try:
            return second.look(end.feed, self._tally)
        except InputError as error:
            # The first look met the same fault, or somebody changes the file meanwhile.
            if end.error is None:
                self._errors.append(error)
            return second.findings(end.feed.path, self._tally)


class _Meter:
    """Tells how far a run is: whole sources by their size, the one at hand by its text."""

    def __init__(self, feeds: Sequence[Feed], progress: Progress | None) -> None:
        sizes = [feed.size for feed in feeds]
        known = [size for size in sizes if size is not None]
        self._total = sum(known) if len(known) == len(sizes) else None
        self._progress = progress
        self._finished = self._current = 0

    def advance(self, text_bytes: int) -> None:
        """Counts a block of the source at hand."""
        self._current += text_bytes
        self._tell(self._finished + self._current)

    def finish(self, feed: Feed) -> None:
        """Counts a whole source."""
        self._finished += self._current if feed.size is None else feed.size
        self._current = 0
        self._tell(self._finished)

    def _tell(self, done: int) -> None:
        if self._progress is not None:
            # Unpacked text is longer than the file that it comes from.
            self._progress(done if self._total is None else min(done, self._total), self._total)
