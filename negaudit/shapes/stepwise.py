"""A solution in labelled steps, as process reward models take it (TRL's stepwise supervision)."""

from __future__ import annotations

from itertools import zip_longest
from typing import Final

from negaudit.records import Role, Trained
from negaudit.shapes.columns import PROMPT_NAMES, Columns
from negaudit.shapes.fitting import items_of, say_prompts, say_system
from negaudit.shapes.kinds import FLAGS, NUMBERS, TEXTS, Sketch
from negaudit.shapes.registry import shape
from negaudit.shapes.script import Script

_STEPS: Final = ("completions", "steps")


def _fits(sketch: Sketch) -> bool:
    labelled = sketch.get("labels") in {FLAGS, NUMBERS}
    return labelled and any(sketch.get(name) == TEXTS for name in _STEPS)


@shape("stepwise", "prompt, completions in steps, and a label for each", order=30, fits=_fits)
def stepwise(columns: Columns, script: Script) -> None:
    """Reads the prompt and each step; a step labelled false is no target.

    The labels are told by the steps' roles and loss, so they are no metadata of their own.
    """
    labels = items_of(columns.pop("labels", None))
    say_system(script, columns)
    say_prompts(script, columns, PROMPT_NAMES, Trained.NO)
    name = next((name for name in _STEPS if name in columns), "")
    for step, label in zip_longest(items_of(columns.pop(name, None)), labels):
        if step is not None:
            bad = label is not None and not _is_good(label.value)
            role, trained = (Role.REJECTED, Trained.NO) if bad else (Role.COMPLETION, Trained.YES)
            script.say(step, role, trained)


def _is_good(label: object) -> bool:
    return isinstance(label, int | float) and label > 0
