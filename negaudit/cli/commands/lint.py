"""`negaudit lint`: findings in data, in the format that is asked for."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from negaudit.cli.options import config_options, run_options, select_options
from negaudit.cli.progress import ProgressBar
from negaudit.cli.sink import open_sink
from negaudit.errors import UsageError
from negaudit.output import Look, format_names
from negaudit.output.registry import UNREADABLE

if TYPE_CHECKING:
    from negaudit.cli.verdict import Watched
    from negaudit.gate.baseline import Known
    from negaudit.lint import Run

__all__ = ["command"]

_MOST_ADVICE = 3

HELP = """Finds content that only a separate warning disowns.

Reads JSON Lines, JSON, CSV, TSV, Parquet and Arrow files, also compressed (gzip, zstd, bzip2,
xz), folders of them, data sets saved to disk, and hub ids (hf://...). "-" reads standard input.
A record that cannot be read is a finding of its own, and the rest is still read.

--baseline hides the findings that `negaudit baseline create` wrote down, so that only new ones
count; --changed-since looks only at the records that differ from those of a git revision, so
that a change is judged by itself and in little time. Both can be combined.

Every option but --config and --no-config can stand in pyproject.toml under [tool.negaudit], or
in negaudit.toml; the command line wins. `negaudit config` shows what is in force.

\b
Examples:
  negaudit lint train.jsonl
  negaudit lint data/ --select falsity,NEG3 --fail-on error
  negaudit lint data/ --format sarif -o findings.sarif --jobs 0
  negaudit lint data/ --statistics --format json
  negaudit lint data/ --changed-since origin/main --baseline .negaudit-baseline.json
  zcat chats.jsonl.gz | negaudit lint - --stdin-filename chats.jsonl

\b
Exit codes, the same for every format:
  0  no finding at or above --fail-on that the baseline lacks, and no more framed records,
     known or not, than --max-framed-share
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
@select_options
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
    "--baseline",
    metavar="FILE",
    type=click.Path(dir_okay=False),
    help="Leave out the findings that this file knows; see `negaudit baseline`.",
)
@click.option(
    "--changed-since",
    metavar="REV",
    help="Only records that differ from those where HEAD left this git branch or commit.",
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
@run_options
@click.option("--stdin-filename", metavar="NAME", help="What to call standard input in findings.")
@config_options
@click.pass_context
def command(ctx: click.Context, /, paths: tuple[str, ...], **options: Any) -> None:
    """Lints, writes, and exits with the verdict."""
    _check(paths, options)
    look = Look(show_text=options["show_text"], quiet=options["quiet"], color=options["color"])
    with ProgressBar(enabled=not look.quiet) as bar, open_sink(options["output"]) as out:
        run = _run(paths, options, bar)
        known = _known(options["baseline"])
        results = _watched(run, options, known, bar if out.isatty() else None)
        if options["statistics"]:
            from negaudit.output.statistics import write_statistics

            write_statistics(options["format"], results, out, look)
        else:
            from negaudit.output import writer

            writer(options["format"])(results, out, look)
    _complain(run, results, options["max_framed_share"])
    if not look.quiet:
        _tell_compared(results, known, options["changed_since"])
        gated = known is not None or options["changed_since"] is not None
        # A gate may have looked at some files of a folder, or at some records of them.
        _advise(results.fixable if gated or len(paths) > 1 else paths, results)
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
    from negaudit.cli.options import lint_options
    from negaudit.lint import Run

    narrow = None
    if options["changed_since"] is not None:
        from negaudit.gate.changed import Changes

        narrow = Changes(options["changed_since"])
    return Run(paths, lint_options(options), progress=bar, narrow=narrow)


def _known(baseline: str | None) -> Known | None:
    if baseline is None:
        return None
    from negaudit.gate.baseline import Known, read_baseline

    return Known(read_baseline(Path(baseline)))


def _watched(
    run: Run, options: dict[str, Any], known: Known | None, bar: ProgressBar | None
) -> Watched:
    from negaudit.cli.verdict import Gate, Watched
    from negaudit.records import Severity

    least = None if options["fail_on"] == "never" else Severity(options["fail_on"])
    gate = Gate(fail_on=least, max_framed_share=options["max_framed_share"])
    before = None if bar is None else bar.hide
    name = options["stdin_filename"]
    return Watched(run, gate, stdin_name=name, known=known, before=before)


def _complain(run: Run, results: Watched, limit: float | None) -> None:
    from negaudit.cli.group import Complaint

    for error in run.errors:
        Complaint(error).show()
    if limit is not None and results.over_share:
        share = f"{100 * results.framed_share:.2f} % of the records are framed"
        click.echo(f"{share}, more than --max-framed-share {limit:g} allows", err=True)


def _tell_compared(results: Watched, known: Known | None, revision: str | None) -> None:
    """Says on standard error what a gate compared."""
    from negaudit.output.inert import inert
    from negaudit.output.summary import counted

    if revision is not None:
        compared = counted(results.statistics.records, "record")
        where = " in what could be read" if results.exit_code == UNREADABLE else ""
        click.echo(f"{compared} added or changed since {inert(revision)}{where}", err=True)
    if known is not None and revision is None and (unmet := known.unmet(_names(results))):
        told = f"{counted(unmet, 'finding')} of the baseline not found in this data"
        click.echo(f"{told}; `negaudit baseline prune` takes out what is mended", err=True)


def _advise(paths: Sequence[str], results: Watched) -> None:
    """Says on standard error which commands propose the fix, where something fails."""
    from negaudit.output.inert import inert
    from negaudit.output.summary import counted
    from negaudit.read.bytestream import STDIN

    files = [path for path in paths if path != STDIN] if results.fixable else []
    for path in files[:_MOST_ADVICE]:
        command = f"negaudit fix {inert(shlex.quote(path))} --diff"
        click.echo(f"next: {command}  # proposes the fix", err=True)
    if (more := len(files) - _MOST_ADVICE) > 0:
        click.echo(f"... and so for {counted(more, 'more file')}", err=True)


def _names(results: Watched) -> list[str]:
    return [rule.name for rule in results.rules]
