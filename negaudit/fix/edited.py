"""What is handed from a fix to the writers of files: blocks, and what changes in them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from negaudit.fix.record import Drop, Operation
from negaudit.records import Block

__all__ = ["Edited", "is_dropped", "records_of"]


class Edited(NamedTuple):
    """A block of records, and the operations on those of its rows that change."""

    block: Block
    rows: dict[int, tuple[Operation, ...]]


def is_dropped(operations: Sequence[Operation]) -> bool:
    """Whether the record leaves the data set."""
    return any(isinstance(operation, Drop) for operation in operations)


def records_of(block: Block) -> Iterator[tuple[int, int, bytes]]:
    """The records of a block as JSON text.

    Yields:
        The row, how many lines of the block come before it, and the text.
    """
    row = block.first_row
    for offset, data in enumerate(block.data.split(b"\n")):
        if data and not data.isspace():
            yield row, offset, data
            row += 1
