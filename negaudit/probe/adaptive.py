"""Adds seeds only while the answer is open, without growing surer than the data.

Whoever looks twice and stops at the first clear answer errs more often than each look alone
does. Each look therefore uses Pocock's (1977) nominal level, under which both together err as
often as one look at 5 % would.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import msgspec

from negaudit.errors import UsageError
from negaudit.probe.record import Effect
from negaudit.probe.verdict import deciding, is_open

__all__ = ["SeedSchedule", "seeds_to_add"]

_LEVEL: Final = 0.95
_LEVEL_OF_TWO: Final = 1 - 0.0294
"""Pocock's level for each of two looks at equal distance that have 95 % together."""


class SeedSchedule(msgspec.Struct, frozen=True):
    """When to look: at the first seeds, and where there may be more, at all of them.

    Attributes:
        first: Seeds of the first look.
        most: Seeds at most; equal to `first` where none are to be added.
    """

    first: int = 3
    most: int = 6

    def __post_init__(self) -> None:
        """Refuses a schedule that cannot be followed.

        Raises:
            UsageError: Fewer than one seed, or a last look with fewer seeds than the first.
        """
        if not 1 <= self.first <= self.most:
            hint = "give at least 1 seed, and no fewer at most"
            raise UsageError("the seeds cannot be scheduled", hint=hint)

    @property
    def counts(self) -> tuple[int, ...]:
        """Seeds trained at each look, ascending."""
        return tuple(sorted({self.first, self.most}))

    @property
    def level(self) -> float:
        """Coverage of the intervals of each look, so that all looks together have 95 %."""
        return _LEVEL if self.first == self.most else _LEVEL_OF_TWO


def seeds_to_add(schedule: SeedSchedule, done: int, effects: Sequence[Effect]) -> int:
    """How many more seeds to train; 0 where the answer is clear or the schedule at its end.

    Args:
        schedule: When to look.
        done: Seeds trained.
        effects: Of these seeds, with intervals of `schedule.level`. The answer is open as long as
            any ratio is that a verdict is told from, overall, of a category or of any arm.
    """
    more = [count for count in schedule.counts if count > done]
    return more[0] - done if more and any(map(is_open, deciding(effects))) else 0
