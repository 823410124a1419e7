"""Watches a run's findings pass by, and says what the process exits with."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import msgspec

from negaudit.records import Exhibit, Severity, Statistics

if TYPE_CHECKING:
    from negaudit.find.rules import Rule
    from negaudit.lint import Run

__all__ = ["Gate", "Watched"]

_RANKS = {Severity.NOTE: 1, Severity.WARNING: 2, Severity.ERROR: 3}
_NEVER = 4


class Gate(msgspec.Struct, frozen=True):
    """What makes a run fail.

    Attributes:
        fail_on: The least severity of a finding that fails the run; None for no finding.
        max_framed_share: The largest share of framed records that passes, from 0 to 1.
    """

    fail_on: Severity | None = Severity.WARNING
    max_framed_share: float | None = None


class Watched:
    """A run as writers see it, with its verdict.

    Args:
        run: The run.
        gate: What makes it fail.
        stdin_name: What findings in standard input are said to be in.
        before: Called before each finding is handed on.
    """

    def __init__(
        self,
        run: Run,
        gate: Gate,
        *,
        stdin_name: str | None = None,
        before: Callable[[], None] | None = None,
    ) -> None:
        self._run = run
        self._gate = gate
        self._stdin_name = stdin_name
        self._before = before
        self._worst = 0

    def __iter__(self) -> Iterator[Exhibit]:
        for exhibit in self._run:
            self._worst = max(self._worst, _RANKS[exhibit.finding.severity])
            if self._before is not None:
                self._before()
            yield self._renamed(exhibit)

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The rules in force."""
        return self._run.rules

    @property
    def statistics(self) -> Statistics:
        """What the run saw."""
        return self._run.statistics

    @property
    def framed_share(self) -> float:
        """Framed records among all, from 0 to 1."""
        statistics = self.statistics
        return statistics.framed / statistics.records if statistics.records else 0.0

    @property
    def over_share(self) -> bool:
        """Whether more records are framed than the gate allows."""
        limit = self._gate.max_framed_share
        return limit is not None and self.framed_share > limit

    @property
    def exit_code(self) -> int:
        """2 where input could not be read, 1 where the gate fails, else 0."""
        if self._run.errors:
            return 2
        least = _NEVER if self._gate.fail_on is None else _RANKS[self._gate.fail_on]
        return 1 if self._worst >= least or self.over_share else 0

    def _renamed(self, exhibit: Exhibit) -> Exhibit:
        if self._stdin_name is None or exhibit.finding.path != "-":
            return exhibit
        finding = msgspec.structs.replace(exhibit.finding, path=self._stdin_name)
        return msgspec.structs.replace(exhibit, finding=finding)
