"""Lints one block of records: what a worker does.

Every record is decoded, which validates it, and its shape is counted. Only records whose raw
bytes hold an anchor of some rule are taken apart and looked at.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import Final, NamedTuple

from negaudit.find.finder import Finder
from negaudit.find.rules import Rule, RuleSet
from negaudit.lint.invalid import invalid_exhibit
from negaudit.lint.places import lines_at
from negaudit.lint.trace import Trace, trace_of
from negaudit.read import Entry, decode_block
from negaudit.records import Block, Exhibit, Kind, Record
from negaudit.shapes import detect, segments_of
from negaudit.shapes.columns import columns_of
from negaudit.shapes.fitting import sketch_of
from negaudit.shapes.registry import UNKNOWN, find

__all__ = ["BlockLinter", "Outcome"]

# A letter or digit in a JSON escape could hide an anchor from the scan of the raw bytes.
_ESCAPED_WORD: Final = re.compile(rb"\\u00(?:3[0-9]|[46][1-9a-fA-F]|[57][0-9aA])")
_ESCAPE: Final = b"\\u00"

# Past the last line of any block.
_NEVER: Final = 1 << 62


class Outcome(NamedTuple):
    """What a block showed.

    Attributes:
        records: Records in it, the unreadable ones included.
        invalid: Records that could not be read.
        shapes: Records of each shape.
        exhibits: Findings, by row.
        traces: What the data set's statistics need to know of each framed record.
        size: Bytes of JSON text.
    """

    records: int
    invalid: int
    shapes: Counter[str]
    exhibits: list[Exhibit]
    traces: list[Trace]
    size: int


class BlockLinter:
    """Lints blocks; made once in each process, since its automaton takes long to build.

    Args:
        rules: The rules in force.
        shape: The shape to read every record as; None detects it.
    """

    def __init__(self, rules: RuleSet, shape: str | None = None) -> None:
        framing = any(rule.match or rule.fields for rule in rules.rules)
        self._finder = Finder(rules) if framing else None
        self._invalid = _rule_of(Kind.INVALID, rules.rules)
        self._shape = shape
        self._fits = find(shape or UNKNOWN).fits
        self._shape_of = detect if shape is None else self._fitted

    def __call__(self, block: Block) -> Outcome:
        """Lints the records of one block."""
        shapes: list[str] = []
        problems: list[Entry] = []
        exhibits: list[Exhibit] = []
        traces: list[Trace] = []
        shape_of, count = self._shape_of, shapes.append
        # Lines and records are numbered alike, where no line of the block can be blank.
        by_line = block.first_line is not None
        first = block.first_row if block.first_line is None else block.first_line
        awaited = iter(lines_at(block.data, self._ends(block.data)))
        candidate = first + next(awaited, _NEVER)
        # All is done in one pass: records that are kept cost more in garbage collection than
        # they cost to decode.
        for row, line, record, problem in decode_block(block):
            if problem is not None:
                problems.append((row, line, record, problem))
            if record is not None or problem is None:
                count(shape_of(record))
            if (line if by_line else row) == candidate:
                candidate = first + next(awaited, _NEVER)
                self._look(block.path, (row, line, record, problem), exhibits, traces)
        if problems and self._invalid is not None:
            complaints = [invalid_exhibit(self._invalid, block.path, entry) for entry in problems]
            exhibits = sorted((*complaints, *exhibits), key=lambda exhibit: exhibit.finding.row)
        unreadable = sum(entry[2] is None for entry in problems)
        records = len(shapes) + unreadable
        return Outcome(records, unreadable, Counter(shapes), exhibits, traces, len(block.data))

    def _look(self, path: str, entry: Entry, exhibits: list[Exhibit], traces: list[Trace]) -> None:
        """Takes a record apart and adds its findings, if it has any."""
        row, line, value, problem = entry
        if self._finder is None or (value is None and problem is not None):
            return
        shape, segments = segments_of(value, shape=self._shape)
        record = Record(path, row, line, shape, segments)
        found = list(self._finder.find(record))
        if found:
            exhibits += found
            traces.append(trace_of(record, found))

    def _fitted(self, record: object) -> str:
        """The shape that the user names, where it fits."""
        assert self._shape is not None
        return self._shape if self._fits(sketch_of(columns_of(record))) else UNKNOWN

    def _ends(self, data: bytes) -> list[int]:
        """Offsets at which an anchor ends, or an escape that could hide one."""
        if self._finder is None:
            return []
        ends = self._finder.scanner.ends(data)
        if _ESCAPE in data:
            ends = [*ends, *(match.end() for match in _ESCAPED_WORD.finditer(data))]
        return sorted(ends)


def _rule_of(kind: Kind, rules: Iterable[Rule]) -> Rule | None:
    return next((rule for rule in rules if rule.kind is kind), None)
