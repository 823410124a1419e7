"""Chats in OpenAI's form: a list of {"role": ..., "content": ...}."""

from __future__ import annotations

from typing import Final

from negaudit.shapes.columns import Columns
from negaudit.shapes.fitting import (
    Kinds,
    container,
    items_of,
    say_system,
    take_container,
    take_inputs_loss,
)
from negaudit.shapes.kinds import TURNS, Sketch
from negaudit.shapes.registry import shape
from negaudit.shapes.script import Script
from negaudit.shapes.speech import Loss, say_message

_KINDS: Final[Kinds] = frozenset({TURNS})


def _fits(sketch: Sketch) -> bool:
    return container(sketch, _KINDS) is not None


@shape("messages", "chats: a list of messages with role and content", order=50, fits=_fits)
def messages(columns: Columns, script: Script) -> None:
    """Reads a chat; the loss is on assistant messages unless weights or flags say otherwise."""
    loss = Loss(inputs=take_inputs_loss(columns))
    say_system(script, columns, loss.inputs)
    for message in items_of(take_container(columns, _KINDS)):
        say_message(script, message, loss)
