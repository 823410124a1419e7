"""Framed records on their way through the remedies."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from hashlib import blake2b
from typing import NamedTuple

from negaudit.fix.choice import remedies_for
from negaudit.fix.edited import records_of
from negaudit.fix.record import Target
from negaudit.read import decode
from negaudit.records import Block, Exhibit, Finding, Kind, Record, Remedy, Severity
from negaudit.shapes import segments_of

__all__ = ["Case", "cases_of"]


class Case(NamedTuple):
    """A framed record, as text and as a value.

    Attributes:
        id: What a decisions file calls its change.
        target: The record taken apart, with its findings.
        data: Its JSON text.
        remedies: The remedies to try, in order.
    """

    id: str
    target: Target
    data: bytes
    remedies: tuple[Remedy, ...]

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What was found in it."""
        return tuple(exhibit.finding for exhibit in self.target.exhibits)

    @property
    def grave(self) -> bool:
        """Whether it fails a lint run that is told nothing else."""
        return any(finding.severity is not Severity.NOTE for finding in self.findings)


def cases_of(
    block: Block,
    found: Mapping[int, Sequence[Exhibit]],
    named: Mapping[Kind, Remedy],
    shape: str | None = None,
) -> Iterator[Case]:
    """The records of a block that something is to be done about.

    Records that only cannot be read, or not as they stand, are left alone unless the user
    names a remedy for that.

    Args:
        block: The block.
        found: What was found in its file, by row.
        named: The remedies that the user names for kinds.
        shape: The shape to read every record as; None detects it.
    """
    for row, offset, data in records_of(block):
        exhibits = tuple(
            exhibit
            for exhibit in found.get(row, ())
            if exhibit.finding.kind is not Kind.INVALID or Kind.INVALID in named
        )
        if exhibits:
            value = decode(data).record
            name, segments = segments_of(value, shape=shape)
            record = Record(block.path, row, _line(block, row, offset), name, segments)
            yield _case(Target(record, value, exhibits), data, named)


def _case(target: Target, data: bytes, named: Mapping[Kind, Remedy]) -> Case:
    findings = [exhibit.finding for exhibit in target.exhibits]
    digest = blake2b(data, digest_size=12)
    digest.update("\0".join(sorted(finding.fingerprint for finding in findings)).encode())
    return Case(
        id=digest.hexdigest(),
        target=target,
        data=data,
        remedies=remedies_for(findings, named),
    )


def _line(block: Block, row: int, offset: int) -> int | None:
    if block.first_line is not None:
        return block.first_line + offset
    return block.lines[row - block.first_row] if block.lines is not None else None
