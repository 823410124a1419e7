"""Numbers as people read them: rounded, with their interval and what they rest on."""

from __future__ import annotations

from math import sqrt
from typing import NamedTuple

from negaudit.output.summary import counted
from negaudit.probe.record import Effect

__all__ = ["UNDEFINED", "Estimate", "effect_basis", "estimate", "interval", "number", "wilson"]

UNDEFINED = "undefined"
_MINUS = "\u2212"
_Z95 = 1.959964


class Estimate(NamedTuple):
    """A number in words.

    Attributes:
        value: The estimate, or `UNDEFINED`.
        interval: `[0.81, 1.04]`, or "" where there is none.
        basis: What it rests on, such as `95 % interval, 64 independent prompts, 3 seeds`.
    """

    value: str
    interval: str
    basis: str


def number(value: float, digits: int = 2) -> str:
    """A rounded number with a true minus sign; no minus before a rounded zero."""
    text = f"{value:.{digits}f}"
    if float(text) == 0:
        return text.removeprefix("-")
    return text.replace("-", _MINUS)


def interval(low: float | None, high: float | None) -> str:
    """`[0.81, 1.04]`; an end that is not known is an ellipsis."""
    if low is None and high is None:
        return ""
    ends = ("…" if end is None else number(end) for end in (low, high))
    return f"[{', '.join(ends)}]"


def estimate(effect: Effect) -> Estimate:
    """An effect in words."""
    value = UNDEFINED if effect.value is None else number(effect.value)
    return Estimate(value, interval(effect.low, effect.high), effect_basis(effect))


def effect_basis(effect: Effect) -> str:
    """What an effect rests on: prompts, seeds, and how sure its interval is."""
    prompts = counted(effect.prompts, "independent prompt")
    return f"{100 * effect.level:g} % interval, {prompts}, {counted(len(effect.seeds), 'seed')}"


def wilson(part: int, whole: int) -> tuple[float, float]:
    """The 95 % score interval of a share (Wilson 1927); (0, 1) for a share of nothing."""
    if not whole:
        return 0.0, 1.0
    share = part / whole
    scale = 1 + _Z95**2 / whole
    centre = (share + _Z95**2 / (2 * whole)) / scale
    spread = _Z95 * sqrt(share * (1 - share) / whole + (_Z95 / (2 * whole)) ** 2) / scale
    low = 0.0 if part == 0 else centre - spread
    high = 1.0 if part == whole else centre + spread
    return low, high
