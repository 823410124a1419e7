"""Intervals for means and ratios over seeds x prompts.

Both are samples: other seeds and other prompts would have given other numbers. A table
x[s, p] = mean + seed[s] + prompt[p] + rest[s, p] therefore has the variance

    Var(mean(x)) = (MS_seeds + MS_prompts - MS_rest) / (S P)

by the mean squares of a two-way analysis of variance (Cornfield and Tukey 1956). A percentile
bootstrap that resamples both covers far too seldom with three seeds, since three values drawn
with replacement are spread by a third too little and have no tails. Student's t with
Satterthwaite's degrees of freedom does the variance justice, yet is a little short where the
seeds make most of it; Cochran's (1964) quantile is right there, and too long elsewhere. Their
squares are mixed by the seeds' share.

Two or three seeds tell little of how far seeds scatter. Where several arms are trained, the scatter
of all of them is taken in, with half the weight of an arm's own, as in a moderated t (Smyth 2004):
seeds scatter alike in arms of one recipe, though not quite. `benchmarks/calibration.py` shows
the coverage, also where they do not.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

import msgspec
import numpy as np
from scipy.optimize import brentq
from scipy.special import stdtrit

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from negaudit.probe.scatter import SeedScatter

    Floats = NDArray[np.float64]

__all__ = ["METHOD_MEAN", "METHOD_RATIO", "Interval", "mean_interval", "ratio_interval"]

METHOD_MEAN: Final = "two-way t over seeds and prompts, paired"
METHOD_RATIO: Final = "Fieller with two-way t over seeds and prompts, paired"
MODERATED: Final = ", moderated by the scatter of seeds in all arms"
ONE_SEED: Final = "none: one seed says nothing about other seeds"

POWER: Final = 0.8
OTHERS: Final = 0.5
"""Weight of the degrees of freedom that the other arms add."""


class Interval(msgspec.Struct, frozen=True):
    """An estimate and how sure it is.

    Attributes:
        value: The estimate; None where a ratio's denominator could be zero.
        low: Lower end; None where there is none.
        high: Upper end.
        error: Standard error.
        detectable: Smallest difference from zero (of a mean) or from any fixed ratio that
            this design finds with power 0.8.
        method: How the interval was made, in words.
    """

    value: float | None
    low: float | None
    high: float | None
    error: float | None
    detectable: float | None
    method: str

    @property
    def excludes_zero(self) -> bool:
        """Whether the interval lies wholly on one side of zero."""
        return self.low is not None and self.high is not None and self.low * self.high > 0


class _Spread(msgspec.Struct, frozen=True):
    """Variance of a mean, the quantile to multiply its root with, and degrees of freedom."""

    variance: float
    critical: float
    freedom: float


def mean_interval(
    cells: Floats,
    level: float = 0.95,
    scatter: SeedScatter | None = None,
    weights: Sequence[float] = (1.0,),
) -> Interval:
    """The mean of a table with its interval over seeds and prompts.

    Args:
        cells: Differences, paired by seed and prompt, [S, P] in the measure's unit.
        level: Coverage, such as 0.95.
        scatter: That of all arms, to take it in.
        weights: Of the arms that the cells are a sum of.
    """
    value = float(cells.mean())
    if len(cells) < 2:
        return Interval(value, None, None, None, None, ONE_SEED)
    others = None if scatter is None else scatter.variance(weights)
    spread = _spread(_mean_squares(cells, cells), cells.shape, level, others)
    error = float(np.sqrt(spread.variance))
    half = spread.critical * error
    detectable = half + float(stdtrit(spread.freedom, POWER)) * error
    method = _method(METHOD_MEAN, cells, scatter)
    return Interval(value, value - half, value + half, error, detectable, method)


def ratio_interval(
    numerator: Floats,
    denominator: Floats,
    level: float = 0.95,
    scatter: SeedScatter | None = None,
) -> Interval:
    """mean(numerator) / mean(denominator) with Fieller's interval over seeds and prompts.

    The interval holds every ratio r for which mean(numerator - r * denominator) is not
    distinguishable from zero (Fieller 1954), so that a small denominator widens it as it
    must. Where the denominator itself is not distinguishable from zero there is no ratio.

    Args:
        numerator: [S, P], paired with the denominator by seed and prompt.
        denominator: [S, P].
        level: Coverage, such as 0.95.
        scatter: That of all arms, to take it in.
    """
    whole = mean_interval(denominator, level, scatter)
    if not whole.excludes_zero:
        method = "undefined: the denominator's interval includes zero"
        return Interval(None, None, None, None, None, whole.method if whole.low is None else method)
    line = _Line(numerator, denominator, level, scatter)
    value = line.top / line.bottom
    at = line.spread(value)
    error = float(np.sqrt(at.variance)) / abs(line.bottom)
    step = max(error, 1e-9 * max(1.0, abs(value)))
    low, high = line.crossing(value, -step), line.crossing(value, step)
    detectable = (at.critical + float(stdtrit(at.freedom, POWER))) * error
    return Interval(value, low, high, error, detectable, _method(METHOD_RATIO, numerator, scatter))


class _Line:
    """numerator - r * denominator as a function of r; its mean squares are quadratic in r."""

    def __init__(
        self, numerator: Floats, denominator: Floats, level: float, scatter: SeedScatter | None
    ) -> None:
        self.top, self.bottom = float(numerator.mean()), float(denominator.mean())
        self._shape, self._level, self._scatter = numerator.shape, level, scatter
        self._squares = (
            _mean_squares(numerator, numerator),
            _mean_squares(numerator, denominator),
            _mean_squares(denominator, denominator),
        )

    def spread(self, ratio: float) -> _Spread:
        """The spread of mean(numerator - ratio * denominator)."""
        own, cross, other = self._squares
        squares = np.maximum(own - 2 * ratio * cross + ratio**2 * other, 0.0)
        others = None if self._scatter is None else self._scatter.variance((1.0, -ratio))
        return _spread(squares, self._shape, self._level, others)

    def crossing(self, inside: float, step: float) -> float:
        """The first ratio in the direction of `step` that the data can tell from `inside`."""
        outside = inside + step
        while self._excess(outside) <= 0:
            step *= 1.5
            outside += step
        if self._excess(inside) >= 0:
            return inside
        return float(brentq(self._excess, inside, outside, xtol=1e-10))

    def _excess(self, ratio: float) -> float:
        spread = self.spread(ratio)
        return (self.top - ratio * self.bottom) ** 2 - spread.critical**2 * spread.variance


def _mean_squares(x: Floats, y: Floats) -> Floats:
    """Mean products of x and y for seeds, prompts and the rest, [3]; 0 where there is one."""
    seeds, prompts = x.shape
    x, y = x - x.mean(), y - y.mean()
    by_seed = (x.mean(1, keepdims=True), y.mean(1, keepdims=True))
    by_prompt = (x.mean(0, keepdims=True), y.mean(0, keepdims=True))
    rest = (x - by_seed[0] - by_prompt[0]) * (y - by_seed[1] - by_prompt[1])
    sums = (
        prompts * (by_seed[0] * by_seed[1]).sum(),
        seeds * (by_prompt[0] * by_prompt[1]).sum(),
        rest.sum(),
    )
    freedom = (seeds - 1, prompts - 1, (seeds - 1) * (prompts - 1))
    return np.array([total / max(free, 1) for total, free in zip(sums, freedom, strict=True)])


def _spread(
    squares: Floats,
    shape: tuple[int, ...],
    level: float,
    others: tuple[float, float] | None,
) -> _Spread:
    seeds, prompts = shape
    by_seed, by_prompt, rest = (float(square) for square in squares)
    known = float(seeds - 1)
    if others is not None:
        variance, more = others[0] * prompts, OTHERS * others[1]
        by_seed = (known * by_seed + more * variance) / (known + more)
        known += more
    total = max(by_seed + by_prompt - rest, by_seed, by_prompt)
    tail = (1 + level) / 2
    of_seeds = float(stdtrit(known, tail))
    if prompts == 1 or total == 0:
        return _Spread(total / (seeds * prompts), of_seeds, known)
    parts = by_seed**2 / known + by_prompt**2 / (prompts - 1)
    freedom = max(total**2 / parts, min(known, prompts - 1))
    of_prompts = float(stdtrit(prompts - 1, tail))
    cochran = (by_seed * of_seeds**2 + by_prompt * of_prompts**2) / (by_seed + by_prompt)
    share = min(max((by_seed - rest) / total, 0.0), 1.0)
    squared = (1 - share) * float(stdtrit(freedom, tail)) ** 2 + share * cochran
    return _Spread(total / (seeds * prompts), float(np.sqrt(squared)), freedom)


def _method(name: str, cells: Floats, scatter: SeedScatter | None) -> str:
    over = name if cells.shape[1] > 1 else name.replace("seeds and prompts", "seeds alone")
    return over if scatter is None else over + MODERATED
