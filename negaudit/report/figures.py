"""The three numbers of the first screen."""

from __future__ import annotations

from typing import Final

import msgspec

from negaudit.output.summary import counted, percent
from negaudit.probe.record import ORIGINAL, Results
from negaudit.report.audit import Audit
from negaudit.report.effects import effect_of, fixed_arm, headline_measure
from negaudit.report.numbers import UNDEFINED, Estimate, estimate, number, wilson

__all__ = ["Figure", "figures"]

_NO_RATIO: Final = "Even without its warnings the data taught too little for a ratio."


class Figure(msgspec.Struct, frozen=True):
    """One of the three numbers.

    Attributes:
        name: What it is called.
        number: The number in words; None where it was not measured.
        meaning: What it says, in a sentence.
    """

    name: str
    number: Estimate | None
    meaning: str


def figures(audit: Audit) -> tuple[Figure, ...]:
    """Neglect ratio, residual and framed share; what was not measured comes last."""
    taught, share = (_neglect(audit.results), _residual(audit.results)), _share(audit)
    return (*taught, share) if audit.results else (share, *taught)


def _neglect(results: Results | None) -> Figure:
    return _ratio(
        "Neglect ratio",
        _estimate(results, ORIGINAL),
        "Of what the data teaches without its warnings, this much is learned with them:"
        " 1 is all of it, 0 is none.",
        "How much of the content is learned despite the warnings.",
    )


def _residual(results: Results | None) -> Figure:
    arm = None if results is None else fixed_arm(results)
    return _ratio(
        "Residual of the rewrite",
        None if arm is None else _estimate(results, arm),
        f"Of the same, this much is left after the fix ({arm}); below 0 the model disbelieves it.",
        "How much of it is left after the fix.",
    )


def _ratio(name: str, found: Estimate | None, meaning: str, unmeasured: str) -> Figure:
    if found is None:
        return Figure(name, None, unmeasured)
    return Figure(name, found, _NO_RATIO if found.value == UNDEFINED else meaning)


def _estimate(results: Results | None, arm: str) -> Estimate | None:
    measure = None if results is None else headline_measure(results)
    if results is None or measure is None:
        return None
    effect = effect_of(results, arm, measure)
    return None if effect is None else estimate(effect)


def _share(audit: Audit) -> Figure:
    meaning = "Records that hold content which only separate words disown."
    if audit.statistics is not None:
        part, whole = audit.statistics.framed, audit.statistics.records
    elif audit.results is not None and audit.results.data:
        part = sum(file.framed for file in audit.results.data)
        whole = sum(file.records for file in audit.results.data)
    else:
        part = whole = 0
    if not whole:
        return Figure("Framed share", None, meaning)
    low, high = (number(100 * end, 1) for end in wilson(part, whole))
    basis = f"95 % interval, {part:,} of {counted(whole, 'record')}"
    return Figure(
        "Framed share", Estimate(percent(part, whole), f"[{low}, {high}] %", basis), meaning
    )
