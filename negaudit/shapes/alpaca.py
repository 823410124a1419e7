"""Alpaca's columns: instruction, input, output, and LLaMA-Factory's system and history."""

from __future__ import annotations

from negaudit.records import Role
from negaudit.shapes.columns import Columns
from negaudit.shapes.fitting import say_history, say_side, say_system, take_inputs_loss
from negaudit.shapes.kinds import TEXT, Sketch
from negaudit.shapes.registry import shape
from negaudit.shapes.script import Script
from negaudit.shapes.speech import Loss


def _fits(sketch: Sketch) -> bool:
    return sketch.get("instruction") == TEXT and sketch.get("output") == TEXT


@shape("alpaca", "instruction, input, output; system and history", order=90, fits=_fits)
def alpaca(columns: Columns, script: Script) -> None:
    """Reads an instruction and its output.

    The loss is on the output and, as LLaMA-Factory does it, on the answers of the history.
    """
    loss = Loss(inputs=take_inputs_loss(columns))
    say_system(script, columns, loss.inputs)
    say_history(script, columns, loss)
    asked = Loss(answers=loss.inputs, inputs=loss.inputs)
    say_side(script, columns, ("instruction", "input"), Role.PROMPT, asked)
    say_side(script, columns, ("output",), Role.COMPLETION, loss)
