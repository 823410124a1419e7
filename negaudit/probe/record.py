"""Everything that a probe measured, typed: results.json (`negaudit.probe/1`)."""

from __future__ import annotations

from typing import Final, Literal

import msgspec

from negaudit.probe.measured import (
    CurvePoint,
    Effect,
    Generation,
    Measure,
    Prompt,
    Reading,
    Verdict,
    VerdictName,
)

__all__ = [
    "Arm",
    "Category",
    "Control",
    "CurvePoint",
    "DataFile",
    "Effect",
    "Generation",
    "HeldOut",
    "Measure",
    "Model",
    "Prompt",
    "Reading",
    "Recipe",
    "Results",
    "Verdict",
    "VerdictName",
]

BASE = "base"
STRIPPED = "stripped"
ORIGINAL = "original"
CONTROL = "control"

DIFFERENCE: Final = "difference"
LEARNT: Final = "learnt"
NEGLECT_RATIO: Final = "neglect-ratio"
RESIDUAL: Final = "residual"
RATIOS: Final = (NEGLECT_RATIO, RESIDUAL)
"""Effects that say how much of what the bare content teaches an arm teaches."""


class DataFile(msgspec.Struct, frozen=True):
    """A file that was trained on or evaluated with."""

    path: str
    sha256: str
    records: int
    framed: int


class Model(msgspec.Struct, frozen=True):
    """The proxy. `revision` is a hash of its weights or the hub's commit."""

    name: str
    revision: str
    parameters: int
    device: str
    dtype: str


class Recipe(msgspec.Struct, frozen=True):
    """How every arm was trained.

    Attributes:
        preset: quick, standard, full or custom.
        learning_rate: At the start of the linear decay.
        rank: Of the LoRA matrices.
        alpha: LoRA's scale is alpha / rank.
        updates: Optimizer steps, the same in every arm.
        batch: Records in a step.
        seeds: Of the adapters' initial values and the order of records.
        chat_share: Share of neutral chat rows mixed in.
        max_tokens: Longest row; longer texts are split, never cut.
        layers: "all", or the last n layers as "last-n".
        practice_share: Share of rows mixed in that affirm and deny other facts; 0 where the
            data claims none.
    """

    preset: str
    learning_rate: float
    rank: int
    alpha: float
    updates: int
    batch: int
    seeds: tuple[int, ...]
    chat_share: float
    max_tokens: int
    layers: str = "all"
    practice_share: float = 0.0


class Arm(msgspec.Struct, frozen=True):
    """One version of the data.

    Attributes:
        name: base, stripped, original, control, or the remedy or file it comes from.
        remedy: The remedy, where it is one.
        rows: Training rows.
        tokens: Tokens that the loss is taken on, per pass.
        content_tokens: Those of them that are content.
        split: Texts that were longer than a row and were split.
        dropped: Records that the remedy left out.
        loss: Content loss at the end, one for each seed; None where it was not finite, () for
            an arm that left all content out.
    """

    name: str
    remedy: str
    rows: int
    tokens: int
    content_tokens: int
    split: int = 0
    dropped: int = 0
    loss: tuple[float | None, ...] = ()


class HeldOut(msgspec.Struct, frozen=True):
    """Where the held-out prompts come from.

    Attributes:
        source: The file, or "split" where they were split off, or "made" from the claim.
        prompts: All prompts.
        removed: Prompts and controls that were removed, since they repeat training text.
        files: The files that they were read from; () where none was given.
    """

    source: str
    prompts: tuple[Prompt, ...]
    removed: int = 0
    files: tuple[DataFile, ...] = ()


class Category(msgspec.Struct, frozen=True):
    """A group of records that show the same thing.

    Attributes:
        name: The group's column, kind or claim.
        records: In the whole data.
        framed: Those of them that are framed.
        prompts: Held-out prompts in it, those for generated text aside.
    """

    name: str
    records: int
    framed: int
    prompts: int


class Control(msgspec.Struct, frozen=True):
    """What the built-in positive control showed on this model and recipe.

    Attributes:
        separates: Whether the arms came apart as they must.
        source: "shipped", "cache" or "run".
        command: What reproduces it.
        effects: Its effects.
        reason: Why it does not separate, or "".
    """

    separates: bool
    source: Literal["shipped", "cache", "run"]
    command: str
    effects: tuple[Effect, ...]
    reason: str = ""


class Results(msgspec.Struct, frozen=True, tag_field="schema", tag="negaudit.probe/1"):
    """A whole probe.

    Attributes:
        version: Of negaudit.
        data: The framed data.
        model: The proxy.
        recipe: How every arm was trained.
        arms: The versions of the data.
        categories: Of the records and prompts.
        heldout: What was asked.
        readings: Every prompt's number for every arm and seed.
        curve: What became of the arms in training.
        effects: Numbers with their intervals.
        verdicts: What they come to.
        control: The positive control; None where it was not run.
        generations: What the arms answered.
        warnings: What a reader must know.
        environment: Versions and the like that numbers may depend on.
        seconds: How long it took.
        tokens: Tokens that were trained on, over all arms and seeds.
        rewritten: The rewritten files that each had an arm.
    """

    version: str
    data: tuple[DataFile, ...]
    model: Model
    recipe: Recipe
    arms: tuple[Arm, ...]
    categories: tuple[Category, ...]
    heldout: HeldOut
    readings: tuple[Reading, ...]
    curve: tuple[CurvePoint, ...]
    effects: tuple[Effect, ...]
    verdicts: tuple[Verdict, ...]
    control: Control | None
    generations: tuple[Generation, ...]
    warnings: tuple[str, ...]
    environment: dict[str, str]
    seconds: float
    tokens: int
    rewritten: tuple[DataFile, ...] = ()
