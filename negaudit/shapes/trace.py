"""Traces of an agent: steps of thought, action and observation."""

from __future__ import annotations

from typing import Final

from negaudit.records import Role, Trained
from negaudit.shapes.columns import COMPLETION_NAMES, PROMPT_NAMES, Column, Columns, path, take
from negaudit.shapes.fitting import (
    Kinds,
    items_of,
    like,
    say_prompts,
    say_system,
    sketch_of,
    take_inputs_loss,
)
from negaudit.shapes.kinds import STEPS, Sketch
from negaudit.shapes.registry import shape
from negaudit.shapes.script import Script

_TASKS: Final = frozenset((*PROMPT_NAMES, "task", "goal", "issue", "problem_statement"))
_ANSWERS: Final = ("final_answer", *COMPLETION_NAMES)
_ACTED: Final = (
    "thought",
    "reasoning",
    "plan",
    "action",
    "action_input",
    "tool_input",
    "command",
    "response",
)
_KINDS: Final[Kinds] = frozenset({STEPS})
_STEP_NAMES: Final = ("traj", "step", "trace", "history", "action", "rollout", "episode", "turns")
_SEEN: Final = ("observation", "result", "output", "tool_output", "feedback")


def _fits(sketch: Sketch) -> bool:
    return like(sketch, _STEP_NAMES, _KINDS) is not None


@shape("trace", "an agent's steps of thought, action and observation", order=80, fits=_fits)
def trace(columns: Columns, script: Script) -> None:
    """Reads the task, every step, and the final answer; the loss is on what the agent does."""
    inputs = take_inputs_loss(columns)
    say_system(script, columns, inputs)
    say_prompts(script, columns, _TASKS, inputs)
    name = like(sketch_of(columns), _STEP_NAMES, _KINDS) or ""
    for step in items_of(columns.pop(name, None)):
        _say_step(script, step, inputs)
    for answer in take(columns, _ANSWERS):
        script.say(answer, Role.COMPLETION, Trained.YES)


def _say_step(script: Script, column: Column, inputs: Trained) -> None:
    """Writes down a step: what the agent does is one turn, what it sees the next."""
    if not isinstance(column.value, dict):
        script.say(column, Role.TEXT, Trained.UNKNOWN)
        return
    step = {key: Column(path(column.pointer, key), item) for key, item in column.value.items()}
    first = script.turn
    for part in take(step, _ACTED):
        script.add(part, Role.ASSISTANT, Trained.YES, first)
    script.close_turn()
    for part in take(step, _SEEN):
        script.add(part, Role.TOOL, inputs, script.turn)
    script.close_turn()
    for rest in step.values():
        script.note(rest, first)
