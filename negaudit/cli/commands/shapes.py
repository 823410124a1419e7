"""`negaudit shapes`: the record shapes that negaudit reads."""

from __future__ import annotations

import click

from negaudit.cli.sink import open_sink

__all__ = ["command"]

HELP = """Lists the record shapes, in the order in which they are tried.

`negaudit lint --shape NAME` reads every record as one of them.

\b
Examples:
  negaudit shapes
  negaudit lint train.jsonl --shape messages

\b
Exit codes:
  0  listed
  2  wrong usage
"""


@click.command("shapes", help=HELP, short_help="List the record shapes.")
def command() -> None:
    """Prints name and summary of each shape."""
    from rich.text import Text

    from negaudit.output.registry import Look
    from negaudit.output.terminal import open_console, print_labelled
    from negaudit.shapes.registry import shapes

    known = shapes()
    width = max(len(shape.name) for shape in known) + 2
    with open_sink(None) as out:
        console = open_console(out, Look())
        for shape in known:
            print_labelled(console, shape.name, Text(shape.summary), width)
