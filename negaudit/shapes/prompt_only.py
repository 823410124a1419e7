"""A prompt with no answer, as online reinforcement learning takes it."""

from __future__ import annotations

from typing import Final

from negaudit.records import Trained
from negaudit.shapes.columns import PROMPT_NAMES, Columns
from negaudit.shapes.fitting import say_history, say_prompts, say_system, spoken
from negaudit.shapes.kinds import Sketch
from negaudit.shapes.registry import shape
from negaudit.shapes.script import Script
from negaudit.shapes.speech import Loss

_PROMPTS: Final = ("prompt", "instruction", "context", "question", "query", "problem")


def _fits(sketch: Sketch) -> bool:
    return spoken(sketch, _PROMPTS)


@shape("prompt_only", "a prompt without a completion", order=120, fits=_fits)
def prompt_only(columns: Columns, script: Script) -> None:
    """Reads a prompt; the model's own answer is trained on, so no loss is on any of it."""
    say_system(script, columns)
    say_history(script, columns, Loss(answers=Trained.NO))
    say_prompts(script, columns, PROMPT_NAMES, Trained.NO)
