"""Text in pieces with a loss mask: axolotl's template-free {"label": true, "text": ...} list."""

from __future__ import annotations

from negaudit.records import Role, Trained
from negaudit.shapes.columns import Column, Columns, path
from negaudit.shapes.fitting import items_of
from negaudit.shapes.kinds import MASKED, Sketch
from negaudit.shapes.registry import shape
from negaudit.shapes.script import Script


def _fits(sketch: Sketch) -> bool:
    return sketch.get("segments") == MASKED


@shape("masked", "segments of text, each with its own loss mask", order=40, fits=_fits)
def masked(columns: Columns, script: Script) -> None:
    """Reads the pieces in order; the loss is on those labelled true."""
    for piece in items_of(columns.pop("segments", None)):
        _add_piece(script, piece)


def _add_piece(script: Script, column: Column) -> None:
    if not isinstance(column.value, dict):
        script.add(column, Role.TEXT, Trained.UNKNOWN)
        return
    label = column.value.get("label")
    trained = Trained.YES if label is True else Trained.NO
    for key, item in column.value.items():
        inner = Column(path(column.pointer, key), item)
        if key == "text":
            script.add(inner, Role.TEXT, trained)
        elif key != "label" or not isinstance(item, bool):
            script.note(inner)
