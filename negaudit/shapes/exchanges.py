"""Chats as a list of exchanges: human and assistant, user and assistant, or input and output."""

from __future__ import annotations

from typing import Final

from negaudit.records import Role, Trained
from negaudit.shapes.columns import Column, Columns, path
from negaudit.shapes.fitting import (
    Kinds,
    container,
    items_of,
    say_system,
    take_container,
    take_inputs_loss,
)
from negaudit.shapes.kinds import EXCHANGES, Sketch
from negaudit.shapes.registry import shape
from negaudit.shapes.script import Script

_KINDS: Final[Kinds] = frozenset({EXCHANGES})
_SPEAKERS: Final = {
    "system": Role.SYSTEM,
    "human": Role.USER,
    "user": Role.USER,
    "input": Role.USER,
    "assistant": Role.ASSISTANT,
    "output": Role.ASSISTANT,
}


def _fits(sketch: Sketch) -> bool:
    return container(sketch, _KINDS) is not None


@shape("exchanges", "chats: a list of question and answer objects", order=70, fits=_fits)
def exchanges(columns: Columns, script: Script) -> None:
    """Reads a chat whose items hold a question and its answer; the loss is on the answers."""
    inputs = take_inputs_loss(columns)
    say_system(script, columns, inputs)
    for exchange in items_of(take_container(columns, _KINDS)):
        _say_exchange(script, exchange, inputs)


def _say_exchange(script: Script, column: Column, inputs: Trained) -> None:
    if not isinstance(column.value, dict):
        script.say(column, Role.TEXT, Trained.UNKNOWN)
        return
    first = script.turn
    for key, role in _SPEAKERS.items():
        if key in column.value:
            trained = Trained.YES if role is Role.ASSISTANT else inputs
            script.say(Column(path(column.pointer, key), column.value[key]), role, trained)
    for key, item in column.value.items():
        if key not in _SPEAKERS:
            script.note(Column(path(column.pointer, key), item), max(first, script.turn - 1))
