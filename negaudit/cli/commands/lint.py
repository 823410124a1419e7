"""`negaudit lint`: findings in data, in the format that is asked for."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from negaudit.cli.options import comma_list, config_options, rules_option
from negaudit.cli.progress import ProgressBar
from negaudit.cli.sink import open_sink
from negaudit.errors import UsageError
from negaudit.output import Look, format_names

if TYPE_CHECKING:
    from negaudit.cli.verdict import Watched
    from negaudit.lint import Run

__all__ = ["command"]

HELP = """Finds content that only a separate warning disowns.

Reads JSON Lines, JSON, CSV, TSV and Parquet files, also compressed with gzip or zstd, folders
of them, data sets saved to disk, and hub ids (hf://...). "-" reads standard input. A record
that cannot be read is a finding of its own, and the rest is still read.

Every option but --config and --no-config can stand in pyproject.toml under [tool.negaudit], or
in negaudit.toml; the command line wins. `negaudit config` shows what is in force.

\b
Examples:
  negaudit lint train.jsonl
  negaudit lint data/ --select falsity,NEG3 --fail-on error
  negaudit lint data/ --format sarif -o findings.sarif --jobs 0
  negaudit lint data/ --statistics --format json
  zcat chats.jsonl.gz | negaudit lint - --stdin-filename chats.jsonl

\b
Exit codes, the same for every format:
  0  no finding at or above --fail-on, and no more framed records than --max-framed-share
  1  otherwise
  2  wrong usage, or a file that cannot be read; the others are still linted
"""


@click.command("lint", help=HELP, short_help="Find warning framings in data.")
@click.argument(
    "paths", metavar="PATH...", type=click.Path(allow_dash=True), nargs=-1, required=True
)
@click.option(
    "--format",
    type=click.Choice(format_names()),
    default="text",
    show_default=True,
    help="How to write the findings.",
)
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    type=click.Path(allow_dash=True),
    help="Write to a file, which appears when it is complete.",
)
@click.option(
    "--select",
    metavar="LIST",
    multiple=True,
    callback=comma_list,
    help="Only these rules: names, codes, beginnings of codes, or kinds, with commas.",
)
@click.option(
    "--ignore", metavar="LIST", multiple=True, callback=comma_list, help="Not these rules."
)
@click.option(
    "--fail-on",
    type=click.Choice(["error", "warning", "note", "never"]),
    default="warning",
    show_default=True,
    help="The least severity that makes the exit code 1.",
)
@click.option(
    "--max-framed-share",
    metavar="SHARE",
    type=click.FloatRange(0, 1),
    help="Exit with 1 when more than this share of the records is framed, from 0 to 1.",
)
@click.option(
    "--statistics", is_flag=True, help="Only what the whole run saw; with format text or json."
)
@click.option(
    "--show-text",
    is_flag=True,
    help="Show text of the data in json, jsonl, sarif and markdown, and unfolded in text.",
)
@click.option("--quiet", "-q", is_flag=True, help="No summary and no progress bar.")
@click.option(
    "--color",
    type=click.Choice(["auto", "always", "never"]),
    default="auto",
    show_default=True,
    help="Whether to style; NO_COLOR is honoured.",
)
@click.option(
    "--jobs",
    metavar="N",
    type=click.IntRange(min=0),
    default=1,
    show_default=True,
    help="Processes to work with; 0 for one on each core.",
)
@click.option("--shape", metavar="NAME", help="Read every record as this shape.")
@rules_option
@click.option(
    "--exclude", metavar="GLOB", multiple=True, help="Leave out these files; may be repeated."
)
@click.option("--stdin-filename", metavar="NAME", help="What to call standard input in findings.")
@config_options
@click.pass_context
def command(ctx: click.Context, /, paths: tuple[str, ...], **options: Any) -> None:
    """Lints, writes, and exits with the verdict."""
    _check(paths, options)
    look = Look(show_text=options["show_text"], quiet=options["quiet"], color=options["color"])
    with ProgressBar(enabled=not look.quiet) as bar, open_sink(options["output"]) as out:
        run = _run(paths, options, bar)
        results = _watched(run, options, bar if out.isatty() else None)
        if options["statistics"]:
            from negaudit.output.statistics import write_statistics

            write_statistics(options["format"], results, out, look)
        else:
            from negaudit.output import writer

            writer(options["format"])(results, out, look)
    _complain(run, results, options["max_framed_share"])
    ctx.exit(results.exit_code)


def _check(paths: tuple[str, ...], options: dict[str, Any]) -> None:
    if options["statistics"] and options["format"] not in ("text", "json"):
        hint = "add --format text or --format json"
        raise UsageError(f"--statistics has no format {options['format']}", hint=hint)
    output = options["output"]
    if output and any(_same_file(output, path) for path in paths):
        hint = "name another file with -o"
        raise UsageError("the output would replace the data", where=output, hint=hint)


def _same_file(output: str, path: str) -> bool:
    return path != "-" and Path(output).resolve() == Path(path).resolve() and Path(path).is_file()


def _run(paths: tuple[str, ...], options: dict[str, Any], bar: ProgressBar) -> Run:
    from negaudit.lint import LintOptions, Run

    given = LintOptions(
        select=options["select"],
        ignore=options["ignore"],
        rules=options["rules"],
        shape=options["shape"],
        jobs=options["jobs"] or _cores(),
        exclude=options["exclude"],
    )
    return Run(paths, given, progress=bar)


def _cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _watched(run: Run, options: dict[str, Any], bar: ProgressBar | None) -> Watched:
    from negaudit.cli.verdict import Gate, Watched
    from negaudit.records import Severity

    least = None if options["fail_on"] == "never" else Severity(options["fail_on"])
    gate = Gate(fail_on=least, max_framed_share=options["max_framed_share"])
    before = None if bar is None else bar.hide
    return Watched(run, gate, stdin_name=options["stdin_filename"], before=before)


def _complain(run: Run, results: Watched, limit: float | None) -> None:
    from negaudit.cli.group import Complaint

    for error in run.errors:
        Complaint(error).show()
    if limit is not None and results.over_share:
        share = f"{100 * results.framed_share:.2f} % of the records are framed"
        click.echo(f"{share}, more than --max-framed-share {limit:g} allows", err=True)
