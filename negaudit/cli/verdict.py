"""Watches a run's findings pass by, and says what the process exits with."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import msgspec

from negaudit.output.registry import UNREADABLE
from negaudit.records import Exhibit, Finding, Kind, Severity, Statistics

if TYPE_CHECKING:
    from negaudit.find.rules import Rule
    from negaudit.gate.baseline import Known
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
        known: Findings that count for nothing and are not handed on.
        before: Called before each finding is handed on.
    """

    def __init__(
        self,
        run: Run,
        gate: Gate,
        *,
        stdin_name: str | None = None,
        known: Known | None = None,
        before: Callable[[], None] | None = None,
    ) -> None:
        self._run = run
        self._gate = gate
        self._stdin_name = stdin_name
        self._known = known
        self._met: list[Finding] = []
        self._before = before
        self._worst = 0
        self._fixable: dict[str, None] = {}

    def __iter__(self) -> Iterator[Exhibit]:
        for exhibit in self._run:
            finding = exhibit.finding
            if self._known is not None and self._known.takes(finding):
                self._met.append(finding)
                continue
            self._worst = max(self._worst, _RANKS[finding.severity])
            if _RANKS[finding.severity] >= self._least and finding.kind is not Kind.INVALID:
                self._fixable[finding.path] = None
            if self._before is not None:
                self._before()
            yield self._renamed(exhibit)

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The rules in force."""
        return self._run.rules

    @property
    def statistics(self) -> Statistics:
        """What the run saw, where the findings that are known are counted apart."""
        seen = self._run.statistics
        if not self._met:
            return seen
        rules = Counter(finding.rule for finding in self._met)
        kinds = Counter(finding.kind.value for finding in self._met)
        placements = Counter(finding.placement.value for finding in self._met if finding.frame)
        return msgspec.structs.replace(
            seen,
            known=len(self._met),
            rules=_without(seen.rules, rules),
            kinds=_without(seen.kinds, kinds),
            placements=_without(seen.placements, placements),
        )

    @property
    def fixable(self) -> tuple[str, ...]:
        """The files with framings that fail the run, in order."""
        return tuple(self._fixable)

    @property
    def framed_share(self) -> float:
        """Framed records among all, from 0 to 1; a baseline excuses findings, not the share."""
        statistics = self._run.statistics
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
            return UNREADABLE
        return 1 if self._worst >= self._least or self.over_share else 0

    @property
    def _least(self) -> int:
        return _NEVER if self._gate.fail_on is None else _RANKS[self._gate.fail_on]

    def _renamed(self, exhibit: Exhibit) -> Exhibit:
        if self._stdin_name is None or exhibit.finding.path != "-":
            return exhibit
        finding = msgspec.structs.replace(exhibit.finding, path=self._stdin_name)
        return msgspec.structs.replace(exhibit, finding=finding)


def _without(counts: dict[str, int], taken: Counter[str]) -> dict[str, int]:
    return {name: count - taken[name] for name, count in counts.items() if count > taken[name]}
