"""Shows the changes of a fix, and what they came to, on a terminal; every word is inert."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

import msgspec
from rich.text import Text

from negaudit.output.diff import render_diff, word_diff
from negaudit.output.inert import inert
from negaudit.output.summary import counted

if TYPE_CHECKING:
    from rich.console import Console

    from negaudit.fix.record import Change
    from negaudit.fix.summary import Summary

__all__ = ["print_change", "summary_lines"]

_REASONS: Final = 3
_LONGEST: Final = 120
_OUTCOMES: Final = ("rewritten", "dropped", "masked", "moved", "left")


def print_change(console: Console, change: Change) -> None:
    """Prints what becomes of a record: a line on it, then its strings word by word."""
    place = change.path if change.line is None else f"{change.path}:{change.line}"
    head = Text(f"{inert(place)} row {change.row}  ", style="bold")
    head.append(f"{change.outcome}: {change.remedy.value} ({change.applicability})  {change.id}")
    console.print(head, soft_wrap=True)
    if change.reason:
        console.print(Text(f"  {inert(change.reason)}", style="yellow"), soft_wrap=True)
    styled = console.is_terminal and not console.no_color
    strings = () if change.strings is msgspec.UNSET else change.strings
    for string in strings:
        console.print(Text(f"  {inert(string.pointer)}", style="cyan"), soft_wrap=True)
        pieces = word_diff(string.before, string.after)
        console.print(Text("    ") + render_diff(pieces, styled=styled), soft_wrap=True)


def summary_lines(summary: Summary) -> Iterator[str]:
    """What a fix came to, and what to do next."""
    became = ", ".join(f"{summary.outcomes.get(name, 0):,} {name}" for name in _OUTCOMES)
    yield f"{counted(summary.records, 'record')} read, {summary.framed:,} to fix: {became}"
    if summary.negated or summary.dropped or summary.kept:
        yield (
            f"{counted(summary.negated, 'sentence')} negated, {summary.dropped:,} dropped, "
            f"{summary.kept:,} kept as they were"
        )
    if summary.instead:
        what = counted(summary.instead, "record")
        yield f"{what} took the next remedy, as the first failed; the provenance says why"
    if summary.rejected:
        yield f"{counted(summary.rejected, 'record')} left as the reviewer decided"
    yield from _left(summary)
    yield from _next(summary)


def _left(summary: Summary) -> Iterator[str]:
    ordered = sorted(summary.left.items(), key=lambda item: (-item[1], item[0]))
    for reason, number in ordered[:_REASONS]:
        shown = inert(reason)
        shown = shown if len(shown) <= _LONGEST else f"{shown[:_LONGEST]}…"
        yield f"left: {counted(number, 'record')}: {shown}"
    if len(ordered) > _REASONS:
        rest = sum(number for _, number in ordered[_REASONS:])
        yield f"left: {counted(rest, 'record')} for other reasons, which the provenance names"


def _next(summary: Summary) -> Iterator[str]:
    if summary.waiting:
        what = counted(summary.waiting, "unsafe change")
        yield f"next: --unsafe applies {what}; --diff shows them first"
    if summary.unanswered:
        yield "next: run this again (with --force): answers are kept, what is open is asked again"
    elif summary.left and not summary.waiting:
        yield "next: --remedy KIND=drop lets go of what cannot be fixed"
    if summary.unreadable:
        what = counted(summary.unreadable, "record")
        yield f"next: {what} not to be read as they stand; --remedy invalid=drop drops them"
