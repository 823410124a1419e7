from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pytest

from negaudit.read.document import document_items
from negaudit.read.lines import cut_lines
from negaudit.read.pack import pack
from negaudit.read.table import table_items
from negaudit.records import Block

PIECE = 1 << 16
PIECES = 400


class Endless:
    """A long stream that remembers how far it has been read."""

    def __init__(self, opening: bytes, row: bytes, close: bytes) -> None:
        self.read = 0
        self._parts = (opening, row * (PIECE // len(row)), close)

    def __iter__(self) -> Iterator[bytes]:
        opening, rows, close = self._parts
        yield from filter(None, (opening,))
        for _ in range(PIECES):
            self.read += len(rows)
            yield rows
        yield from filter(None, (close,))


def lines(stream: Iterable[bytes]) -> Iterator[Block]:
    return cut_lines("f", stream, 1 << 20)


def document(stream: Iterable[bytes]) -> Iterator[Block]:
    return pack("f", document_items(iter(stream)), 1 << 20)


def table(stream: Iterable[bytes]) -> Iterator[Block]:
    return pack("f", table_items(stream), 1 << 20)


ROW = b'{"text": "' + b"x" * 200 + b'"}'


@pytest.mark.parametrize(
    ("reader", "stream"),
    [
        (lines, Endless(b"", ROW + b"\n", b"")),
        (document, Endless(b"[", ROW + b",", ROW + b"]")),
        (document, Endless(b'{"data": [', ROW + b",\n", ROW + b"]}")),
        (document, Endless(b"", ROW, b"")),
        (table, Endless(b"text,label\n", b"x" * 200 + b",y\n", b"")),
    ],
)
def test_a_long_stream_is_never_held(reader: Callable[[Any], Iterator[Block]], stream: Endless):
    given = 0
    for block in reader(stream):
        given += len(block.data)
        assert stream.read - given < 4 << 20
    assert stream.read > 20 << 20
    assert given > stream.read * 0.9
