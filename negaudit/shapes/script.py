"""What an adapter writes down while it reads a record: who says what, and the notes beside it."""

from __future__ import annotations

from negaudit.records import Role, Segment, Trained
from negaudit.shapes.columns import Column, leaves, render

__all__ = ["Script"]


class Script:
    """Collects the segments of one record, metadata apart so that it comes last.

    Attributes:
        turn: The number of the next turn.
    """

    def __init__(self) -> None:
        self.turn = 0
        self._spoken: list[Segment] = []
        self._noted: list[Segment] = []

    def add(self, column: Column, role: Role, trained: Trained, turn: int = -1) -> None:
        """Adds every leaf of a value to one turn; -1 is outside the conversation."""
        self._spoken += _segments(column, role, trained, turn)

    def say(self, column: Column, role: Role, trained: Trained) -> None:
        """Adds every leaf of a value as the next turn; a value without text takes no turn."""
        self.add(column, role, trained, self.turn)
        self.close_turn()

    def close_turn(self) -> None:
        """Moves on to the next turn, unless nothing has been said in this one."""
        if self._spoken and self._spoken[-1].turn == self.turn:
            self.turn += 1

    def note(self, column: Column, turn: int = -1) -> None:
        """Adds every leaf of a value as metadata of a turn, or of the whole record."""
        self._noted += _segments(column, Role.METADATA, Trained.NO, turn)

    def segments(self) -> tuple[Segment, ...]:
        """The segments in reading order."""
        return (*self._spoken, *self._noted)


def _segments(column: Column, role: Role, trained: Trained, turn: int) -> list[Segment]:
    if isinstance(column.value, str):  # nearly always: spares the walk
        return [Segment(column.pointer, role, column.value, trained, turn)]
    return [
        Segment(leaf.pointer, role, render(leaf.value), trained, turn) for leaf in leaves(column)
    ]
