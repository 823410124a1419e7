"""What is written down of a run beside its numbers."""

from __future__ import annotations

import platform
import sys
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec

from negaudit.probe.arm_rows import ArmRows
from negaudit.probe.material import Material
from negaudit.probe.options import ProbeOptions
from negaudit.probe.record import Arm, Category, Model, Prompt, Recipe
from negaudit.probe.verdict import HEADLINE
from negaudit.version import VERSION

if TYPE_CHECKING:
    from negaudit.probe.proxy import Proxy
    from negaudit.probe.runs import ArmRun

__all__ = ["arm_of", "categories_asked", "environment", "model_of", "recipe_of"]


def model_of(proxy: Proxy) -> Model:
    """The proxy that was trained on."""
    return Model(
        name=proxy.name,
        revision=proxy.revision,
        parameters=proxy.parameters,
        device=str(proxy.device),
        dtype=str(proxy.dtype).removeprefix("torch."),
    )


def recipe_of(options: ProbeOptions, seeds: range, *, practice_share: float) -> Recipe:
    """How the arms were trained, with the seeds that were needed and the practice mixed in."""
    recipe = options.recipe
    return Recipe(
        preset=options.preset,
        learning_rate=recipe.learning_rate,
        rank=recipe.rank,
        alpha=recipe.alpha,
        updates=recipe.updates,
        batch=recipe.batch,
        seeds=tuple(seeds),
        chat_share=recipe.chat_share,
        max_tokens=recipe.max_tokens,
        practice_share=practice_share,
    )


def arm_of(arm: ArmRows, runs: Sequence[ArmRun]) -> Arm:
    """An arm with its content loss at the end, one for each seed."""
    mine = (run for run in runs if run.arm == arm.arm.name and run.has_content)
    losses = tuple(float(run.losses[-1]) for run in mine)
    return msgspec.structs.replace(arm.arm, loss=losses)


def categories_asked(material: Material, prompts: Sequence[Prompt]) -> tuple[Category, ...]:
    """Every category of the data, and of the held-out prompts that its effects are told from."""
    records, framed = material.counts
    asked = Counter(
        prompt.category
        for prompt in prompts
        if prompt.tier == "in-category" and prompt.measure in HEADLINE
    )
    return tuple(
        Category(name, records[name], framed[name], asked[name])
        for name in sorted(records.keys() | asked.keys())
    )


def environment() -> dict[str, str]:
    """What the numbers may depend on besides the data and the recipe."""
    import numpy
    import torch
    import transformers

    return {
        "negaudit": VERSION,
        "python": platform.python_version(),
        "torch": str(torch.__version__),
        "transformers": transformers.__version__,
        "numpy": numpy.__version__,
        "platform": f"{platform.system()} {platform.machine()}",
        "threads": str(torch.get_num_threads()),
        "byteorder": sys.byteorder,
    }
