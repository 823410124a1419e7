"""Takes the text of the data out of an audit, for copies that anybody may read."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePath

import msgspec
from msgspec.structs import replace

from negaudit.fix.record import Change
from negaudit.probe.record import Arm, Category, Control, DataFile, Effect, Results
from negaudit.records import Exhibit, Finding, Kind, Span, Statistics
from negaudit.report.audit import Audit

__all__ = ["redacted"]


def redacted(audit: Audit) -> Audit:
    """The audit without excerpts, rewrites, prompts, answers and values of columns.

    Categories and sources are numbered in place of their names, paths lose their folders, and
    sentences that may quote the data are left out. Counts, hashes and measurements stay.
    """
    return replace(
        audit,
        findings=tuple(_exhibit(exhibit) for exhibit in audit.findings),
        statistics=None if audit.statistics is None else _statistics(audit.statistics),
        changes=tuple(_change(change) for change in audit.changes),
        results=None if audit.results is None else _results(audit.results),
        title=audit.title,
    )


def _exhibit(exhibit: Exhibit) -> Exhibit:
    finding = exhibit.finding
    # What the linter says of a record that it cannot read may quote it.
    message = "cannot be read" if finding.kind is Kind.INVALID else finding.message
    bare: Finding = replace(
        finding,
        path=_name(finding.path),
        message=message,
        frame=_spans(finding.frame),
        content=_spans(finding.content),
    )
    return Exhibit(bare, ())


def _spans(spans: tuple[Span, ...]) -> tuple[Span, ...]:
    # A JSON Pointer is made of the data's own keys.
    return tuple(replace(span, pointer="") for span in spans)


def _statistics(statistics: Statistics) -> Statistics:
    sources = sorted(statistics.sources.items(), key=lambda item: (-item[1][0], item[0]))
    return replace(
        statistics,
        sources={f"source {rank}": counts for rank, (_, counts) in enumerate(sources, start=1)},
        source_column="a column" if statistics.source_column else "",
    )


def _change(change: Change) -> Change:
    return replace(
        change,
        path=_name(change.path),
        reason="",
        masks=_spans(change.masks),
        strings=msgspec.UNSET,
    )


def _results(results: Results) -> Results:
    names = _aliases(results)
    return replace(
        results,
        data=tuple(_data_file(file) for file in results.data),
        model=replace(results.model, name=_name(results.model.name)),
        arms=tuple(_arm(arm) for arm in results.arms),
        categories=tuple(_category(category, names) for category in results.categories),
        heldout=replace(
            results.heldout,
            source=_name(results.heldout.source),
            prompts=(),
            files=tuple(_data_file(file) for file in results.heldout.files),
        ),
        readings=(),
        curve=tuple(replace(point, arm=_name(point.arm)) for point in results.curve),
        effects=_effects(results.effects, names),
        verdicts=tuple(
            replace(verdict, category=names[verdict.category], arm=_name(verdict.arm), reason="")
            for verdict in results.verdicts
        ),
        control=None if results.control is None else _control(results.control, names),
        generations=(),
        warnings=(),
        rewritten=tuple(_data_file(file) for file in results.rewritten),
    )


def _aliases(results: Results) -> dict[str, str]:
    known = [category.name for category in results.categories]
    measured = [effect.category for effect in results.effects]
    control = results.control.effects if results.control else ()
    measured += [effect.category for effect in control]
    measured += [verdict.category for verdict in results.verdicts]
    names = dict.fromkeys(name for name in (*known, *measured) if name)
    return {"": "", **{name: f"category {rank}" for rank, name in enumerate(names, start=1)}}


def _data_file(file: DataFile) -> DataFile:
    return replace(file, path=_name(file.path))


def _arm(arm: Arm) -> Arm:
    return replace(arm, name=_name(arm.name))


def _category(category: Category, names: dict[str, str]) -> Category:
    return replace(category, name=names[category.name])


def _effects(effects: Iterable[Effect], names: dict[str, str]) -> tuple[Effect, ...]:
    return tuple(
        replace(effect, category=names[effect.category], arm=_name(effect.arm))
        for effect in effects
    )


def _control(control: Control, names: dict[str, str]) -> Control:
    return replace(control, command="", reason="", effects=_effects(control.effects, names))


def _name(path: str) -> str:
    # Nobody needs the reader's folders; windows paths count too.
    return PurePath(path.replace("\\", "/")).name or path
