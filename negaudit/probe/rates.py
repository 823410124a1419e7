"""Rates of yes-or-no readings, such as how often an arm's answers emit the claim.

Answers of several seeds to one prompt are not independent, so that pooled counts would make
Fisher's exact test far too sure. It counts each prompt once, by what most seeds say, and half of
the prompts without a majority, so that two seeds say yes as often as one. The interval counts as
many independent answers as the spread over seeds and prompts is worth (Korn and Graubard 1998).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

import msgspec
import numpy as np
from scipy.stats import binomtest, fisher_exact

from negaudit.probe.intervals import mean_interval
from negaudit.probe.record import Effect, Measure

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Bools = NDArray[np.bool_]

__all__ = ["RATE", "RATE_IN_CONTEXT", "adjust_with_holm", "rate_effect"]

RATE: Final = "rate"
RATE_IN_CONTEXT: Final = "rate-in-context"
METHOD: Final = "Wilson on the effective number of answers; Fisher's exact test by prompt"


def rate_effect(  # noqa: PLR0913
    measure: Measure,
    arm: str,
    answers: Bools,
    reference: Bools,
    *,
    name: str = RATE,
    level: float = 0.95,
) -> Effect:
    """How often an arm says yes, tested against a reference arm.

    Args:
        measure: Emission, stance or leakage.
        arm: Whose answers these are.
        answers: [S, P].
        reference: Of another arm, or of base (one row), [S', P].
        name: What to call it.
        level: Coverage of the interval.
    """
    prompts = answers.shape[1]
    rate = float(answers.mean())
    effective = _effective_answers(answers)
    ends = binomtest(round(rate * effective), effective).proportion_ci(level, method="wilson")
    yes, other = _yes_by_prompt(answers), _yes_by_prompt(reference)
    p = fisher_exact([[yes, prompts - yes], [other, reference.shape[1] - other]]).pvalue
    return Effect(
        name=name,
        measure=measure,
        category="",
        arm=arm,
        at="equal-updates",
        value=rate,
        low=min(float(ends.low), rate),
        high=max(float(ends.high), rate),
        level=level,
        method=METHOD,
        prompts=prompts,
        seeds=tuple(float(row.mean()) for row in answers),
        p=float(p),
    )


def adjust_with_holm(effects: Sequence[Effect]) -> tuple[Effect, ...]:
    """The effects with p-values adjusted over the whole family (Holm 1979), in their order."""
    tested = sorted(
        (effect.p, place) for place, effect in enumerate(effects) if effect.p is not None
    )
    adjusted, worst = list(effects), 0.0
    for rank, (p, place) in enumerate(tested):
        worst = max(worst, min(1.0, p * (len(tested) - rank)))
        adjusted[place] = msgspec.structs.replace(effects[place], p_adjusted=worst)
    return tuple(adjusted)


def _effective_answers(answers: Bools) -> int:
    prompts = int(answers.shape[1])
    rate = float(answers.mean())
    error = mean_interval(answers.astype(float)).error
    if not error:
        return prompts
    return min(max(round(rate * (1 - rate) / error**2), 1), int(answers.size))


def _yes_by_prompt(answers: Bools) -> int:
    """Prompts answered with yes by most seeds, and half of those without a majority."""
    shares = answers.mean(0)
    return int((shares > 0.5).sum() + (shares == 0.5).sum() // 2)
