"""Takes a record apart into its segments, by the adapter of its shape."""

from __future__ import annotations

from typing import Final

from negaudit.records import Role, Segment, Trained
from negaudit.shapes.columns import (
    COMPLETION_NAMES,
    PROMPT_NAMES,
    REASONING_NAMES,
    SYSTEM_NAMES,
    TEXT_NAMES,
    Columns,
    columns_of,
    family_of,
)
from negaudit.shapes.detection import detect
from negaudit.shapes.fitting import sketch_of
from negaudit.shapes.kinds import SHARES, TURNS, kind_of
from negaudit.shapes.registry import UNKNOWN, find
from negaudit.shapes.script import Script
from negaudit.shapes.speech import Loss, speak

__all__ = ["segments_of"]

# "target" is left out: beside a text it is a label more often than an answer.
_ROLES: Final[dict[str, tuple[Role, Trained]]] = {
    **dict.fromkeys(SYSTEM_NAMES, (Role.SYSTEM, Trained.NO)),
    **dict.fromkeys(PROMPT_NAMES, (Role.PROMPT, Trained.NO)),
    **dict.fromkeys(REASONING_NAMES, (Role.COMPLETION, Trained.UNKNOWN)),
    **{name: (Role.COMPLETION, Trained.UNKNOWN) for name in COMPLETION_NAMES if name != "target"},
    **dict.fromkeys(TEXT_NAMES, (Role.TEXT, Trained.UNKNOWN)),
}


def segments_of(record: object, *, shape: str | None = None) -> tuple[str, tuple[Segment, ...]]:
    """Takes a record apart.

    Args:
        record: Any JSON value, as decoded.
        shape: The shape to read it as; None detects it. A record that does not fit the
            shape is read as `unknown`.

    Returns:
        The name of the shape, and the segments in reading order, metadata last. Columns
        that the shape has no use for are text of unknown use where their name says so
        (response_0), else metadata.

    Raises:
        UsageError: No shape is called `shape`.
    """
    columns = columns_of(record)
    name = detect(record) if shape is None else _forced(columns, shape)
    script = Script()
    find(name).read(columns, script)
    _read_rest(columns, script)
    return name, script.segments()


def _forced(columns: Columns, shape: str) -> str:
    return shape if find(shape).fits(sketch_of(columns)) else UNKNOWN


def _read_rest(columns: Columns, script: Script) -> None:
    for name, column in columns.items():
        kind = kind_of(column.value)
        role, trained = _ROLES.get(family_of(name), (None, Trained.UNKNOWN))
        if kind in {TURNS, SHARES}:
            loss = Loss(answers=Trained.UNKNOWN, inputs=Trained.UNKNOWN)
            speak(script, column, Role.TEXT, loss)
        elif role is not None and isinstance(column.value, str):
            script.add(column, role, trained)
        else:
            script.note(column)
