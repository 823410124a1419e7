"""`negaudit report`: an audit or a probe as one HTML page, or as Markdown."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from negaudit.cli.options import config_options
from negaudit.cli.sink import open_sink

__all__ = ["command"]

HELP = """Shows an audit or a probe again: one HTML page, or Markdown for a pull request.

RESULTS is a folder that `negaudit audit` wrote, or a results.json of `negaudit probe`. The page
needs no network and no JavaScript. In a browser with JavaScript each proposed rewrite can be
accepted, rejected or edited; what is exported there is for `negaudit fix --decisions`.

\b
Examples:
  negaudit report audit -o report.html
  negaudit report audit --redact -o public.html
  negaudit report results.json --format markdown

\b
Exit codes:
  0  written
  2  wrong usage, or results that cannot be read
"""


@click.command("report", help=HELP, short_help="Show an audit as HTML or Markdown.")
@click.argument("results", metavar="RESULTS", type=click.Path(path_type=Path))
@click.option("-o", "--output", metavar="FILE", help="Write here instead of standard output.")
@click.option(
    "--format",
    "style",
    type=click.Choice(["html", "markdown"]),
    default="html",
    show_default=True,
    help="A page that is complete in itself, or a summary for a pull request.",
)
@click.option("--title", metavar="TEXT", default="", help="Heads the report.")
@click.option("--redact", is_flag=True, help="Leave out all text of the data, for public copies.")
@click.option(
    "--records",
    metavar="N",
    type=click.IntRange(min=0),
    help="Show at most so many records; all are counted.  [default: 400, or 10 in Markdown]",
)
@config_options
def command(results: Path, **options: Any) -> None:
    """Reads an audit and writes its report."""
    from negaudit.report import load_audit, render, summary

    audit = load_audit(results, title=options["title"], redact=options["redact"])
    show = render if options["style"] == "html" else summary
    limit = {} if options["records"] is None else {"limit": options["records"]}
    with open_sink(options["output"]) as out:
        out.write(show(audit, **limit))
