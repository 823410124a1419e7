"""JSON Lines: blocks of the file's own bytes, cut at line ends."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import TypeVar

from negaudit.errors import InputError
from negaudit.read.pieces import pieces
from negaudit.records import Block, Problem

__all__ = ["LONGEST_RECORD", "cut_lines", "too_long", "until_error"]

LONGEST_RECORD = 64 << 20

Item = TypeVar("Item")


def too_long(line: int | None) -> str:
    """Says that a record was skipped for its length."""
    place = f" that begins in line {line}" if line is not None else ""
    return (
        f"the record{place} is longer than {LONGEST_RECORD >> 20} MiB and was skipped; "
        "split it into several records"
    )


def cut_lines(path: str, stream: Iterable[bytes], block_bytes: int) -> Iterator[Block]:
    """Cuts a stream of JSON Lines into blocks of whole lines.

    Args:
        path: The file, as the user named it.
        stream: Its bytes, in runs of any length.
        block_bytes: How many bytes a block should have; a longer line makes a longer block.

    Yields:
        Blocks whose `data` are the bytes of the file; together with the lines that were too
        long (each one a problem of a block without data) they are the whole file.

    Raises:
        InputError: Raised by the stream; all that came before has been yielded.
    """
    row, line = 0, 1
    errors: list[InputError] = []
    for data in _runs(until_error(stream, errors), block_bytes):
        if data is None:
            problem = Problem(row, line, too_long(line))
            yield Block(path, b"", row, line, problems=(problem,))
            row, line = row + 1, line + 1
            continue
        yield Block(path, data, row, line)
        lines, records = _count(data)
        row, line = row + records, line + lines
    if errors:
        raise errors[0]


def until_error(stream: Iterable[Item], errors: list[InputError]) -> Iterator[Item]:
    """Yields what a stream gives before it fails, and keeps the error for later."""
    try:
        yield from stream
    except InputError as error:
        errors.append(error)


def _count(data: bytes) -> tuple[int, int]:
    """Counts line feeds and records; reading lines is the fastest way that CPython has."""
    lines = Counter(map(bytes.isspace, BytesIO(data)))
    return lines.total() - (not data.endswith(b"\n")), lines[False]


def _runs(stream: Iterable[bytes], size: int) -> Iterator[bytes | None]:
    """Yields runs of whole lines, and None for each line that is too long to be held."""
    held: list[bytes] = []
    held_bytes, line_ends, skipping = 0, False, False
    for fresh in pieces(stream, size):
        start = fresh.find(b"\n") + 1 if skipping else 0
        if skipping and not start:
            continue
        if skipping:
            yield None
        piece = fresh[start:]
        end = piece.rfind(b"\n") + 1
        held_bytes += len(piece)
        if held_bytes >= size and (end or line_ends):
            run, rest = _split_last(held, piece, end)
            yield run
            held, held_bytes, line_ends = [rest], len(rest), False
        else:
            held.append(piece)
            line_ends = line_ends or end > 0
        if skipping := held_bytes > LONGEST_RECORD and not line_ends:
            held, held_bytes = [], 0
    if skipping:
        yield None
    elif held_bytes:
        yield b"".join(held)


def _split_last(held: list[bytes], piece: bytes, end: int) -> tuple[bytes, bytes]:
    """Splits what is held behind its last line feed, which ends at `end` of `piece` if at all."""
    if end:
        return b"".join((*held, memoryview(piece)[:end])), piece[end:]
    whole = b"".join((*held, piece))
    end = whole.rfind(b"\n") + 1
    return whole[:end], whole[end:]
