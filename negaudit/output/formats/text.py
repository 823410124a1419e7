"""For people at a terminal: each finding with its text, then a summary."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TextIO

from rich.console import Console
from rich.text import Text

from negaudit.output.inert import inert
from negaudit.output.place import place
from negaudit.output.registry import UNREADABLE, Look, Results, output_format
from negaudit.output.summary import REMEDIES, clean_line, counted
from negaudit.output.terminal import SEVERITY_STYLES, labelled, open_console, print_summary
from negaudit.records import Excerpt, Exhibit, Finding

__all__ = ["FOLD", "MAX_EXCERPTS", "write_text"]

FOLD = 160
MAX_EXCERPTS = 6

_LABEL = 11


@output_format("text")
def write_text(results: Results, out: TextIO, look: Look) -> None:
    """Writes each finding as it comes, then the summary or one green line.

    Where nothing could be read there is nothing to say; the errors are told elsewhere.
    """
    console = open_console(out, look)
    found = 0
    for exhibit in results:
        _print_exhibit(console, exhibit, None if look.show_text else FOLD)
        found += 1
    if look.quiet:
        return
    if found:
        print_summary(console, results.statistics, results.rules)
    elif results.exit_code != UNREADABLE:
        console.print(Text(clean_line(results.statistics), style="green"))
    elif results.statistics.records:
        console.print(Text(clean_line(results.statistics, complete=False)))


def _print_exhibit(console: Console, exhibit: Exhibit, fold: int | None) -> None:
    # One print for the whole finding: each costs rich some tenths of a millisecond.
    lines = [_head(exhibit.finding)]
    for label, text in _parts(exhibit, fold):
        lines += labelled(console, Text(f"  {label}", style="dim"), text, _LABEL)
    console.print(Text("\n").join(lines), end="\n\n", soft_wrap=True)


def _parts(exhibit: Exhibit, fold: int | None) -> Iterator[tuple[str, Text]]:
    shown = exhibit.excerpts if fold is None else _first_of_each_part(exhibit.excerpts)
    for excerpt in shown:
        yield excerpt.part, _excerpt(excerpt, fold)
    if more := len(exhibit.excerpts) - len(shown):
        yield "", Text(f"… and {counted(more, 'more part')}", style="dim")
    yield "why", Text(inert(exhibit.finding.message))
    if exhibit.finding.remedies:
        yield "instead", Text("; or ".join(REMEDIES[way] for way in exhibit.finding.remedies))


def _first_of_each_part(excerpts: Sequence[Excerpt]) -> list[Excerpt]:
    room = {"frame": MAX_EXCERPTS // 2, "content": MAX_EXCERPTS // 2}
    shown = []
    for excerpt in excerpts:
        if room[excerpt.part]:
            room[excerpt.part] -= 1
            shown.append(excerpt)
    return shown


def _head(finding: Finding) -> Text:
    details = [finding.placement, f"{finding.confidence} confidence", f"trained: {finding.trained}"]
    return Text.assemble(
        (place(finding), "bold"),
        "  ",
        (finding.severity, SEVERITY_STYLES[finding.severity]),
        f" {inert(finding.code)} {inert(finding.rule)}  ",
        (", ".join(details), "dim"),
    )


def _excerpt(excerpt: Excerpt, fold: int | None) -> Text:
    text = excerpt.text.strip()
    folded = fold is not None and len(text) > fold
    style = "underline" if excerpt.part == "frame" else "dim"
    line = Text(inert(text[:fold].rstrip(), newline=" ⏎ "), style=style)
    return line.append("…" if folded or excerpt.cut else "")
