"""Lints one block of records: what a worker does.

Every record is decoded, which validates it, and its shape is counted. Only records whose raw
bytes hold an anchor of some rule are taken apart and looked at.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable
from operator import itemgetter
from typing import Final, NamedTuple

from negaudit.find.finder import Finder
from negaudit.find.rules import Rule, RuleSet
from negaudit.lint.invalid import invalid_exhibit
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

_record_of = itemgetter(2)
_line_of = itemgetter(1)


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

    def __call__(self, block: Block) -> Outcome:
        """Lints the records of one block."""
        entries = list(decode_block(block))
        exhibits, traces = self._framings(block, entries)
        problems = [entry for entry in entries if entry[3] is not None]
        unreadable = sum(entry[2] is None for entry in problems)
        readable: Iterable[object] = map(_record_of, entries)
        if problems:
            readable = [entry[2] for entry in entries if entry[2] is not None or not entry[3]]
        if problems and self._invalid is not None:
            complaints = (invalid_exhibit(self._invalid, block.path, entry) for entry in problems)
            exhibits = sorted((*complaints, *exhibits), key=lambda exhibit: exhibit.finding.row)
        shapes = self._census(readable)
        return Outcome(len(entries), unreadable, shapes, exhibits, traces, len(block.data))

    def _census(self, records: Iterable[object]) -> Counter[str]:
        if self._shape is None:
            return Counter(map(detect, records))
        fits = find(self._shape).fits
        fitting = Counter(fits(sketch_of(columns_of(record))) for record in records)
        return +Counter({self._shape: fitting[True], UNKNOWN: fitting[False]})

    def _framings(self, block: Block, entries: list[Entry]) -> tuple[list[Exhibit], list[Trace]]:
        exhibits: list[Exhibit] = []
        traces: list[Trace] = []
        if self._finder is None:
            return exhibits, traces
        for number in _lines_at(block.data, self._ends(self._finder, block.data)):
            row, line, value, problem = _entry(block, entries, number)
            if value is None and problem:
                continue
            shape, segments = segments_of(value, shape=self._shape)
            record = Record(block.path, row, line, shape, segments)
            found = list(self._finder.find(record))
            if found:
                exhibits += found
                traces.append(trace_of(record, found))
        return exhibits, traces

    @staticmethod
    def _ends(finder: Finder, data: bytes) -> list[int]:
        """Offsets at which an anchor ends, or an escape that could hide one."""
        ends = finder.scanner.ends(data)
        if _ESCAPE in data:
            ends = sorted((*ends, *(match.end() for match in _ESCAPED_WORD.finditer(data))))
        return ends


def _rule_of(kind: Kind, rules: Iterable[Rule]) -> Rule | None:
    return next((rule for rule in rules if rule.kind is kind), None)


def _lines_at(data: bytes, ends: Iterable[int]) -> list[int]:
    """Numbers of the lines, from 0, that hold the bytes before the given offsets."""
    numbers: list[int] = []
    number = at = 0
    stop = -1
    for end in ends:
        if end <= stop:
            continue
        number += data.count(b"\n", at, end)
        numbers.append(number)
        at = end
        stop = data.find(b"\n", end)
        if stop < 0:
            break
    return numbers


def _entry(block: Block, entries: list[Entry], number: int) -> Entry:
    """The entry of a line of the block; blank lines, which have none, are not asked for."""
    if block.first_line is None:
        return entries[number]
    return entries[bisect_left(entries, block.first_line + number, key=_line_of)]
