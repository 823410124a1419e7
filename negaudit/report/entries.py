"""The records to look through: each with its findings, its text, and what a fix would do."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice, zip_longest
from typing import Final

import msgspec

from negaudit.fix.record import Change
from negaudit.records import Excerpt, Exhibit, Finding, Kind, Severity
from negaudit.report.audit import Audit
from negaudit.report.diffs import Diff, diff_of

__all__ = ["HARMFUL", "LIMIT", "Entry", "entries"]

# What a page can hold and a person will look through.
LIMIT: Final = 400
_MAX_EXCERPT: Final = 600
_MAX_EXCERPTS: Final = 6

# Kinds whose content may do harm to read, and whose text is folded away.
HARMFUL: Final = frozenset({Kind.HARM, Kind.IMITATION, Kind.CRITIQUE, Kind.LABEL})

_SEVERITIES: Final = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTE: 2}


class Entry(msgspec.Struct, frozen=True):
    """A framed record, or one change to it.

    Attributes:
        number: Counts the entries of a page from 1.
        place: File and line, for people.
        path: The file.
        row: 0-based row.
        findings: Its findings; at least one, unless only a change is known.
        excerpts: Its text, where no change shows it.
        change: What a fix does to it, or would do.
        diffs: The strings that change.
        kind: Of its first finding.
        placement: Of its first finding, or "".
        severity: The worst of its findings.
        harmful: Whether its text is to be folded away.
    """

    number: int
    place: str
    path: str
    row: int
    findings: tuple[Finding, ...]
    excerpts: tuple[Excerpt, ...]
    change: Change | None
    diffs: tuple[Diff, ...]
    kind: str
    placement: str
    severity: str
    harmful: bool

    @property
    def editable(self) -> bool:
        """Whether the whole proposed text is in the page."""
        return bool(self.diffs) and all(diff.after is not None for diff in self.diffs)


class _Case(msgspec.Struct, frozen=True):
    """A record's findings and at most one change to it."""

    exhibits: tuple[Exhibit, ...]
    change: Change | None


def entries(audit: Audit, limit: int = LIMIT) -> tuple[tuple[Entry, ...], int]:
    """Chooses the records that a page shows.

    Args:
        audit: The audit.
        limit: How many records to show at most.

    Returns:
        The entries, those of one kind together, and how many there are in all. Where there are
        more than the limit, every group of kind, placement, file and outcome is shown in part.
    """
    cases = list(_cases(audit))
    chosen = cases if len(cases) <= limit else _spread(cases, limit)
    ordered = _ordered(chosen)
    return tuple(_entry(case, rank) for rank, case in enumerate(ordered, start=1)), len(cases)


def _cases(audit: Audit) -> Iterator[_Case]:
    records: dict[tuple[str, int], list[Exhibit]] = defaultdict(list)
    changes: dict[tuple[str, int], list[Change]] = defaultdict(list)
    for exhibit in audit.findings:
        records[exhibit.finding.path, exhibit.finding.row].append(exhibit)
    for change in audit.changes:
        changes[change.path, change.row].append(change)
    for key, exhibits in records.items():
        left = exhibits
        for change in changes.pop(key, ()):
            mine = [one for one in left if one.finding.fingerprint in change.findings]
            left = [one for one in left if one not in mine]
            yield _Case(tuple(mine), change)
        if left:
            yield _Case(tuple(left), None)
    yield from (_Case((), change) for change in chain.from_iterable(changes.values()))


def _spread(cases: Iterable[_Case], limit: int) -> list[_Case]:
    groups: dict[tuple[str, ...], list[_Case]] = defaultdict(list)
    for case in cases:
        groups[_group(case)].append(case)
    # The first of every group, then the second of every group, and so on.
    rounds = zip_longest(*(groups[key] for key in sorted(groups)))
    dealt = (case for hand in rounds for case in hand if case is not None)
    return list(islice(dealt, limit))


def _group(case: _Case) -> tuple[str, ...]:
    change = case.change
    done = ("", "") if change is None else (change.remedy, change.applicability)
    path = case.exhibits[0].finding.path if case.exhibits else ""
    return _kind(case), _placement(case), path, *done


def _ordered(cases: Iterable[_Case]) -> list[_Case]:
    """Those of one kind together, the kinds with the worst findings first."""
    kinds: dict[str, list[_Case]] = defaultdict(list)
    for case in cases:
        kinds[_kind(case)].append(case)
    worst = {kind: min(map(_rank, found)) for kind, found in kinds.items()}
    order = sorted(kinds, key=lambda kind: (worst[kind], kind))
    return [case for kind in order for case in sorted(kinds[kind], key=_order)]


def _order(case: _Case) -> tuple[int, str, int]:
    path, row, _ = _where(case)
    return _rank(case), path, row


def _rank(case: _Case) -> int:
    return _SEVERITIES[_severity(case)]


def _where(case: _Case) -> tuple[str, int, int | None]:
    source = case.change or case.exhibits[0].finding
    return source.path, source.row, source.line


def _kind(case: _Case) -> str:
    if case.exhibits:
        return str(case.exhibits[0].finding.kind)
    return str(case.change.kinds[0]) if case.change and case.change.kinds else ""


def _placement(case: _Case) -> str:
    return str(case.exhibits[0].finding.placement) if case.exhibits else ""


def _severity(case: _Case) -> Severity:
    found = (exhibit.finding.severity for exhibit in case.exhibits)
    return min(found, key=_SEVERITIES.__getitem__, default=Severity.NOTE)


def _entry(case: _Case, number: int) -> Entry:
    path, row, line = _where(case)
    change = case.change
    strings = change.strings if change is not None and change.strings else ()
    kinds = {exhibit.finding.kind for exhibit in case.exhibits} | set(
        change.kinds if change else ()
    )
    return Entry(
        number=number,
        place=f"{path}[row {row}]" if line is None else f"{path}:{line}",
        path=path,
        row=row,
        findings=tuple(exhibit.finding for exhibit in case.exhibits),
        excerpts=() if strings else _excerpts(case.exhibits),
        change=change,
        diffs=tuple(map(diff_of, strings)),
        kind=_kind(case),
        placement=_placement(case),
        severity=str(_severity(case)),
        harmful=bool(kinds & HARMFUL),
    )


def _excerpts(exhibits: Sequence[Exhibit]) -> tuple[Excerpt, ...]:
    # Findings of one record often share their content.
    every = dict.fromkeys(chain.from_iterable(exhibit.excerpts for exhibit in exhibits))
    ordered = sorted(every, key=lambda excerpt: excerpt.span)
    return tuple(_shortened(excerpt) for excerpt in ordered[:_MAX_EXCERPTS])


def _shortened(excerpt: Excerpt) -> Excerpt:
    if len(excerpt.text) <= _MAX_EXCERPT:
        return excerpt
    return msgspec.structs.replace(excerpt, text=excerpt.text[:_MAX_EXCERPT], cut=True)
