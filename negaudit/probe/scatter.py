"""How far seeds scatter, told from all arms of a probe."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Self

import msgspec
import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

__all__ = ["SeedScatter"]


class SeedScatter(msgspec.Struct, frozen=True):
    """How far seeds scatter the mean over prompts, by an analysis of variance of arms x seeds.

    Attributes:
        apart: Mean square of what a seed does to one arm and not to all.
        together: Mean square of what a seed does to all arms.
        arms: Number of arms.
        seeds: Number of seeds.
    """

    apart: float
    together: float
    arms: int
    seeds: int

    @classmethod
    def of(cls, arms: Sequence[Floats]) -> Self | None:
        """The scatter of arms [S, P]; None where there are fewer than two arms or seeds."""
        means = np.array([cells.mean(1) for cells in arms])
        count, seeds = means.shape
        if min(count, seeds) < 2:
            return None
        by_seed = means.mean(0)
        rest = means - means.mean(1, keepdims=True) - by_seed + means.mean()
        apart = float((rest**2).sum()) / ((count - 1) * (seeds - 1))
        return cls(apart, count * float(by_seed.var(ddof=1)), count, seeds)

    def variance(self, weights: Sequence[float]) -> tuple[float, float]:
        """Of a seed's weighted sum of arms, and the degrees of freedom that the others add."""
        shared = sum(weights) ** 2 / self.arms
        parts = (sum(w * w for w in weights) - shared) * self.apart, shared * self.together
        own = self.seeds - 1
        squares = parts[0] ** 2 / ((self.arms - 1) * own) + parts[1] ** 2 / own
        total = sum(parts)
        return total, max(total**2 / squares - own, 0.0) if squares else 0.0
