"""Maps values to places in a picture, and chooses the round values to mark."""

from __future__ import annotations

from collections.abc import Iterable
from math import ceil, floor, log10
from typing import NamedTuple

from negaudit.report.numbers import number

__all__ = ["Axis", "Tick", "axis_over"]


class Tick(NamedTuple):
    """A round value: where it stands in the picture, and how it reads."""

    at: float
    label: str


class Axis(NamedTuple):
    """A linear axis: values from `low` to `high` stand from `start` to `stop` in the picture."""

    low: float
    high: float
    start: float
    stop: float

    def at(self, value: float) -> float:
        """Where a value stands; one beyond an end stands at that end."""
        share = (min(max(value, self.low), self.high) - self.low) / (self.high - self.low)
        return round(self.start + share * (self.stop - self.start), 1)

    def ticks(self, most: int = 6) -> tuple[Tick, ...]:
        """Round values along the axis, at most `most` of them."""
        step = _step((self.high - self.low) / (most - 1))
        digits = max(0, -floor(log10(step)))
        first, last = ceil(self.low / step - 1e-9), floor(self.high / step + 1e-9)
        values = (rank * step for rank in range(first, last + 1))
        return tuple(Tick(self.at(value), _label(value, digits)) for value in values)


def axis_over(values: Iterable[float], start: float, stop: float) -> Axis:
    """An axis that holds all values, with a little room at both ends."""
    known = list(values) or [0.0, 1.0]
    low, high = min(known), max(known)
    room = 0.04 * (high - low) or 0.5
    return Axis(low - room, high + room, start, stop)


def _step(least: float) -> float:
    """The least of 1, 2, 5, 10, 20, ... (or a tenth, a hundredth of them) not below `least`."""
    power = 10.0 ** floor(log10(least))
    return next(power * digit for digit in (1, 2, 5, 10) if power * digit >= least * (1 - 1e-9))


def _label(value: float, digits: int) -> str:
    if digits == 0:
        return f"{round(value):,}".replace("-", "\u2212")
    return number(value, digits)
