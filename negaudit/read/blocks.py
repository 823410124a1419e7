"""From a source to blocks of records, whatever the format."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path

from negaudit.errors import InputError
from negaudit.read.bytestream import STDIN, chunks
from negaudit.read.columns import arrow_items, parquet_items, saved_dataset_files
from negaudit.read.document import document_items
from negaudit.read.hub import hub_items
from negaudit.read.lines import cut_lines
from negaudit.read.pack import Item, pack
from negaudit.read.pieces import peek
from negaudit.read.sniff import Layout, columnar, layout, refuse_foreign
from negaudit.read.source import Format, Source
from negaudit.read.table import table_items
from negaudit.records import Block

__all__ = ["BLOCK_BYTES", "blocks"]

BLOCK_BYTES = 1 << 20


def blocks(source: Source, *, block_bytes: int = BLOCK_BYTES) -> Iterator[Block]:
    """Streams the records of a source.

    A record that cannot be read is a problem of its block, or comes to light in
    `decode_block`; the others are read. What makes the source itself unreadable (a missing
    permission, a Git LFS pointer, a binary, a truncated archive) is raised, after all that
    could be read has been yielded; a caller with several sources keeps the error and goes on
    with the next one.

    Args:
        source: One of what `discover` found.
        block_bytes: How much JSON text a block holds; one long record makes a longer block.

    Raises:
        InputError: The source cannot be read, or not to its end.
    """
    yield from _blocks(source, block_bytes)


def _blocks(source: Source, block_bytes: int) -> Iterator[Block]:
    if source.fault:
        raise InputError(source.fault, where=source.path, hint="leave it out with --exclude")
    if source.format is Format.HUB:
        return pack(source.path, hub_items(source.path), block_bytes)
    if source.format is Format.SAVED_DATASET:
        files = saved_dataset_files(source.path)
        rows = chain.from_iterable(arrow_items(file) for file in files)
        return pack(source.path, rows, block_bytes)
    return _file_blocks(source, block_bytes)


def _file_blocks(source: Source, block_bytes: int) -> Iterator[Block]:
    head, stream = peek(chunks(source.path))
    refuse_foreign(source.path, head)
    if kind := columnar(head):
        _require_plain_file(source, kind)
        items = parquet_items(source.path) if kind == "Parquet" else arrow_items(source.path)
        return pack(source.path, items, block_bytes)
    if source.format in (Format.PARQUET, Format.ARROW):
        raise InputError(
            f"its name ends in {Path(source.path).suffix}, its content is something else",
            where=source.path,
            hint="fetch or write the file again, or name it after its content",
        )
    if source.format is Format.TSV:
        return pack(source.path, table_items(stream, delimiter="\t"), block_bytes)
    if source.format is Format.CSV:
        return pack(source.path, table_items(stream), block_bytes)
    return _json_blocks(source, head, stream, block_bytes)


def _json_blocks(
    source: Source, head: bytes, stream: Iterator[bytes], block_bytes: int
) -> Iterator[Block]:
    found = layout(
        head,
        lines_by_name=source.format is Format.JSON_LINES,
        table_possible=source.format is Format.UNKNOWN,
    )
    if found is Layout.LINES:
        return cut_lines(source.path, stream, block_bytes)
    items: Iterable[Item]
    if found is Layout.TABLE:
        items = table_items(stream)
    else:
        newline = b"\n" if b"\n" in head or b"\r" not in head else b"\r"
        items = document_items(stream, newline=newline)
    return pack(source.path, items, block_bytes)


def _require_plain_file(source: Source, kind: str) -> None:
    """Columns are read by seeking, which neither a pipe nor an archive allows."""
    if source.size is None:
        place = "standard input" if source.path == STDIN else "a pipe"
        raise InputError(
            f"{kind} cannot be read from {place}", where=source.path, hint="save it to a file"
        )
    with Path(source.path).open("rb") as file:
        if not columnar(file.read(8)):
            raise InputError(
                f"{kind} cannot be read out of an archive", where=source.path, hint="unpack it"
            )
