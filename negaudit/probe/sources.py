"""Reads whole data sets with their findings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from negaudit.fix.record import Target
from negaudit.lint.options import LintOptions
from negaudit.lint.run import Run
from negaudit.read import Entry, blocks, decode_block, discover
from negaudit.records import Exhibit, Kind, Record
from negaudit.shapes import segments_of

__all__ = ["read_targets", "record_of"]


def read_targets(paths: Sequence[str], options: LintOptions) -> tuple[Target, ...]:
    """Every readable record of the sources with its findings, framed or not.

    Args:
        paths: Files, folders or hub ids.
        options: How to lint.

    Raises:
        InputError: A source cannot be read, or not to its end.
    """
    run = Run(paths, options)
    found = _by_row(run)
    if run.errors:
        raise run.errors[0]
    return tuple(
        Target(record_of(source.path, entry, options.shape), entry[2], tuple(found.pop(place, ())))
        for source in discover(paths, exclude=options.exclude)
        for block in blocks(source)
        for entry in decode_block(block)
        if entry[2] is not None
        for place in [(source.path, entry[0])]
    )


def _by_row(exhibits: Iterable[Exhibit]) -> dict[tuple[str, int], list[Exhibit]]:
    found: dict[tuple[str, int], list[Exhibit]] = {}
    for exhibit in exhibits:
        finding = exhibit.finding
        if finding.kind is not Kind.INVALID:
            found.setdefault((finding.path, finding.row), []).append(exhibit)
    return found


def record_of(path: str, entry: Entry, shape: str | None = None) -> Record:
    """A record, taken apart."""
    row, line, value, _ = entry
    name, segments = segments_of(value, shape=shape)
    return Record(path, row, line, name, segments)
