"""Effects at equal content loss, since a framed arm learns its content later than a bare one.

Read at equal updates in the middle of training, a warning looks protective that only delays.
So each seed's arms are also compared where both have the same loss on the content: at the
lowest loss that both reach, with the readings interpolated along each arm's curve.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

import msgspec
import numpy as np

from negaudit.probe.effects import NEGLECT_RATIO, Table, compute_effects
from negaudit.probe.record import ORIGINAL, STRIPPED, CurvePoint, Effect, Measure

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

__all__ = ["Trajectory", "equal_loss_effects", "has_levelled_off", "trajectories_from_curve"]

LAST_PART: Final = 0.25
STILL_FALLING: Final = 0.1


class Trajectory(msgspec.Struct, frozen=True, eq=False):
    """One arm and seed in training, the reading before the first update included.

    Attributes:
        updates: Ascending, from 0, [U].
        losses: Content loss in nats per token, [U].
        values: Readings of one measure, [U, P], or [U, 1] for their mean.
    """

    updates: Floats
    losses: Floats
    values: Floats


def equal_loss_effects(  # noqa: PLR0913 - the parts of a table, and how to compare
    measure: Measure,
    base: Floats,
    curves: Mapping[str, Sequence[Trajectory]],
    categories: Sequence[str],
    *,
    level: float = 0.95,
    alone: bool = True,
) -> tuple[Effect, ...]:
    """The neglect ratio at equal content loss, over all prompts and for each category.

    Only stripped and original can be compared so: a rewritten arm has other content. A seed
    whose arms share no loss is left out; without any there are no effects.

    Args:
        measure: What the curves hold.
        base: The untrained model's readings, [P], or [1] for their mean.
        curves: For stripped and original, one trajectory a seed, in the same order of seeds.
        categories: The category of each prompt; [""] for a mean.
        level: Coverage of each interval.
        alone: As in `compute_effects`.
    """
    pairs = zip(curves.get(STRIPPED, ()), curves.get(ORIGINAL, ()), strict=True)
    met = [values for pair in pairs if (values := _at_equal_loss(*pair)) is not None]
    if not met:
        return ()
    stripped, original = (np.stack(side) for side in zip(*met, strict=True))
    table = Table(measure, base, {STRIPPED: stripped, ORIGINAL: original}, categories)
    effects = compute_effects(table, level=level, at="equal-loss", alone=alone)
    return tuple(effect for effect in effects if effect.name == NEGLECT_RATIO)


def trajectories_from_curve(
    points: Sequence[CurvePoint], measure: Measure
) -> dict[str, list[Trajectory]]:
    """For each arm, its seeds' trajectories of a measure's mean, seeds ascending.

    Points without the measure, or with a number that is not finite, are left out.
    """
    usable = [
        point
        for point in points
        if measure in point.values and np.isfinite([point.loss, point.values[measure]]).all()
    ]
    grouped: dict[tuple[str, int], list[CurvePoint]] = {}
    for point in sorted(usable, key=lambda point: (point.arm, point.seed, point.update)):
        grouped.setdefault((point.arm, point.seed), []).append(point)
    arms: dict[str, list[Trajectory]] = {}
    for (arm, _), run in grouped.items():
        arms.setdefault(arm, []).append(
            Trajectory(
                np.array([point.update for point in run], float),
                np.array([point.loss for point in run]),
                np.array([[point.values[measure]] for point in run]),
            )
        )
    return arms


def has_levelled_off(updates: Floats, losses: Floats) -> bool:
    """Whether the last quarter of the updates brought no more than a tenth of the loss's fall."""
    knee = updates[0] + (1 - LAST_PART) * (updates[-1] - updates[0])
    lowest = np.minimum.accumulate(losses)
    before = np.interp(knee, updates, lowest)
    return bool(before - lowest[-1] <= STILL_FALLING * (lowest[0] - lowest[-1]))


def _at_equal_loss(stripped: Trajectory, original: Trajectory) -> tuple[Floats, Floats] | None:
    shared = max(stripped.losses.min(), original.losses.min())
    one, other = _at_loss(stripped, shared), _at_loss(original, shared)
    return None if one is None or other is None else (one, other)


def _at_loss(run: Trajectory, loss: float) -> Floats | None:
    """The readings where the loss first falls to `loss`, [P]; None where it starts below."""
    if run.losses[0] < loss:
        return None
    after = int(np.argmax(run.losses <= loss))
    before = max(after - 1, 0)
    fall = run.losses[before] - run.losses[after]
    share = (run.losses[before] - loss) / fall if fall else 1.0
    met: Floats = (1 - share) * run.values[before] + share * run.values[after]
    return met
