"""CSV and TSV: each row becomes an object with the header's names."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any, NamedTuple

import msgspec

from negaudit.read.pack import Item

__all__ = ["delimiter_of", "physical_lines", "table_items"]

# The csv module holds four bytes for each character of a field, and twice that as it grows.
LONGEST_ROW = 16 << 20
DELIMITERS = ",\t;|"
LONGEST_NAME = 64
_encode = msgspec.json.Encoder().encode


class _Row(NamedTuple):
    line: int
    cells: list[str]
    fault: str = ""
    readable: bool = True


class _Lines:
    """The lines of a table as the csv module wants them, remembering the row under way.

    Attributes:
        number: 1-based number of the last line given out.
        start: Number of the first line of the row under way.
        size: Bytes of the row under way.
        fault: What is wrong with those bytes.
        blank: Whether the row under way holds nothing but blanks.
        ended: Whether the file has ended before the row has.
    """

    def __init__(self, stream: Iterable[bytes]) -> None:
        self._lines = physical_lines(stream)
        self.number = 0
        self.begin_row()

    def begin_row(self) -> None:
        self.start = self.number + 1
        self.size = 0
        self.fault = ""
        self.blank = True
        self.ended = False

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = next(self._lines, None)
        if line is None:
            self.ended = True
            raise StopIteration
        self.number += 1
        self.size += len(line)
        self.blank = self.blank and line.isspace()
        try:
            return line.decode()
        except UnicodeDecodeError as error:
            place = f"0x{line[error.start]:02x} at byte {error.start + 1} of line {self.number}"
            self.fault = f"not valid UTF-8 ({place}); read as U+FFFD"
            return line.decode("utf-8", "replace")


def table_items(stream: Iterable[bytes], *, delimiter: str | None = None) -> Iterator[Item]:
    """Reads a table row by row.

    Cells that hold a JSON list or object are parsed; all others are strings. Blank lines are
    no records. A row with too few or too many cells is read and its fault named; surplus
    cells are called "column_4" after their place. So are all cells where the first row looks
    like data and not like names.

    Args:
        stream: The table's bytes.
        delimiter: What parts the cells; found out from the first line where it is None.

    Yields:
        The rows as JSON objects, with the line on which each begins.
    """
    # A setting of the whole process; the csv module offers no other way to change it.
    csv.field_size_limit(LONGEST_ROW)
    rows = _rows(_Lines(stream), delimiter)
    header = next(rows, None)
    if header is None:
        return
    fault = header.fault
    if _looks_like_data(header.cells):
        names = [_numbered(place) for place in range(len(header.cells))]
        told = "the first row looks like data, so the columns are called column_1 and so on"
        yield _item(header, names, f"{told}; add a header line")
    else:
        names, repeated = _told_apart(header.cells)
        fault = "; ".join(part for part in (fault, repeated) if part)
    for row in rows:
        yield _item(row, names, fault)
        fault = ""


def _rows(lines: _Lines, delimiter: str | None) -> Iterator[_Row]:
    first = next(lines, "")
    reader = csv.reader(chain([first], lines), delimiter=delimiter or delimiter_of(first))
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            cells = []
        if lines.size > LONGEST_ROW:
            yield _Row(lines.start, [], _endless(lines), readable=False)
        elif cells and not lines.blank:
            open_quote = "a quote that opens in this row is never closed" if lines.ended else ""
            yield _Row(lines.start, cells, open_quote or lines.fault)
        lines.begin_row()


def _endless(lines: _Lines) -> str:
    return (
        f"the row in lines {lines.start} to {lines.number} is longer than "
        f"{LONGEST_ROW >> 20} MiB and was skipped; a quote may lack its end"
    )


def delimiter_of(first: str) -> str:
    """What parts the cells of a table, told by its first line."""
    return max(DELIMITERS, key=lambda mark: len(next(csv.reader([first], delimiter=mark), [])))


def _item(row: _Row, names: list[str], fault: str) -> Item:
    if not row.readable:
        return Item(row.line, None, row.fault)
    faults = [fault, row.fault]
    if len(row.cells) != len(names):
        faults.append(f"the row has {len(row.cells)} cells, the header {len(names)}")
        names = names + [_numbered(place) for place in range(len(names), len(row.cells))]
    record = {name: _cell(cell) for name, cell in zip(names, row.cells, strict=False)}
    return Item(row.line, _encode(record), "; ".join(part for part in faults if part))


def _cell(text: str) -> Any:
    if text[:1] not in ("[", "{"):
        return text
    try:
        return msgspec.json.decode(text)
    except (msgspec.MsgspecError, RecursionError):
        return text


def _looks_like_data(cells: list[str]) -> bool:
    if any(len(cell) > LONGEST_NAME or "\n" in cell or cell[:1] in ("[", "{") for cell in cells):
        return True
    return all(cell.strip().lstrip("-").replace(".", "", 1).isdigit() for cell in cells)


def _numbered(place: int) -> str:
    return f"column_{place + 1}"


def _told_apart(cells: list[str]) -> tuple[list[str], str]:
    """Gives every column a name of its own, and says which names were there twice."""
    names: dict[str, None] = {}
    repeated: list[str] = []
    for place, cell in enumerate(cells):
        name = cell.strip() or _numbered(place)
        if name in names:
            repeated.append(name)
            name = f"{name} {_numbered(place)}"
        names[name] = None
    if not repeated:
        return list(names), ""
    return list(names), f"the header names a column twice: {', '.join(repeated)[:LONGEST_NAME]}"


def physical_lines(stream: Iterable[bytes]) -> Iterator[bytes]:
    """Cuts a stream behind each LF, CR LF or CR; of an endless line only the first part."""
    held: list[bytes] = []
    size, skipping = 0, False
    for chunk in stream:
        held.append(chunk)
        size += len(chunk)
        if b"\n" in chunk or b"\r" in chunk:
            *lines, rest = b"".join(held).splitlines(keepends=True)
            yield from lines[skipping:]
            held, size, skipping = [rest], len(rest), skipping and not lines
        if size > LONGEST_ROW:
            if not skipping:
                yield b"".join(held)
            held, size, skipping = [], 0, True
    if not skipping:
        yield from b"".join(held).splitlines(keepends=True)
