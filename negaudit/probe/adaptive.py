"""Adds seeds only while the answer is open, without growing surer than the data.

Whoever looks several times and stops at the first clear answer errs more often than each
look alone does. Each look therefore uses Pocock's (1977) nominal level, under which all looks
together err as often as one look at 5 % would.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import msgspec

from negaudit.errors import UsageError
from negaudit.probe.record import Effect
from negaudit.probe.verdict import deciding, is_open

__all__ = ["SeedSchedule", "seeds_to_add"]

POCOCK: Final = (0.05, 0.0294, 0.0221, 0.0182, 0.0158)
"""Nominal levels for 1 to 5 equally spaced looks, two-sided 5 % over all of them."""


class SeedSchedule(msgspec.Struct, frozen=True):
    """When to look.

    Attributes:
        first: Seeds of the first look.
        most: Seeds at most; equal to `first` where none are to be added.
        looks: How many looks there may be, 1 to 5.
    """

    first: int = 3
    most: int = 6
    looks: int = 2

    def __post_init__(self) -> None:
        """Refuses a schedule that cannot be followed.

        Raises:
            UsageError: Fewer than one seed, or a last look with fewer seeds than the first.
        """
        if not (1 <= self.first <= self.most and 1 <= self.looks <= len(POCOCK)):
            hint = f"give at least 1 seed, no fewer at most, and 1 to {len(POCOCK)} looks"
            raise UsageError("the seeds cannot be scheduled", hint=hint)

    @property
    def counts(self) -> tuple[int, ...]:
        """Seeds trained at each look, ascending."""
        gaps = max(self.looks - 1, 1)
        steps = {self.first + (self.most - self.first) * look // gaps for look in range(self.looks)}
        return tuple(sorted(steps))

    @property
    def level(self) -> float:
        """Coverage of the intervals of each look, so that all looks together have 95 %."""
        return 1 - POCOCK[len(self.counts) - 1]


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
