"""Writes JSON Lines and JSON documents with some records changed or left out.

Everything else comes out byte for byte as it went in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from negaudit.fix.edited import Edited, is_dropped, records_of
from negaudit.fix.record import Operation
from negaudit.fix.splice import splice

__all__ = ["edited_document", "edited_lines"]

_SEPARATORS: Final = re.compile(rb"[\s,]*+")


class _Text:
    """A stream of text, read by counting bytes."""

    def __init__(self, stream: Iterable[bytes]) -> None:
        self._stream = iter(stream)
        self._held = b""
        self._begin = 0
        self.pos = 0

    def take(self, size: int) -> bytes:
        """The next bytes; fewer at the end."""
        parts = []
        while size > 0:
            if self._begin == len(self._held):
                self._held, self._begin = next(self._stream, b""), 0
                if not self._held:
                    break
            part = self._held[self._begin : self._begin + size]
            parts.append(part)
            self._begin += len(part)
            self.pos += len(part)
            size -= len(part)
        return b"".join(parts)

    def line(self) -> Iterator[bytes]:
        """The rest of the line, in pieces."""
        while piece := self._held[self._begin :] or next(self._stream, b""):
            end = piece.find(b"\n") + 1 or len(piece)
            self._held, self._begin = piece, end
            self.pos += end
            yield piece[:end]
            if piece[end - 1] == ord("\n"):
                return

    def rest(self) -> Iterator[bytes]:
        """All that is left."""
        yield self._held[self._begin :]
        yield from self._stream


def edited_lines(edited: Iterable[Edited], text: Iterable[bytes]) -> Iterator[bytes]:
    """JSON Lines: a line changes, or goes with its line end.

    Args:
        edited: The file's blocks and what changes in them.
        text: The file's text as UTF-8.
    """
    stream = _Text(text)
    for block, rows in edited:
        if not block.data:
            # A line too long for the reader; it stays.
            yield from stream.line()
            continue
        data = stream.take(len(block.data))
        yield b"".join(_lines(Edited(block, rows), data)) if rows else data
    yield from stream.rest()


def _lines(edited: Edited, data: bytes) -> Iterator[bytes]:
    changed = {
        offset: edited.rows[row]
        for row, offset, _ in records_of(edited.block)
        if row in edited.rows
    }
    *lines, last = data.split(b"\n")
    for offset, line in enumerate((*(line + b"\n" for line in lines), last)):
        new = splice(line, changed.get(offset, ()))
        if new is not None:
            yield new


def edited_document(edited: Iterable[Edited], text: Iterable[bytes]) -> Iterator[bytes]:
    """A JSON document: an element changes, or goes with the comma and the blanks beside it.

    Args:
        edited: The file's blocks, which say where their records begin.
        text: The file's text as UTF-8.
    """
    stream = _Text(text)
    elements = _Elements()
    for block, rows in edited:
        for row, _, data in records_of(block) if block.starts else ():
            assert block.starts is not None
            gap = stream.take(block.starts[row - block.first_row] - stream.pos)
            yield from elements.add(gap, stream.take(len(data)), rows.get(row, ()))
    yield from elements.end()
    yield from stream.rest()


class _Elements:
    """Elements one after the other, with what stands between them.

    Where elements leave a list, what stood before the first of them parts its neighbours.
    """

    def __init__(self) -> None:
        self._before: bytes | None = None
        self._any_kept = False

    def add(self, gap: bytes, data: bytes, operations: Sequence[Operation]) -> Iterator[bytes]:
        """Writes what comes before an element, and the element."""
        same_list = _SEPARATORS.fullmatch(gap) is not None
        if self._before is None or not same_list:
            yield from self.end()
            self._before = gap
            self._any_kept = self._any_kept and same_list
        if is_dropped(operations):
            return
        yield self._before
        new = splice(data, operations)
        assert new is not None
        yield new
        self._before, self._any_kept = None, True

    def end(self) -> Iterator[bytes]:
        """Writes what stood before elements that left the end of a list."""
        if self._before is not None and not (
            self._any_kept and _SEPARATORS.fullmatch(self._before)
        ):
            yield self._before
        self._before = None
