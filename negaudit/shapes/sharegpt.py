"""Chats in ShareGPT's form: a list of {"from": ..., "value": ...}."""

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
from negaudit.shapes.kinds import SHARES, Sketch
from negaudit.shapes.registry import shape
from negaudit.shapes.script import Script
from negaudit.shapes.speech import Loss, say_message

_KINDS: Final[Kinds] = frozenset({SHARES})


def _fits(sketch: Sketch) -> bool:
    return container(sketch, _KINDS) is not None


@shape("sharegpt", "chats: a list of messages with from and value", order=60, fits=_fits)
def sharegpt(columns: Columns, script: Script) -> None:
    """Reads a chat; the loss is on gpt and function_call messages unless flags say otherwise."""
    loss = Loss(inputs=take_inputs_loss(columns))
    say_system(script, columns, loss.inputs)
    for message in items_of(take_container(columns, _KINDS)):
        say_message(script, message, loss)
