"""Finds where JSON values end in a stream, without decoding them and without holding it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from negaudit.errors import InputError
from negaudit.read.lines import LONGEST_RECORD, too_long
from negaudit.read.pack import Item
from negaudit.read.pieces import CHUNK

__all__ = ["BLANKS", "SEPARATORS", "Scanner"]

# Possessive throughout: each pattern runs over its text once, whatever the text.
STRING = rb'"[^"\\\n]*+(?:\\.[^"\\\n]*+)*+"'
PLAIN = rb'[^"\[\]{}]*+'


def _nested(levels: int) -> bytes:
    """Gives a pattern for a string, or an object or list that is nested no deeper than that."""
    inner = _nested(levels - 1) if levels > 1 else STRING
    return rb"(?:%b|[\[{]%b(?:%b%b)*+[\]}])" % (STRING, PLAIN, inner, PLAIN)


# Most of a record is passed in one match; what is deeper is passed bracket by bracket.
SKIM = re.compile(rb"%b(?:%b%b)*+" % (PLAIN, _nested(3), PLAIN))
INSIDE_STRING = re.compile(rb'[^"\\\n]*+(?:\\.[^"\\\n]*+)*+')
SCALAR = re.compile(rb'[^\s,\[\]{}"]*+')
BLANKS = re.compile(rb"\s*+")
SEPARATORS = re.compile(rb"[\s,]*+")
LARGEST_READ = 16 << 20
WIDEST_INDENT = 200
NEVER_ENDS = "the value never ends"


class Scanner:
    """A window on a stream of JSON text that moves forward, value by value.

    Attributes:
        data: The window; what lies before `mark` may be dropped.
        pos: Where the next value is looked for.
    """

    def __init__(self, stream: Iterator[bytes], newline: bytes = b"\n") -> None:
        self.data = b""
        self.pos = 0
        self._stream = stream
        self._newline = newline
        self._mark = 0
        self._before = 0
        self._line, self._counted = 1, 0
        self._indent = b""
        self._dropped = False
        self._error: InputError | None = None

    def line(self) -> int:
        """Gives the 1-based line of the file at `pos`."""
        self._line += self.data.count(self._newline, self._counted, self.pos)
        self._counted = self.pos
        return self._line

    def skip(self, blanks: re.Pattern[bytes]) -> bytes:
        """Moves behind what `blanks` matches; gives the byte that is there, b"" at the end."""
        while True:
            self._to_end_of(blanks)
            if self.pos < len(self.data):
                return self.data[self.pos : self.pos + 1]
            self._mark = self.pos
            if not self._read():
                return b""

    def look_ahead(self, size: int) -> None:
        """Makes the window reach `size` bytes beyond `pos`, where the stream goes that far."""
        self._mark = self.pos
        while len(self.data) - self.pos < size and self._read():
            pass

    def value(self) -> Item:
        """Takes the value at `pos` and moves behind it.

        Where it is broken, moves on to the next line that begins a value at the same
        indentation, or to the end of the stream.
        """
        line, start = self.line(), self._before + self.pos
        self._mark, self._dropped = self.pos, False
        self._note_indent()
        fault = self._pass_value()
        unended = fault == NEVER_ENDS
        if unended and not self._dropped:
            # Other values may stand in what it seemed to hold.
            self.pos = self._mark + 1
        if fault and not (unended and self._dropped):
            return self.broken(line, fault)
        if self._dropped or self.pos - self._mark > LONGEST_RECORD:
            return Item(line, None, too_long(line))
        data = self.data[self._mark : self.pos]
        if b"\n" in data:
            data = data.replace(b"\r\n", b" \r").replace(b"\n", b"\r")
        return Item(line, data, start=start)

    def broken(self, line: int, fault: str) -> Item:
        """Reports a fault in the value that begins at `line`, and moves on behind it."""
        found = self._pass_to_next()
        skipped = f"lines {line} to {self.line() - 1}" if found else f"all from line {line} on"
        return Item(line, None, f"not valid JSON: {fault}; {skipped} could not be read")

    def pass_rest(self) -> None:
        """Moves behind the close bracket of the object or list that `pos` is in."""
        self._mark, self._dropped = self.pos, False
        self._pass_nested(1)

    def _pass_value(self) -> str:
        first = self.data[self.pos : self.pos + 1]
        if first in (b"{", b"["):
            self.pos += 1
            return self._pass_nested(1)
        if first == b'"':
            return self._pass_string()
        return self._pass_scalar()

    def _pass_nested(self, depth: int) -> str:
        while depth:
            self._to_end_of(SKIM)
            byte = self.data[self.pos : self.pos + 1]
            if byte == b'"':
                if fault := self._pass_string():
                    return fault
            elif byte:
                depth += 1 if byte in b"[{" else -1
                self.pos += 1
            elif not self._read_within():
                return NEVER_ENDS
        return ""

    def _pass_string(self) -> str:
        self.pos += 1
        while True:
            self._to_end_of(INSIDE_STRING)
            rest = self.data[self.pos : self.pos + 2]
            if rest[:1] == b'"':
                self.pos += 1
                return ""
            if rest not in (b"", b"\\"):
                return "a string is not closed in its line"
            if not self._read_within():
                return NEVER_ENDS

    def _pass_scalar(self) -> str:
        while True:
            self._to_end_of(SCALAR)
            if self.pos < len(self.data) or not self._read_within():
                break
        if self.pos > self._mark:
            return ""
        self.pos += 1
        return "a bracket or comma stands where a value should begin"

    def _to_end_of(self, pattern: re.Pattern[bytes]) -> None:
        match = pattern.match(self.data, self.pos)
        self.pos = match.end() if match else self.pos

    def _note_indent(self) -> None:
        start = self.data.rfind(b"\n", max(0, self.pos - WIDEST_INDENT), self.pos) + 1
        if start and not (indent := self.data[start : self.pos]).strip():
            self._indent = indent

    def _next_value(self) -> re.Pattern[bytes]:
        return re.compile(rb"\n" + re.escape(self._indent) + rb"(?=[\[{])")

    def _pass_to_next(self) -> bool:
        pattern = self._next_value()
        while not (match := pattern.search(self.data, self.pos)):
            self._mark = max(self.pos, len(self.data) - WIDEST_INDENT)
            self.pos = self._mark
            if not self._read():
                self.pos = len(self.data)
                return False
        self.pos = match.end()
        return True

    def _read_within(self) -> bool:
        """Reads on within a value.

        A value that has grown too long is passed without holding it; but where a line in it
        begins another value, it is not too long, it only lacks its end.
        """
        if self.pos - self._mark > LONGEST_RECORD:
            if not self._dropped and self._next_value().search(self.data, self._mark + 1):
                return False
            self._dropped, self._mark = True, self.pos
        return self._read()

    def _read(self) -> bool:
        """Reads on, after dropping what lies before the mark. False at the end of the stream."""
        self._drop()
        pieces = [self.data]
        size = max(CHUNK, min(len(self.data), LARGEST_READ))
        try:
            while size > 0 and (piece := next(self._stream, b"")):
                pieces.append(piece)
                size -= len(piece)
        except InputError as error:
            self._error = error
        if len(pieces) == 1 and self._error:
            raise self._error
        self.data = b"".join(pieces)
        return len(pieces) > 1

    def _drop(self) -> None:
        if self._counted < self._mark:
            self._line += self.data.count(self._newline, self._counted, self._mark)
            self._counted = self._mark
        self.data = self.data[self._mark :]
        self._before += self._mark
        self.pos -= self._mark
        self._counted -= self._mark
        self._mark = 0
