"""Finds the effects that the report speaks of among all that a probe measured."""

from __future__ import annotations

from typing import Final

from negaudit.probe.record import (
    BASE,
    CONTROL,
    ORIGINAL,
    RATIOS,
    STRIPPED,
    Effect,
    Measure,
    Results,
    Verdict,
)

__all__ = [
    "arm_styles",
    "effect_of",
    "fixed_arm",
    "headline_measure",
    "ratios",
    "rewritten_arms",
    "verdict_of",
]

UPDATES: Final = "equal-updates"

_REFERENCES: Final = {BASE, STRIPPED, ORIGINAL, CONTROL}


def rewritten_arms(results: Results) -> tuple[str, ...]:
    """The arms that a rewrite or another remedy made, in the order of the probe."""
    return tuple(arm.name for arm in results.arms if arm.name not in _REFERENCES)


def fixed_arm(results: Results) -> str | None:
    """The arm that stands for the fix: the first that a remedy made, None where there is none."""
    return next(iter(rewritten_arms(results)), None)


def arm_styles(results: Results) -> dict[str, str]:
    """The style that draws each arm, the same in every picture."""
    rewritten = enumerate(rewritten_arms(results))
    return {
        **{name: name for name in _REFERENCES},
        **{n: f"rewritten-{k % 4 + 1}" for k, n in rewritten},
    }


def verdict_of(results: Results, arm: str, category: str = "") -> Verdict | None:
    """The verdict on an arm; "" is for all categories together."""
    fitting = (one for one in results.verdicts if (one.arm, one.category) == (arm, category))
    return next(fitting, None)


def headline_measure(results: Results) -> Measure | None:
    """The measure that the verdict on the data rests on; None where there is no verdict."""
    verdict = verdict_of(results, ORIGINAL)
    return None if verdict is None else verdict.measure


def ratios(results: Results, category: str, measure: Measure) -> tuple[Effect, ...]:
    """Neglect ratio and residuals of a category and a measure, in the order of the arms."""
    order = {arm.name: place for place, arm in enumerate(results.arms)}
    found = (
        effect
        for effect in results.effects
        if effect.name in RATIOS and (effect.category, effect.measure) == (category, measure)
    )
    return tuple(sorted(found, key=lambda one: (order.get(one.arm, len(order)), one.at != UPDATES)))


def effect_of(
    results: Results, arm: str, measure: Measure, category: str = "", at: str = UPDATES
) -> Effect | None:
    """The neglect ratio or residual of an arm."""
    fitting = (one for one in ratios(results, category, measure) if (one.arm, one.at) == (arm, at))
    return next(fitting, None)
