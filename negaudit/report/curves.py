"""Training curves: the content's loss and each measure, in the middle of training."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from statistics import fmean
from typing import Final

import msgspec

from negaudit.probe.record import CurvePoint, Results
from negaudit.report.axis import Axis, Tick, axis_over
from negaudit.report.effects import arm_styles, headline_measure
from negaudit.report.numbers import number

__all__ = ["Line", "Panel", "panels"]

WIDTH: Final = 360.0
HEIGHT: Final = 230.0

_LEFT: Final = 38.0
_RIGHT: Final = 92.0
_TOP: Final = 14.0
_BOTTOM: Final = 34.0
_APART: Final = 13.0
_MOST_MEASURES: Final = 3

_Points = Sequence[tuple[int, float]]
_Read = Callable[[CurvePoint], float | None]


class Line(msgspec.Struct, frozen=True):
    """An arm's curve.

    Attributes:
        arm: Its name.
        style: The style of its colour and dashes.
        mean: The mean over seeds, as the points of an SVG polyline.
        seeds: Each seed alone.
        label: Height of the arm's name at the curve's end.
        end: Height of the curve's end.
    """

    arm: str
    style: str
    mean: str
    seeds: tuple[str, ...]
    label: float
    end: float


class Panel(msgspec.Struct, frozen=True):
    """One quantity over the updates, ready to be drawn."""

    title: str
    width: float
    height: float
    left: float
    right: float
    bottom: float
    updates: tuple[Tick, ...]
    values: tuple[Tick, ...]
    lines: tuple[Line, ...]
    description: str


def panels(results: Results) -> tuple[Panel, ...]:
    """A panel for the content's loss, and one for each measure, the headline's first."""
    if not results.curve:
        return ()
    headline = str(headline_measure(results) or "")
    names = sorted(
        {name for point in results.curve for name in point.values},
        key=lambda name: (name != headline, name),
    )
    measures = (_panel(name, results, _value(name)) for name in names[:_MOST_MEASURES])
    return (_panel("content loss", results, lambda point: point.loss), *measures)


def _value(name: str) -> _Read:
    return lambda point: point.values.get(name)


def _panel(title: str, results: Results, read: _Read) -> Panel:
    curves = _curves(results.curve, read)
    points = [point for seeds in curves.values() for curve in seeds for point in curve]
    across = axis_over([0, *(float(update) for update, _ in points)], _LEFT, WIDTH - _RIGHT)
    up = axis_over((value for _, value in points), HEIGHT - _BOTTOM, _TOP)
    lines = _lines(curves, results, across, up)
    return Panel(
        title=title,
        width=WIDTH,
        height=HEIGHT,
        left=_LEFT,
        right=WIDTH - _RIGHT,
        bottom=HEIGHT - _BOTTOM,
        updates=across.ticks(5),
        values=up.ticks(5),
        lines=lines,
        description=" ".join(_described(arm, seeds) for arm, seeds in curves.items()),
    )


def _curves(curve: Iterable[CurvePoint], read: _Read) -> dict[str, list[_Points]]:
    """Each arm's curves, one for each seed, by update."""
    found: dict[str, dict[int, list[tuple[int, float]]]] = defaultdict(lambda: defaultdict(list))
    for point in curve:
        value = read(point)
        if value is not None:
            found[point.arm][point.seed].append((point.update, value))
    return {
        arm: [sorted(seeds[seed]) for seed in sorted(seeds)] for arm, seeds in sorted(found.items())
    }


def _mean(seeds: Iterable[_Points]) -> _Points:
    values: dict[int, list[float]] = defaultdict(list)
    for curve in seeds:
        for update, value in curve:
            values[update].append(value)
    return [(update, fmean(values[update])) for update in sorted(values)]


def _lines(
    curves: dict[str, list[_Points]], results: Results, across: Axis, up: Axis
) -> tuple[Line, ...]:
    means = {arm: _mean(seeds) for arm, seeds in curves.items()}
    ends = {arm: up.at(mean[-1][1]) for arm, mean in means.items()}
    labels = _spaced(ends)
    styles = arm_styles(results)
    return tuple(
        Line(
            arm=arm,
            style=styles.get(arm, "other"),
            mean=_drawn(means[arm], across, up),
            seeds=tuple(_drawn(curve, across, up) for curve in seeds) if len(seeds) > 1 else (),
            label=labels[arm],
            end=ends[arm],
        )
        for arm, seeds in curves.items()
    )


def _drawn(points: _Points, across: Axis, up: Axis) -> str:
    return " ".join(f"{across.at(update)},{up.at(value)}" for update, value in points)


def _spaced(ends: dict[str, float]) -> dict[str, float]:
    """Heights for the names at the curves' ends, so that none covers another."""
    order = sorted(ends, key=lambda arm: (ends[arm], arm))
    heights: dict[str, float] = {}
    least = _TOP
    for arm in order:
        heights[arm] = max(ends[arm], least)
        least = heights[arm] + _APART
    # What was pushed out at the bottom is pushed back up.
    most = HEIGHT - _BOTTOM
    for arm in reversed(order):
        heights[arm] = round(min(heights[arm], most), 1)
        most = heights[arm] - _APART
    return heights


def _described(arm: str, seeds: Iterable[_Points]) -> str:
    mean = _mean(seeds)
    (first, start), (last, end) = mean[0], mean[-1]
    return f"{arm}: {number(start)} at update {first}, {number(end)} at update {last}."
