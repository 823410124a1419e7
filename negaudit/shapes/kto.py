"""One answer with a thumb up or down, as KTO takes it (TRL's unpaired preference)."""

from __future__ import annotations

from typing import Final

from negaudit.records import Role, Trained
from negaudit.shapes.columns import COMPLETION_NAMES, PROMPT_NAMES, Columns, take
from negaudit.shapes.fitting import (
    Kinds,
    container,
    items_of,
    say_history,
    say_prompts,
    say_side,
    say_system,
    spoken,
    take_container,
)
from negaudit.shapes.kinds import FLAG, SHARES, TURNS, Sketch
from negaudit.shapes.registry import shape
from negaudit.shapes.script import Script
from negaudit.shapes.speech import Loss, say_message

_LABELS: Final = ("label", "kto_tag")
_CONVERSATIONS: Final[Kinds] = frozenset({TURNS, SHARES})
_ASKED: Final = Loss(answers=Trained.NO)
_WANTED: Final = Loss()
_UNWANTED: Final = Loss(answers=Trained.NO, role=Role.REJECTED)


def _fits(sketch: Sketch) -> bool:
    if sketch.get("kto_tag") == FLAG:
        return spoken(sketch, COMPLETION_NAMES) or _is_chat(sketch)
    if sketch.get("label") != FLAG:
        return False
    # A question with an answer and a label is a test item more often than a preference.
    return (spoken(sketch, ("prompt",)) and spoken(sketch, COMPLETION_NAMES)) or _is_chat(sketch)


def _is_chat(sketch: Sketch) -> bool:
    return container(sketch, _CONVERSATIONS) is not None


@shape("kto", "prompt, completion and a true or false label", order=20, fits=_fits)
def kto(columns: Columns, script: Script) -> None:
    """Reads a prompt and its answer; an answer labelled false is no target.

    The label is told by the answer's role and loss, so it is no metadata of its own.
    """
    flags = [name for name in _LABELS if isinstance(_value(columns, name), bool)]
    labels = [column.value for column in take(columns, flags)]
    wanted = False not in labels
    loss = _WANTED if wanted else _UNWANTED
    say_system(script, columns)
    say_history(script, columns, _ASKED)
    chat = items_of(take_container(columns, _CONVERSATIONS))
    for message in chat[:-1]:
        say_message(script, message, _ASKED)
    for message in chat[-1:]:
        say_message(script, message, loss)
    say_prompts(script, columns, PROMPT_NAMES, Trained.NO)
    role = Role.COMPLETION if wanted else Role.REJECTED
    say_side(script, columns, COMPLETION_NAMES, role, loss)


def _value(columns: Columns, name: str) -> object:
    return columns[name].value if name in columns else None
