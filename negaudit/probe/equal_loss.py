"""Effects at equal content loss, since a framed arm learns its content later than a bare one.

Read at equal updates in the middle of training, a warning looks protective that only delays.
So each seed's arms are also compared where both have the same loss on the content: at the
lowest loss that both reach, with the readings interpolated along each arm's curve. A rewrite's
content is other text, easier or harder to predict, so there it is only a hint; and where the
losses of two arms overlap by next to nothing, there is no comparison.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

import msgspec
import numpy as np

from negaudit.probe.effects import Table, compute_effects, ratio_name
from negaudit.probe.record import CONTROL, STRIPPED, Effect, Measure

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

__all__ = ["Trajectory", "equal_loss_effects", "has_levelled_off"]

LAST_PART: Final = 0.25
STILL_FALLING: Final = 0.1
LEARNT_AT_LEAST: Final = 0.1
"""Of each arm's whole fall, what must lie above the loss at which two arms are compared."""


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
    draws: Sequence[str] = (),
    *,
    level: float = 0.95,
    alone: bool = True,
) -> tuple[Effect, ...]:
    """Neglect ratio and residuals at equal content loss, over all prompts and by category.

    A seed whose arm shares no loss with the stripped one is left out of that arm's ratio; an
    arm without any has none.

    Args:
        measure: What the curves hold.
        base: The untrained model's readings, [P], or [1] for their mean.
        curves: For each trained arm one trajectory a seed, in the same order of seeds.
        categories: The category of each prompt; [""] for a mean.
        draws: As in `Table`.
        level: Coverage of each interval.
        alone: As in `compute_effects`.
    """
    effects: list[Effect] = []
    for arm in (name for name in curves if name not in {STRIPPED, CONTROL}):
        pairs = zip(curves[STRIPPED], curves[arm], strict=True)
        met = [values for pair in pairs if (values := _at_equal_loss(*pair)) is not None]
        if met:
            bare, other = (np.stack(side) for side in zip(*met, strict=True))
            table = Table(measure, base, {STRIPPED: bare, arm: other}, categories, draws)
            effects += compute_effects(table, level=level, at="equal-loss", alone=alone)
    return tuple(effect for effect in effects if effect.name == ratio_name(effect.arm))


def has_levelled_off(updates: Floats, losses: Floats) -> bool:
    """Whether the last quarter of the updates brought no more than a tenth of the loss's fall."""
    knee = updates[0] + (1 - LAST_PART) * (updates[-1] - updates[0])
    lowest = np.minimum.accumulate(losses)
    before = np.interp(knee, updates, lowest)
    return bool(before - lowest[-1] <= STILL_FALLING * (lowest[0] - lowest[-1]))


def _at_equal_loss(stripped: Trajectory, other: Trajectory) -> tuple[Floats, Floats] | None:
    """Readings of both at the lowest loss that both reach, [P] each; None where they share none."""
    shared = max(stripped.losses.min(), other.losses.min())
    if not (_has_fallen(stripped, shared) and _has_fallen(other, shared)):
        return None
    return _at_loss(stripped, shared), _at_loss(other, shared)


def _has_fallen(run: Trajectory, loss: float) -> bool:
    """Whether a part of the run worth naming lies above a loss."""
    first = run.losses[0]
    return bool(first - loss >= LEARNT_AT_LEAST * (first - run.losses.min()) > 0)


def _at_loss(run: Trajectory, loss: float) -> Floats:
    """The readings where the loss first falls to `loss`, [P]."""
    after = int(np.argmax(run.losses <= loss))
    before = max(after - 1, 0)
    fall = run.losses[before] - run.losses[after]
    share = (run.losses[before] - loss) / fall if fall else 1.0
    met: Floats = (1 - share) * run.values[before] + share * run.values[after]
    return met
