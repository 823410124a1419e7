"""Questions that several shapes ask of a record's columns."""

from __future__ import annotations

from collections.abc import Container, Iterable
from typing import Final

from negaudit.records import Role, Trained
from negaudit.shapes.columns import (
    SYSTEM_NAMES,
    Column,
    Columns,
    take,
)
from negaudit.shapes.kinds import LISTS, SPEECH, Kind, Sketch, kind_of
from negaudit.shapes.script import Script
from negaudit.shapes.speech import Loss, speak

__all__ = [
    "PAIRED_COMPLETION_NAMES",
    "PAIRED_PROMPT_NAMES",
    "Kinds",
    "container",
    "items_of",
    "like",
    "say_history",
    "say_prompts",
    "say_side",
    "say_system",
    "sketch_of",
    "spoken",
    "take_container",
    "take_inputs_loss",
]

Kinds = frozenset[Kind]

# These say something only beside each other: a lone "user" is an account name.
PAIRED_PROMPT_NAMES: Final = ("user", "human")
PAIRED_COMPLETION_NAMES: Final = ("assistant", "gpt", "bot")

_CONTAINERS: Final = (
    "messages",
    "conversations",
    "conversation",
    "",
)
_CONTAINER_PARTS: Final = ("message", "conv", "dialog", "chat", "turns", "thread", "traj")
_INPUT_FLAGS: Final = ("train_on_inputs", "train_on_input", "train_on_prompt")


def sketch_of(columns: Columns) -> Sketch:
    """The kind of every column."""
    return {name: kind_of(column.value) for name, column in columns.items()}


def container(sketch: Sketch, kinds: Kinds) -> str | None:
    """The column that holds the conversation: by its usual names, else by parts of them."""
    usual = next((name for name in _CONTAINERS if sketch.get(name) in kinds), None)
    return usual if usual is not None else like(sketch, _CONTAINER_PARTS, kinds)


def like(sketch: Sketch, parts: Iterable[str], kinds: Kinds) -> str | None:
    """The first column whose name has one of the parts in it and that holds one of the kinds."""
    named = (name for name in sketch if any(part in name for part in parts))
    return next((name for name in named if sketch[name] in kinds), None)


def take_container(columns: Columns, kinds: Kinds) -> Column | None:
    """Takes out the column that holds the conversation, if there is one."""
    name = container(sketch_of(columns), kinds)
    return None if name is None else columns.pop(name)


def items_of(column: Column | None) -> list[Column]:
    """The items of a column that is a list; else none."""
    if column is None or not isinstance(column.value, list):
        return []
    return [Column(f"{column.pointer}/{at}", item) for at, item in enumerate(column.value)]


def spoken(sketch: Sketch, names: Iterable[str]) -> bool:
    """Whether any of the named columns holds text or messages."""
    return any(sketch.get(name) in SPEECH for name in names)


def take_inputs_loss(columns: Columns) -> Trained:
    """Whether the record itself asks for the loss on its inputs (axolotl's train_on_inputs)."""
    flags = [name for name in _INPUT_FLAGS if name in columns]
    booleans = [name for name in flags if isinstance(columns[name].value, bool)]
    asked = [column.value for column in take(columns, booleans)]
    return Trained.YES if True in asked else Trained.NO


def say_system(script: Script, columns: Columns, inputs: Trained = Trained.NO) -> None:
    """Writes down the columns that hold a system prompt."""
    for column in take(columns, SYSTEM_NAMES):
        script.say(column, Role.SYSTEM, inputs)


def say_side(
    script: Script, columns: Columns, names: Iterable[str], role: Role, loss: Loss
) -> None:
    """Writes down one side of an exchange, prompt or completion.

    Plain strings share a turn: an instruction and its input, a reasoning and its answer.
    """
    for column in take(columns, names):
        if isinstance(column.value, str):
            script.add(column, role, loss.answers, script.turn)
        else:
            script.close_turn()
            speak(script, column, role, loss)
    script.close_turn()


def say_prompts(script: Script, columns: Columns, names: Container[str], inputs: Trained) -> None:
    """Writes down the named prompt columns, in the record's own order."""
    present = [name for name in columns if name in names]
    say_side(script, columns, present, Role.PROMPT, Loss(answers=inputs, inputs=inputs))


def say_history(script: Script, columns: Columns, loss: Loss) -> None:
    """Writes down earlier exchanges: a list of [question, answer] pairs or of messages."""
    for column in take(columns, ("history",)):
        if kind_of(column.value) == LISTS:
            for pair in items_of(column):
                _say_pair(script, pair, loss)
        else:
            speak(script, column, Role.PROMPT, loss)


def _say_pair(script: Script, pair: Column, loss: Loss) -> None:
    if not isinstance(pair.value, list):
        script.say(pair, Role.TEXT, Trained.UNKNOWN)
    for index, text in enumerate(items_of(pair)):
        if index % 2 == 0:
            script.say(text, Role.USER, loss.inputs)
        else:
            script.say(text, loss.role, loss.answers)
