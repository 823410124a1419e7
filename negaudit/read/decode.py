"""From the bytes of one record to the value they stand for.

msgspec decodes at full speed what is correct. Only what it refuses is read a second time,
slowly, to say what is wrong and where, and to save the record where that is possible.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from negaudit.read.salvage import Decoded, repeated_key, salvage
from negaudit.records import Block, Problem

__all__ = ["Entry", "decode", "decode_block"]

# Looking for repeated keys costs as much as decoding twice. Whoever writes them writes them
# throughout, so beyond a file's first block, and beyond so many records of another block, which
# may be a small change, one record in so many is looked at.
REPEATED_KEYS_EVERY = 32

_FAULTS = (msgspec.MsgspecError, UnicodeDecodeError, RecursionError)
_decode = msgspec.json.Decoder().decode

Entry = tuple[int, int | None, Any, Problem | None]


def decode(data: bytes) -> Decoded:
    """Decodes one record.

    A record is saved, and its fault named, where it holds NaN or Infinity (they become None),
    a number that is out of range (it becomes its digits), unpaired surrogates or bytes that
    are no UTF-8 (each becomes U+FFFD), raw control characters, a key twice (the last value
    stays), or more text after the record (which is left out).

    Args:
        data: One JSON value.
    """
    try:
        return Decoded(_decode(data), repeated_key(data))
    except _FAULTS:
        return salvage(data)


def decode_block(block: Block) -> Iterator[Entry]:
    """Decodes the records of a block.

    Repeated keys are looked for in every record of a file's first block, and in the first 32
    of every other one; after these in one of 32. A block's own problems come with their
    record, or after the records where they have none.

    Yields:
        Row, line of the file (None where there is none), the record (None where it could not
        be read, and for the JSON value null) and its problem (None where there is none).
    """
    known = {problem.row: problem for problem in block.problems}
    every = 1 if block.first_row == 0 else REPEATED_KEYS_EVERY
    row = block.first_row - 1
    for offset, data in enumerate(_lines(block.data)):
        try:
            record = _decode(data)
            fault = ""
            row += 1
            told = row - block.first_row
            if told < REPEATED_KEYS_EVERY or not told % every:
                fault = repeated_key(data)
        except _FAULTS:
            if not data or data.isspace():
                continue
            row += 1
            record, fault = salvage(data)
        line = _line(block, offset, row)
        if fault or known:
            yield row, line, record, _joined(known.pop(row, None), row, line, fault)
        else:
            yield row, line, record, None
    for problem in known.values():
        yield problem.row, problem.line, None, problem


def _lines(data: bytes) -> list[bytes]:
    # A block that is one long line is not copied.
    if data.find(b"\n", 0, -1) < 0:
        return [data]
    return data.split(b"\n")


def _line(block: Block, offset: int, row: int) -> int | None:
    if block.first_line is not None:
        return block.first_line + offset
    return block.lines[row - block.first_row] if block.lines is not None else None


def _joined(known: Problem | None, row: int, line: int | None, fault: str) -> Problem | None:
    message = "; ".join(part for part in (known.message if known else "", fault) if part)
    return Problem(row, line, message) if message else None
