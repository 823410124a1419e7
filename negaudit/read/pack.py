"""From single records to blocks, for the formats whose records are not lines of the file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from negaudit.errors import InputError
from negaudit.records import Block, Problem

__all__ = ["Item", "pack"]


class Item(NamedTuple):
    """One record as it was read.

    Attributes:
        line: 1-based line of the file where it begins, or None where the format has no lines.
        data: Its JSON text without line feeds, or None where it could not be read.
        fault: What is wrong with it, or "".
        start: Offset in the file's text where it begins, where its data are bytes of the file.
    """

    line: int | None
    data: bytes | None
    fault: str = ""
    start: int | None = None


def pack(path: str, items: Iterable[Item], block_bytes: int) -> Iterator[Block]:
    """Gathers records into blocks and numbers their rows.

    A record that could not be read takes a row of its own, in a block without data, so the
    rows of a block always follow one another.

    Args:
        path: The file, as the user named it.
        items: Its records in order.
        block_bytes: How many bytes of JSON text make a block.

    Raises:
        InputError: Raised by `items`; the records before it have been yielded.
    """
    held: list[Item] = []
    row, size = 0, 0
    try:
        for item in items:
            if held and (item.data is None or size >= block_bytes):
                yield _block(path, held, row)
                row, size, held = row + len(held), 0, []
            if item.data is None:
                yield Block(path, b"", row, problems=(Problem(row, item.line, item.fault),))
                row += 1
            else:
                held.append(item)
                size += len(item.data)
    except InputError:
        if held:
            yield _block(path, held, row)
        raise
    if held:
        yield _block(path, held, row)


def _block(path: str, items: list[Item], row: int) -> Block:
    lines = tuple(item.line for item in items if item.line is not None)
    problems = tuple(
        Problem(row + offset, item.line, item.fault)
        for offset, item in enumerate(items)
        if item.fault
    )
    starts = tuple(item.start for item in items if item.start is not None)
    data = b"\n".join(item.data for item in items if item.data is not None)
    return Block(path, data, row, lines=lines or None, problems=problems, starts=starts or None)
