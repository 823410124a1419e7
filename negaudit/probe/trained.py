"""What comes of training."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

__all__ = ["Measured", "Point", "Trained"]

Measured = Mapping[str, NDArray[Any]]

_FIRST: Final = 4


@dataclass(frozen=True)
class Point:
    """What was measured in the middle of training.

    Attributes:
        update: After how many updates.
        losses: Content loss of each adapter [K], the mean of up to 16 updates before.
        values: What the caller's function gave.
    """

    update: int
    losses: NDArray[np.float64]
    values: Measured


@dataclass
class Trained:
    """What came of training.

    Attributes:
        losses: Mean loss of a content token, neutral rows left out [K, updates]; NaN where an
            update had none.
        points: What was measured, in order.
        stopped: Adapters whose loss was no longer a number, and the update at which they were
            stopped. They stay as they were before it.
        tokens: Tokens that were trained on, all adapters together.
        seconds: How long it took, what was measured included, before and after a resumption.
        warnings: What went wrong without stopping the run.
    """

    losses: NDArray[np.float64]
    points: list[Point] = field(default_factory=list)
    stopped: dict[int, int] = field(default_factory=dict)
    tokens: int = 0
    seconds: float = 0.0
    warnings: list[str] = field(default_factory=list)

    def content_loss(self, update: int | None = None, window: int = 16) -> NDArray[np.float64]:
        """Content loss of each adapter [K]: the mean of a few updates before one.

        Before the first update it is that of the first few that have content, in which the
        learning rate still rises: a single step may hold neutral rows alone.
        """
        if update == 0:
            return np.array([_mean(row[~np.isnan(row)][:_FIRST]) for row in self.losses])
        end = self.losses.shape[1] if update is None else update
        part = self.losses[:, max(0, end - window) : end]
        return np.array([_mean(row[~np.isnan(row)]) for row in part])


def _mean(losses: NDArray[np.float64]) -> float:
    return float(losses.mean()) if len(losses) else math.nan
