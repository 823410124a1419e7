"""Whatever no other shape fits: every string, said to be of unknown use."""

from __future__ import annotations

from negaudit.records import Role, Trained
from negaudit.shapes.columns import Columns, leaves
from negaudit.shapes.kinds import Sketch
from negaudit.shapes.registry import UNKNOWN, shape
from negaudit.shapes.script import Script


def _fits(_: Sketch) -> bool:
    return True


@shape(UNKNOWN, "anything else: every string, its role and loss unknown", order=1000, fits=_fits)
def unknown(columns: Columns, script: Script) -> None:
    """Reads every string as text of unknown use, and numbers and booleans as metadata."""
    for column in columns.values():
        for leaf in leaves(column):
            if isinstance(leaf.value, str):
                script.add(leaf, Role.TEXT, Trained.UNKNOWN)
            else:
                script.note(leaf)
    columns.clear()
