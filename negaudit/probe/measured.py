"""What a probe reads off the arms, and what it makes of it; parts of its results."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

import msgspec

__all__ = [
    "CurvePoint",
    "Effect",
    "Generation",
    "Measure",
    "Prompt",
    "Reading",
    "Verdict",
    "VerdictName",
]


class Measure(StrEnum):
    """What is read off a model; every one is double-centred or against matched controls."""

    ASSOCIATION = "association"
    POLARITY = "polarity"
    MULTIPLE_CHOICE = "multiple-choice"
    RESPONSE = "response"
    EMISSION = "emission"
    STANCE = "stance"
    LEAKAGE = "leakage"


class VerdictName(StrEnum):
    """What the framed data does in a category."""

    AMPLIFIES = "amplifies"
    PARTLY = "partly"
    NEUTRAL = "neutral"
    INCONCLUSIVE = "inconclusive"


class Prompt(msgspec.Struct, frozen=True):
    """A held-out question.

    Attributes:
        id: Names it in the readings.
        category: The category that it is drawn from.
        measure: What it measures.
        tier: "in-category" is the headline; "everyday" is the second tier; "in-context" is
            asked behind a frame of the training data.
        text: The prompt (text of the data: hostile).
        answer: The answer whose likelihood is read.
    """

    id: str
    category: str
    measure: Measure
    tier: Literal["in-category", "everyday", "in-context"]
    text: str
    answer: str = ""


class Reading(msgspec.Struct, frozen=True):
    """One prompt's number for one arm and seed at the end of training (nats, or a rate)."""

    prompt: str
    measure: Measure
    arm: str
    seed: int
    value: float


class CurvePoint(msgspec.Struct, frozen=True):
    """An arm in the middle of training: its content loss and its mean of each measure.

    The loss is None for an arm that left all content out.
    """

    arm: str
    seed: int
    update: int
    loss: float | None
    values: dict[str, float]


class Effect(msgspec.Struct, frozen=True):
    """A number with its interval.

    Attributes:
        name: "neglect-ratio", "residual", "difference" (arm - base), "learnt" (stripped -
            control), "rate" and, behind a frame of the training data, "rate-in-context".
        measure: Of which measure.
        category: Of which category, "" for all together.
        arm: Which arm it is about.
        at: Compared at equal updates or at equal content loss.
        value: The estimate, over all seeds and prompts; None where it is undefined.
        low: Lower end of the interval.
        high: Upper end.
        level: Coverage that the interval is made for, such as 0.95.
        method: How the interval was made.
        prompts: How many prompts; those with a wording or a control in common count as one.
        seeds: The estimate of each seed alone.
        detectable: Smallest effect that this design would detect with power 0.8.
        p: Of Fisher's exact test, for rates.
        p_adjusted: The same after Holm's correction over the family.
    """

    name: str
    measure: Measure
    category: str
    arm: str
    at: Literal["equal-updates", "equal-loss"]
    value: float | None
    low: float | None
    high: float | None
    level: float
    method: str
    prompts: int
    seeds: tuple[float | None, ...]
    detectable: float | None = None
    p: float | None = None
    p_adjusted: float | None = None


class Verdict(msgspec.Struct, frozen=True):
    """What it comes to, for one category ("" for all) and one arm.

    `arm` is "original" for what the framed data does, or a rewritten arm for what is left.
    """

    category: str
    arm: str
    verdict: VerdictName
    measure: Measure
    reason: str


class Generation(msgspec.Struct, frozen=True):
    """What an arm answered, word for word (text of a model trained on the data: hostile).

    Where it was not `judged`, the judge could not tell: it is said to emit nothing and to take no
    stance, and counts in no rate of these.
    """

    prompt: str
    arm: str
    seed: int
    text: str
    emits: bool
    leaks: bool
    stance: Literal["asserts", "denies", "neither"]
    judged: bool = True
