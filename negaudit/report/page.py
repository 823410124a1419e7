"""Gathers what a report shows, in the order in which it is read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from hashlib import sha256
from itertools import groupby
from pathlib import PurePath
from typing import Final, NamedTuple

import msgspec

from negaudit.fix.record import Change
from negaudit.output.summary import facts
from negaudit.records import Exhibit, Statistics
from negaudit.report.audit import Audit, folder_of, paths_of
from negaudit.report.entries import LIMIT, Entry, entries
from negaudit.report.headline import Headline, headline
from negaudit.report.measured import Measured, measured
from negaudit.report.redaction import redacted
from negaudit.version import VERSION

__all__ = ["Bar", "Page", "Table", "page_of"]

_MOST_BARS: Final = 16


class Bar(NamedTuple):
    """A count, and its share of the greatest beside it."""

    name: str
    number: int
    share: float
    note: str = ""


class Table(NamedTuple):
    """Counts of one thing, the greatest first."""

    title: str
    bars: tuple[Bar, ...]
    more: int


class Page(msgspec.Struct, frozen=True):
    """Everything on the page.

    Attributes:
        title: Heads it.
        version: Of negaudit.
        redacted: Whether the data's text was left out.
        headline: The first screen.
        tables: Findings by kind, placement and source.
        facts: What the linter saw, label and value.
        groups: The records shown, by kind.
        shown: How many records are shown.
        total: How many there are.
        findings: How many findings there are.
        outcomes: Changes by what became of them.
        measured: What the probe measured; None where there was no probe.
        key: Tells this audit's changes from others, for what the browser keeps.
    """

    title: str
    version: str
    redacted: bool
    headline: Headline
    tables: tuple[Table, ...]
    facts: tuple[tuple[str, str], ...]
    groups: tuple[tuple[str, tuple[Entry, ...]], ...]
    shown: int
    total: int
    findings: int
    outcomes: tuple[tuple[str, int], ...]
    measured: Measured | None
    key: str


def page_of(audit: Audit, *, limit: int = LIMIT) -> Page:
    """Gathers the page of an audit, with the data's text left out where that is asked for."""
    audit = redacted(audit) if audit.redact else audit
    shown, total = entries(audit, limit)
    outcomes = Counter(map(_outcome, audit.changes))
    return Page(
        title=audit.title or _files(audit),
        version=VERSION,
        redacted=audit.redact,
        headline=headline(audit),
        tables=tuple(_tables(audit)),
        facts=() if audit.statistics is None else tuple(_facts(audit.statistics)),
        groups=tuple((kind, tuple(group)) for kind, group in groupby(shown, lambda one: one.kind)),
        shown=len(shown),
        total=total,
        findings=len(audit.findings),
        outcomes=tuple(sorted(outcomes.items(), key=lambda item: (-item[1], item[0]))),
        measured=None if audit.results is None else measured(audit.results),
        key=sha256("\n".join(sorted(change.id for change in audit.changes)).encode()).hexdigest(),
    )


def _files(audit: Audit) -> str:
    paths = paths_of(audit)
    if not paths:
        return "Audit"
    if len(paths) > 1 and (folder := folder_of(paths)):
        return f"{folder} ({len(paths):,} files)"
    more = f" and {len(paths) - 1:,} more" if len(paths) > 1 else ""
    return f"{paths[0]}{more}"


def _outcome(change: Change) -> str:
    """What became of a record; the remedy too, where that does not say it."""
    told = change.outcome in {"rewritten", "left"}
    return f"{change.outcome} ({change.remedy})" if told else change.outcome


def _facts(statistics: Statistics) -> Iterable[tuple[str, str]]:
    # The tables show placements and sources.
    return (
        (label, value)
        for label, value in facts(statistics)
        if label != "placements" and not label.startswith("by ")
    )


def _tables(audit: Audit) -> Iterable[Table]:
    statistics = audit.statistics or Statistics()
    if audit.findings or statistics.kinds:
        yield _table("By kind", statistics.kinds or _counted(audit.findings, "kind"))
        yield _table("By placement", statistics.placements or _counted(audit.findings, "placement"))
        yield (_sources(statistics) if statistics.sources else _by_file(audit.findings))


def _by_file(exhibits: Sequence[Exhibit]) -> Table:
    counts = _counted(exhibits, "path")
    folder = folder_of(counts)
    if not folder:
        return _table("By file", counts)
    return _table(f"By file in {folder}", {PurePath(path).name: n for path, n in counts.items()})


def _counted(exhibits: Iterable[Exhibit], field: str) -> dict[str, int]:
    return Counter(str(getattr(exhibit.finding, field)) for exhibit in exhibits)


def _table(title: str, counts: dict[str, int]) -> Table:
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    most = max(counts.values(), default=1)
    bars = (Bar(name, count, count / most) for name, count in ordered[:_MOST_BARS])
    return Table(title, tuple(bars), max(0, len(ordered) - _MOST_BARS))


def _sources(statistics: Statistics) -> Table:
    ordered = sorted(statistics.sources.items(), key=lambda item: (-item[1][0], item[0]))
    bars = (
        Bar(name or "(empty)", framed, framed / max(records, 1), f"of {records:,}")
        for name, (framed, records) in ordered[:_MOST_BARS]
    )
    column = statistics.source_column
    return Table(f"By source ({column})", tuple(bars), max(0, len(ordered) - _MOST_BARS))
