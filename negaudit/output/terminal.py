"""What the outputs for people share: a console, and the summary of a run."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, TextIO

from rich.console import Console
from rich.table import Table
from rich.text import Text

from negaudit.output.inert import inert
from negaudit.output.registry import Look
from negaudit.output.summary import facts, next_step
from negaudit.records import Severity, Statistics

if TYPE_CHECKING:
    from negaudit.find.rules import Rule

__all__ = [
    "NARROW",
    "SEVERITY_STYLES",
    "labelled",
    "open_console",
    "print_labelled",
    "print_summary",
]

SEVERITY_STYLES = {
    Severity.ERROR: "bold red",
    Severity.WARNING: "bold yellow",
    Severity.NOTE: "bold cyan",
}

NARROW = 72  # columns, below which a table with sentences cannot be read
_WIDTH_OF_A_FILE = 100


class _PipeConsole(Console):
    """A console that leaves a closed pipe to its caller; rich's own would exit with 1."""

    def on_broken_pipe(self) -> None:
        """Raises the error that is being handled."""
        raise BrokenPipeError


def open_console(out: TextIO, look: Look) -> Console:
    """A console that styles as asked, and has a fixed width where it is no terminal."""
    force = {"always": True, "never": False, "auto": None}[look.color]
    console = _PipeConsole(
        file=out, force_terminal=force, markup=False, emoji=False, highlight=False
    )
    if not out.isatty():
        console.width = _WIDTH_OF_A_FILE
    return console


def print_summary(console: Console, statistics: Statistics, rules: Sequence[Rule]) -> None:
    """Prints findings for each rule, the facts of the run, and what to do next."""
    if statistics.rules:
        console.print(_rules_table(statistics, rules, narrow=console.width < NARROW))
        console.print()
    known = facts(statistics)
    width = max(len(label) for label, _ in known) + 2
    for label, value in known:
        print_labelled(console, label, Text(value), width)
    console.print(Text(next_step(statistics), style="bold"))


def print_labelled(console: Console, label: str, text: Text, width: int) -> None:
    """Prints text behind a bold label, its further lines under its first."""
    lines = labelled(console, Text(label, style="bold"), text, width)
    console.print(Text("\n").join(lines), soft_wrap=True)


def labelled(console: Console, label: Text, text: Text, width: int) -> list[Text]:
    """The lines of a text behind a label, as wide as the console, without trailing blanks."""
    lines: list[Text] = []
    for line in text.wrap(console, max(console.width - width, 20)):
        line.rstrip()
        head = Text() if lines else label
        head.pad_right(width - head.cell_len)
        lines.append(Text.assemble(head, line))
    return lines


def _rules_table(statistics: Statistics, rules: Sequence[Rule], *, narrow: bool) -> Table:
    known = {rule.name: rule for rule in rules}
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("findings", justify="right")
    for column in ("code", "rule") if narrow else ("code", "rule", "what it finds"):
        table.add_column(column, overflow="fold")
    for name, number in sorted(statistics.rules.items(), key=lambda item: (-item[1], item[0])):
        rule = known.get(name)
        code, summary = (rule.code, rule.summary) if rule else ("", "")
        cells = (code, name) if narrow else (code, name, summary)
        table.add_row(f"{number:,}", *(Text(inert(cell)) for cell in cells))
    return table
