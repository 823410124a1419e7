"""Forest plots: each arm's estimate with its interval, and every seed beside it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

import msgspec

from negaudit.probe.record import Effect
from negaudit.report.axis import Axis, Tick, axis_over
from negaudit.report.numbers import estimate, number

__all__ = ["Forest", "Mark", "Row", "forest"]

WIDTH: Final = 480.0

_SIDE: Final = 10.0
_TOP: Final = 34.0
_LABEL: Final = 18.0
_TRACK: Final = 14.0
_GAP: Final = 12.0
_BOTTOM: Final = 36.0
# Ratios beyond these say no more than that a denominator is small.
_LEAST: Final = -1.5
_MOST: Final = 2.5


class Mark(msgspec.Struct, frozen=True):
    """An estimate in the picture.

    Attributes:
        y: Its height.
        x: Where the estimate stands; None where it is undefined.
        low: Where its interval begins.
        high: Where its interval ends.
        below: Whether the interval goes on beyond the picture's left end.
        above: The same at the right end.
        seeds: Where each seed's own estimate stands.
        secondary: Whether it is compared at equal loss, and drawn hollow.
    """

    y: float
    x: float | None
    low: float | None
    high: float | None
    below: bool
    above: bool
    seeds: tuple[float, ...]
    secondary: bool


class Row(msgspec.Struct, frozen=True):
    """An arm: its label, its numbers in words, its marks, and the style that draws it.

    The label stands at height `y`, the marks between `top` and `bottom`.
    """

    y: float
    top: float
    bottom: float
    label: str
    value: str
    marks: tuple[Mark, ...]
    style: str


class Forest(msgspec.Struct, frozen=True):
    """A forest plot, ready to be drawn.

    Attributes:
        width: Of the picture, in its own units.
        height: Of the picture.
        bottom: Where the axis stands.
        base: Where 0 stands, the model without training.
        stripped: Where 1 stands, the data without its warnings.
        ticks: Round values.
        rows: The arms.
        description: The numbers in sentences, for those who do not see the picture.
    """

    width: float
    height: float
    bottom: float
    base: float
    stripped: float
    ticks: tuple[Tick, ...]
    rows: tuple[Row, ...]
    description: str


def forest(
    groups: Sequence[tuple[str, Sequence[Effect]]], styles: Mapping[str, str]
) -> Forest | None:
    """Lays out rows of effects; None where there are none.

    Args:
        groups: A label and the effects of one arm: the first is drawn full, at equal updates,
            others are drawn hollow below it.
        styles: What draws each arm.
    """
    if not groups:
        return None
    axis = _axis(effect for _, effects in groups for effect in effects)
    rows = tuple(_rows(groups, axis, styles))
    bottom = _TOP + sum(_height(len(effects)) for _, effects in groups)
    return Forest(
        width=WIDTH,
        height=bottom + _BOTTOM,
        bottom=bottom,
        base=axis.at(0),
        stripped=axis.at(1),
        ticks=axis.ticks(),
        rows=rows,
        description=" ".join(_described(label, effects[0]) for label, effects in groups),
    )


def _axis(effects: Iterable[Effect]) -> Axis:
    values = [-0.1, 1.1]
    for effect in effects:
        values += (one for one in (effect.value, effect.low, effect.high) if one is not None)
        values += (seed for seed in effect.seeds if seed is not None)
    clipped = (min(max(value, _LEAST), _MOST) for value in values)
    return axis_over(clipped, _SIDE, WIDTH - _SIDE)


def _height(tracks: int) -> float:
    return _LABEL + tracks * _TRACK + _GAP


def _rows(
    groups: Sequence[tuple[str, Sequence[Effect]]], axis: Axis, styles: Mapping[str, str]
) -> Iterator[Row]:
    y = _TOP
    for label, effects in groups:
        marks = tuple(
            _mark(effect, axis, y + _LABEL + _TRACK * (rank + 0.5), secondary=rank > 0)
            for rank, effect in enumerate(effects)
        )
        style = styles.get(effects[0].arm, "other")
        end = y + _height(len(effects))
        yield Row(y + 12, y + _LABEL - 1, end - _GAP + 2, label, _value(effects[0]), marks, style)
        y = end


def _mark(effect: Effect, axis: Axis, y: float, *, secondary: bool) -> Mark:
    low, high = effect.low, effect.high
    return Mark(
        y=y,
        x=None if effect.value is None else axis.at(effect.value),
        low=None if low is None else axis.at(low),
        high=None if high is None else axis.at(high),
        below=low is not None and low < axis.low,
        above=high is not None and high > axis.high,
        seeds=tuple(axis.at(seed) for seed in effect.seeds if seed is not None),
        secondary=secondary,
    )


def _value(effect: Effect) -> str:
    found = estimate(effect)
    return f"{found.value} {found.interval}".strip()


def _described(label: str, effect: Effect) -> str:
    seeds = ", ".join("undefined" if seed is None else number(seed) for seed in effect.seeds)
    return (
        f"{label}: {_value(effect)}; by seed {seeds}." if seeds else f"{label}: {_value(effect)}."
    )
