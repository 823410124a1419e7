"""A prompt column beside a completion column, as strings or as messages."""

from __future__ import annotations

from typing import Final

from negaudit.records import Role
from negaudit.shapes.columns import (
    COMPLETION_NAMES,
    PROMPT_NAMES,
    REASONING_NAMES,
    Columns,
)
from negaudit.shapes.fitting import (
    PAIRED_COMPLETION_NAMES,
    PAIRED_PROMPT_NAMES,
    say_history,
    say_prompts,
    say_side,
    say_system,
    spoken,
    take_inputs_loss,
)
from negaudit.shapes.kinds import LISTS, SHARES, TURNS, Sketch
from negaudit.shapes.registry import shape
from negaudit.shapes.script import Script
from negaudit.shapes.speech import Loss

_PROMPTS: Final = frozenset((*PROMPT_NAMES, *PAIRED_PROMPT_NAMES))
_COMPLETIONS: Final = (*REASONING_NAMES, *COMPLETION_NAMES, *PAIRED_COMPLETION_NAMES)


def _fits(sketch: Sketch) -> bool:
    asked = spoken(sketch, _PROMPTS) or sketch.get("history") in {TURNS, SHARES, LISTS}
    return asked and spoken(sketch, (*COMPLETION_NAMES, *PAIRED_COMPLETION_NAMES))


@shape(
    "prompt_completion",
    "prompt and completion, question and answer, input and output, problem and solution",
    order=100,
    fits=_fits,
)
def prompt_completion(columns: Columns, script: Script) -> None:
    """Reads the prompt columns in the record's own order, then reasoning and completion.

    The loss is on the completion, whether it is a string or the assistant's messages.
    """
    loss = Loss(inputs=take_inputs_loss(columns))
    say_system(script, columns, loss.inputs)
    say_history(script, columns, loss)
    say_prompts(script, columns, _PROMPTS, loss.inputs)
    say_side(script, columns, _COMPLETIONS, Role.COMPLETION, loss)
