"""Targets as the linter makes them, for the tests of remedies."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import cache

from negaudit.find.finder import Finder
from negaudit.find.rule_files import load_rule_set
from negaudit.fix.apply import apply
from negaudit.fix.record import Proposal, Target
from negaudit.records import Exhibit, Record
from negaudit.shapes import segments_of

__all__ = ["findings", "fixed", "target", "targets"]


@cache
def _finder() -> Finder:
    return Finder(load_rule_set())


def findings(value: object) -> list[Exhibit]:
    shape, segments = segments_of(value)
    return list(_finder().find(Record("a.jsonl", 0, 1, shape, segments)))


def target(value: object) -> Target:
    """A record with at least one finding."""
    shape, segments = segments_of(value)
    exhibits = findings(value)
    assert exhibits, "the record is clean"
    return Target(Record("a.jsonl", 0, 1, shape, segments), value, tuple(exhibits))


def targets(values: Iterable[object]) -> dict[str, list[Target]]:
    """The framed ones of many records, by shape."""
    found: dict[str, list[Target]] = defaultdict(list)
    for value in values:
        if findings(value):
            made = target(value)
            found[made.record.shape].append(made)
    return found


def fixed(made: Target, proposal: Proposal) -> object:
    return apply(made.value, proposal.operations)
