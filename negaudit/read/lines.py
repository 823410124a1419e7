"""JSON Lines: blocks of the file's own bytes, cut at line ends."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import filterfalse

from negaudit.read.bytestream import pieces
from negaudit.records import Block, Problem

__all__ = ["LONGEST_RECORD", "cut_lines", "too_long"]

LONGEST_RECORD = 64 << 20


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
    """
    row, line = 0, 1
    for data in _runs(stream, block_bytes):
        if data is None:
            problem = Problem(row, line, too_long(line))
            yield Block(path, b"", row, line, problems=(problem,))
            row, line = row + 1, line + 1
            continue
        yield Block(path, data, row, line)
        lines, records = _count(data)
        row, line = row + records, line + lines


def _count(data: bytes) -> tuple[int, int]:
    """Counts line feeds and records; splitting is the fastest way that CPython has."""
    lines = data.split(b"\n")
    records = sum(1 for _ in filterfalse(bytes.isspace, filter(None, lines)))
    return len(lines) - 1, records


def _runs(stream: Iterable[bytes], size: int) -> Iterator[bytes | None]:
    """Yields runs of whole lines, and None for each line that is too long to be held."""
    held = bytearray()
    whole = 0  # bytes at the beginning of `held` that are whole lines
    skipping = False
    for fresh in pieces(stream, size):
        start = fresh.find(b"\n") + 1 if skipping else 0
        if skipping and not start:
            continue
        if skipping:
            yield None
        piece = fresh[start:]
        if end := piece.rfind(b"\n") + 1:
            whole = len(held) + end
        held += piece
        if whole and len(held) >= size:
            with memoryview(held) as view:
                run = bytes(view[:whole])
            del held[:whole]
            whole = 0
            yield run
        if skipping := len(held) > LONGEST_RECORD and not whole:
            held.clear()
    if skipping:
        yield None
    elif held:
        yield bytes(held)
