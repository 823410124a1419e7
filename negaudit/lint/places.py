"""From offsets in a block's bytes to its lines and entries."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from operator import itemgetter

from negaudit.read import Entry
from negaudit.records import Block

__all__ = ["entry_of_line", "lines_at"]

_line_of = itemgetter(1)


def lines_at(data: bytes, ends: Iterable[int]) -> list[int]:
    """Numbers of the lines, from 0, that hold the bytes before the given offsets."""
    numbers: list[int] = []
    number = at = 0
    stop = -1
    for end in ends:
        if end <= stop:
            continue
        number += data.count(b"\n", at, end)
        numbers.append(number)
        at = end
        stop = data.find(b"\n", end)
        if stop < 0:
            break
    return numbers


def entry_of_line(block: Block, entries: list[Entry], number: int) -> Entry:
    """The entry of a line of the block; blank lines, which have none, are not asked for."""
    if block.first_line is None:
        return entries[number]
    return entries[bisect_left(entries, block.first_line + number, key=_line_of)]
