"""Writes CSV and TSV with some rows changed or left out; the others come out byte for byte."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Final, Literal

import msgspec

from negaudit.errors import InputError
from negaudit.fix.edited import Edited, is_dropped, records_of
from negaudit.fix.pointer import keys_of
from negaudit.fix.record import Operation, Replace, SetMember
from negaudit.fix.splice import splice
from negaudit.read import decode
from negaudit.read.table import delimiter_of, physical_lines

__all__ = ["edited_table"]

# As the csv module reads a cell: quotes count at its beginning only.
_FIELD: Final = r'(?:"[^"]*+(?:""[^"]*+)*+(?:"|\Z))?[^%s]*+'


def edited_table(
    edited: Iterable[Edited], text: Iterable[bytes], *, delimiter: str | None = None
) -> Iterator[bytes]:
    """A table: rows that change are written again in the file's own dialect.

    Args:
        edited: The file's blocks, which say on which lines their rows begin.
        text: The file's text as UTF-8.
        delimiter: What parts the cells; found out from the first line where it is None.

    Raises:
        InputError: A row is too long to be read.
    """
    lines = _Lines(text, delimiter)
    for block, rows in edited:
        if not block.data:
            [problem] = block.problems
            hint = "close the quote or leave the row out, then fix the file"
            raise InputError(problem.message, where=block.path, hint=hint)
        for row, _, data in records_of(block):
            if row in rows:
                assert block.lines is not None
                yield from lines.up_to(block.lines[row - block.first_row])
                raw = lines.row()
                if not is_dropped(rows[row]):
                    yield _rewritten(raw, decode(data).record, rows[row], lines.delimiter)
    yield from lines.rest()


class _Lines:
    """The lines of a table, copied or taken row by row."""

    def __init__(self, text: Iterable[bytes], delimiter: str | None) -> None:
        lines = physical_lines(text)
        first = next(lines, b"")
        self.delimiter = delimiter or delimiter_of(_text(first))
        self._lines = chain([first] if first else [], lines)
        self._number = 1

    def up_to(self, number: int) -> Iterator[bytes]:
        """The lines before the one with this number."""
        while self._number < number:
            yield next(self._lines)
            self._number += 1

    def row(self) -> str:
        """The lines of one row, however many there are."""
        taken: list[str] = []
        next(csv.reader(self._noted(taken), delimiter=self.delimiter))
        self._number += len(taken)
        return "".join(taken)

    def rest(self) -> Iterator[bytes]:
        """All that is left."""
        return self._lines

    def _noted(self, taken: list[str]) -> Iterator[str]:
        for line in self._lines:
            taken.append(_text(line))
            yield taken[-1]


def _text(line: bytes) -> str:
    return line.decode("utf-8", "surrogateescape")


def _rewritten(
    raw: str, value: dict[str, object], operations: Sequence[Operation], delimiter: str
) -> bytes:
    body = raw.rstrip("\r\n")
    [cells] = csv.reader(io.StringIO(raw, newline=""), delimiter=delimiter)
    fields = _fields(body, delimiter)
    # The reader gives a row's cells as members, in their order.
    places = {name: at for at, name in enumerate(value)}
    for operation in operations:
        assert isinstance(operation, Replace | SetMember)
        name, below = _column(operation)
        at = places[name]
        cells[at] = _cell(cells[at], operation, below)
        quoted = fields[at].startswith('"')
        fields[at] = _field(cells[at], delimiter, csv.QUOTE_ALL if quoted else csv.QUOTE_MINIMAL)
    return (delimiter.join(fields) + raw[len(body) :]).encode("utf-8", "surrogateescape")


def _fields(body: str, delimiter: str) -> list[str]:
    """The cells of a row as they are spelled."""
    pattern = re.compile(_FIELD % re.escape(delimiter))
    fields: list[str] = []
    pos = 0
    while pos <= len(body):
        match = pattern.match(body, pos)
        assert match is not None
        fields.append(match[0])
        pos = match.end() + len(delimiter)
    return fields


def _column(operation: Replace | SetMember) -> tuple[str, str]:
    """The column that an operation speaks of, and the pointer from there on."""
    if not operation.pointer:
        assert isinstance(operation, SetMember)
        return operation.key, ""
    _, token, *below = operation.pointer.split("/")
    return keys_of(f"/{token}")[0], "".join(f"/{key}" for key in below)


def _cell(cell: str, operation: Replace | SetMember, below: str) -> str:
    """A cell after an operation; one that holds JSON is spliced."""
    if isinstance(operation, Replace) and not below:
        return operation.text
    if isinstance(operation, SetMember) and not operation.pointer:
        return str(operation.value)
    new = splice(
        cell.encode("utf-8", "surrogateescape"), [msgspec.structs.replace(operation, pointer=below)]
    )
    assert new is not None
    return new.decode("utf-8", "surrogateescape")


def _field(cell: str, delimiter: str, quoting: Literal[0, 1]) -> str:
    out = io.StringIO()
    # A second cell, since a row of one empty cell is spelled in its own way.
    csv.writer(out, delimiter=delimiter, quoting=quoting, lineterminator="").writerow((cell, ""))
    return out.getvalue().rpartition(delimiter)[0]
