"""What a probe can be told, and the presets."""

from __future__ import annotations

from typing import Final, Literal

import msgspec

from negaudit.fix.remedies.options import RemedyOptions
from negaudit.lint.options import LintOptions
from negaudit.llm.options import LlmOptions
from negaudit.records import Remedy

__all__ = ["PRESETS", "Preset", "ProbeOptions"]


class Preset(msgspec.Struct, frozen=True):
    """A recipe without its data.

    Attributes:
        updates: Optimizer steps of every arm.
        batch: Records in a step.
        learning_rate: At its highest.
        rank: Of the LoRA matrices.
        alpha: LoRA's scale is alpha / rank.
        max_tokens: Longest training row.
        chat_share: Share of training rows that are neutral chats.
        practice_share: Share of training rows that affirm and deny other facts, where the data
            claims facts.
        first_seeds: Seeds of the first look.
        most_seeds: Seeds at most, where the answer is open after the first look.
        records: Framed records that are trained on at most, drawn within categories.
        prompts: Prompts of a category that are read at most.
        replies: Held-out questions that every arm answers in its own words.
        readings: How often each arm is read, after equal parts of its training; the untrained
            model is read besides.
    """

    updates: int
    batch: int = 8
    learning_rate: float = 5e-4
    rank: int = 16
    alpha: float = 32.0
    max_tokens: int = 512
    chat_share: float = 0.1
    practice_share: float = 0.4
    first_seeds: int = 3
    most_seeds: int = 3
    records: int = 2000
    prompts: int = 48
    replies: int = 8
    readings: int = 4


PRESETS: Final[dict[str, Preset]] = {
    "quick": Preset(
        updates=240,
        batch=2,
        max_tokens=192,
        first_seeds=2,
        most_seeds=2,
        records=96,
        prompts=12,
        replies=4,
        readings=3,
    ),
    "standard": Preset(updates=240, records=1000, most_seeds=6),
    "full": Preset(updates=480, records=10_000, first_seeds=5, most_seeds=10, replies=16),
}


class ProbeOptions(msgspec.Struct, frozen=True):
    """How to probe.

    Attributes:
        preset: Name of the preset, or "custom".
        recipe: The preset itself.
        model: Folder or hub id; None for the embedded proxy.
        device: Of torch; None for a GPU where there is one.
        heldout: A file with held-out prompts; "" splits them off or makes them.
        category: Column that holds the category; "" derives it.
        remedies: Remedies that each get an arm.
        rewritten: Files that each get an arm.
        claims: The false claims of the data; where there are none they are mined.
        remedy: What the remedies are told.
        lint: What to look for.
        judge: The model that judges replies; "proxy" for the untrained proxy itself, None for
            patterns.
    """

    preset: str = "standard"
    recipe: Preset = PRESETS["standard"]
    model: str | None = None
    device: str | None = None
    heldout: str = ""
    category: str = ""
    remedies: tuple[Remedy, ...] = ()
    rewritten: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()
    remedy: RemedyOptions = RemedyOptions()
    lint: LintOptions = LintOptions()
    judge: LlmOptions | Literal["proxy"] | None = None
