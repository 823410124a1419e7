"""Raw text, one document a record; also a record that is a bare string."""

from __future__ import annotations

from typing import Final

from negaudit.records import Role, Trained
from negaudit.shapes.columns import COMPLETION_NAMES, TEXT_NAMES, Columns
from negaudit.shapes.kinds import TEXT, TEXTS, Sketch, kind_of
from negaudit.shapes.registry import shape
from negaudit.shapes.script import Script

_NAMES: Final = (*TEXT_NAMES, *COMPLETION_NAMES, "")


def _fits(sketch: Sketch) -> bool:
    return any(sketch.get(name) == TEXT for name in _NAMES) or sketch.get("text") == TEXTS


@shape("text", "raw text: text, content, document, code, body, article", order=110, fits=_fits)
def text(columns: Columns, script: Script) -> None:
    """Reads the one column that is trained on; the loss is on all of it."""
    for name in _NAMES:
        if name in columns and kind_of(columns[name].value) in {TEXT, TEXTS}:
            script.add(columns.pop(name), Role.TEXT, Trained.YES)
            return
