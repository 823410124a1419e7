"""Whether the positive control separates its arms on a model and recipe."""

from __future__ import annotations

from typing import Literal

import numpy as np

from negaudit.probe.control import NEGATED, control_table
from negaudit.probe.control_record import ControlRun
from negaudit.probe.effects import Table, compute_effects
from negaudit.probe.measures.cells import draws_of
from negaudit.probe.record import (
    DIFFERENCE,
    NEGLECT_RATIO,
    ORIGINAL,
    RESIDUAL,
    STRIPPED,
    Control,
    Effect,
    Measure,
)
from negaudit.probe.verdict import AMPLIFIES_ABOVE, NEUTRAL_BELOW

__all__ = ["effects_in_other_words", "judge_control"]

Source = Literal["shipped", "cache", "run"]


def judge_control(run: ControlRun, source: Source = "run") -> Control:
    """Whether the arms came apart as they must: neglect of the warning, and not of negation.

    What is known must be found by the rule that verdicts go by: warned claims amplify, and
    locally negated ones are neutral. It is judged as the probe reads a claim, in its own
    predicate behind openings that no record has; `effects_in_other_words` are not judged.

    Args:
        run: A run of the control.
        source: "shipped", "cache" or "run".
    """
    effects = _effects(run, slice(run.judged))
    by_name = {(effect.name, effect.arm): effect for effect in effects if not effect.category}
    reason = _failure(by_name)
    return Control(
        separates=not reason,
        source=source,
        command=run.command,
        effects=effects,
        reason=reason,
    )


def effects_in_other_words(run: ControlRun) -> tuple[Effect, ...]:
    """What the arms learnt to say in other words than the records."""
    return _effects(run, slice(run.judged, None))


def _effects(run: ControlRun, part: slice) -> tuple[Effect, ...]:
    """Of polarity at the end of training, on a part of the prompts."""
    last = {(r.arm, r.seed): r.polarity[part] for r in run.readings if r.update == run.updates}
    base = next(r.polarity[part] for r in run.readings if r.arm == "base")
    arms = {
        arm: np.array([last[arm, seed] for seed in run.seeds], np.float64)
        for arm in (STRIPPED, ORIGINAL, NEGATED)
    }
    draws = draws_of(control_table(run.people))[part]
    every = ("",) * len(base)
    return compute_effects(Table(Measure.POLARITY, np.array(base, np.float64), arms, every, draws))


def _failure(effects: dict[tuple[str, str], Effect]) -> str:
    """Why the arms did not come apart, or ""."""
    taught = effects.get((DIFFERENCE, STRIPPED))
    ratio = effects.get((NEGLECT_RATIO, ORIGINAL))
    left = effects.get((RESIDUAL, NEGATED))
    if taught is None or taught.low is None or taught.low <= 0:
        return "the bare claims were not learnt: more updates or a higher learning rate are needed"
    if ratio is None or ratio.low is None or ratio.low <= AMPLIFIES_ABOVE:
        return "warned claims were not learnt like bare ones: training may have stopped too early"
    if left is None or left.high is None or left.high >= NEUTRAL_BELOW:
        return (
            "locally negated claims were learnt like bare ones: this model cannot tell them apart"
        )
    return ""
