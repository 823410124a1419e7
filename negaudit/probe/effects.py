"""Effects: how much of what the bare content teaches is taught with the frames, or rewritten.

    neglect ratio = (original - base) / (stripped - base)
    residual      = (rewritten - base) / (stripped - base)

Arms are paired: the same seed starts every arm from the same adapter, and the same prompts
are read in each, so that what seeds and prompts do to all arms alike cancels. Prompts that share
a wording, or a control, err together: they are averaged first, and count as one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import compress
from typing import TYPE_CHECKING, Literal

import msgspec
import numpy as np

from negaudit.probe.intervals import Interval, mean_interval, ratio_interval
from negaudit.probe.record import (
    CONTROL,
    DIFFERENCE,
    LEARNT,
    NEGLECT_RATIO,
    ORIGINAL,
    RESIDUAL,
    STRIPPED,
    Effect,
    Measure,
)
from negaudit.probe.scatter import SeedScatter

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

__all__ = ["At", "Table", "compute_effects", "ratio_name"]

At = Literal["equal-updates", "equal-loss"]


class Table(msgspec.Struct, frozen=True, eq=False):
    """One measure's readings.

    Attributes:
        measure: Which measure.
        base: The untrained model's reading of each prompt, [P].
        values: For each trained arm, [S, P]; seeds and prompts in the same order in all.
        categories: The category of each prompt, P of them.
        draws: The draw that each prompt is of, P of them; () where each is one of its own.
    """

    measure: Measure
    base: Floats
    values: dict[str, Floats]
    categories: Sequence[str]
    draws: Sequence[str] = ()


def compute_effects(
    table: Table, *, level: float = 0.95, at: At = "equal-updates", alone: bool = True
) -> tuple[Effect, ...]:
    """All effects of one measure: over all prompts first, then for each category.

    Every trained arm has its difference from base; the stripped arm besides what it learnt
    over the control arm; original its neglect ratio; every other arm but control a residual.
    Categories are left out where there is only one.

    Args:
        table: The readings; all finite.
        level: Coverage of each interval.
        at: Whether the arms are compared at equal updates or at equal content loss.
        alone: Whether this is the only table; where others hold further categories, a single
            category is told from all of them.
    """
    names = sorted(set(table.categories))
    groups = ["", *names] if len(names) > 1 or not alone else [""]
    return tuple(effect for group in groups for effect in _of_category(table, group, level, at))


def ratio_name(arm: str) -> str:
    """What the ratio of an arm to the stripped arm is called."""
    return NEGLECT_RATIO if arm == ORIGINAL else RESIDUAL


def _of_category(table: Table, category: str, level: float, at: At) -> Iterator[Effect]:
    chosen = np.array([category in ("", own) for own in table.categories])
    draws = list(compress(table.draws, chosen))
    gained = {
        arm: _by_draw((cells - table.base)[:, chosen], draws) for arm, cells in table.values.items()
    }
    count = next(iter(gained.values())).shape[1]

    def effect(name: str, arm: str, interval: Interval, seeds: Sequence[float | None]) -> Effect:
        return Effect(
            name=name,
            measure=table.measure,
            category=category,
            arm=arm,
            at=at,
            value=interval.value,
            low=interval.low,
            high=interval.high,
            level=level,
            method=interval.method,
            prompts=count,
            seeds=tuple(seeds),
            detectable=interval.detectable,
        )

    scatter = SeedScatter.of(list(gained.values()))
    for arm, cells in gained.items():
        yield effect(DIFFERENCE, arm, mean_interval(cells, level, scatter), _means(cells))
    if STRIPPED not in gained:
        return
    whole = gained[STRIPPED]
    over, weights = (whole - gained[CONTROL], (1, -1)) if CONTROL in gained else (whole, (1,))
    yield effect(LEARNT, STRIPPED, mean_interval(over, level, scatter, weights), _means(over))
    for arm, cells in gained.items():
        if arm not in (STRIPPED, CONTROL):
            ratio = ratio_interval(cells, whole, level, scatter)
            yield effect(ratio_name(arm), arm, ratio, _ratios(cells, whole))


def _by_draw(cells: Floats, draws: Sequence[str]) -> Floats:
    """[S, P] as [S, D]: the mean of each draw's prompts."""
    if not draws:
        return cells
    members: dict[str, list[int]] = {}
    for place, name in enumerate(draws):
        members.setdefault(name, []).append(place)
    return np.stack([cells[:, mine].mean(1) for mine in members.values()], 1)


def _means(cells: Floats) -> list[float]:
    return [float(mean) for mean in cells.mean(1)]


def _ratios(numerator: Floats, denominator: Floats) -> list[float | None]:
    """Each seed's own ratio; None where its denominator is not above zero."""
    pairs = zip(numerator.mean(1), denominator.mean(1), strict=True)
    return [float(top / bottom) if bottom > 0 else None for top, bottom in pairs]
