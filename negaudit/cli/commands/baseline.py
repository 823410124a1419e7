"""`negaudit baseline`: known findings, which `negaudit lint --baseline` leaves out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from negaudit.cli.options import config_options, run_options, select_options
from negaudit.cli.progress import ProgressBar
from negaudit.cli.sink import open_sink
from negaudit.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

    from negaudit.gate.baseline import Baseline

__all__ = ["command"]

DEFAULT = ".negaudit-baseline.json"

HELP = """Keeps known findings in a file, so that only new ones hold a change.

A finding is known by the fingerprint of its rule and content, and as often as it was there;
records may move between rows and files. The file holds no text of the data, an entry a line,
sorted; commit it beside the data or the code. `negaudit lint --baseline FILE` leaves known
findings out and counts them.

\b
Examples:
  negaudit baseline create data/
  negaudit lint data/ --baseline .negaudit-baseline.json
  negaudit baseline prune data/

\b
Exit codes:
  0  written
  2  wrong usage, a baseline that cannot be read or written, or data that cannot be read
"""

CREATE_HELP = """Writes down all findings of the data.

\b
Examples:
  negaudit baseline create data/
  negaudit baseline create train.jsonl --select NEG3 -o tags.json

\b
Exit codes:
  0  written
  2  wrong usage, a file that is there already, or data that cannot be read
"""
UPDATE_HELP = """Writes down all findings of the data again: new ones come in, mended ones go out.

\b
Example:
  negaudit baseline update data/

\b
Exit codes:
  0  written
  2  wrong usage, no such baseline, or data that cannot be read
"""
PRUNE_HELP = """Takes out the findings that are no longer in the data; adds none.

Name all data that the baseline is about: what is not read counts as mended.

\b
Example:
  negaudit baseline prune data/

\b
Exit codes:
  0  written
  2  wrong usage, no such baseline, or data that cannot be read
"""

_Decorated = TypeVar("_Decorated", bound="Callable[..., Any]")


def _options(function: _Decorated) -> _Decorated:
    paths = click.argument("paths", metavar="PATH...", type=click.Path(), nargs=-1, required=True)
    baseline = click.option(
        "-o",
        "--output",
        "baseline",
        metavar="FILE",
        type=click.Path(dir_okay=False),
        default=DEFAULT,
        show_default=True,
        help="The baseline; `baseline` in the configuration names it, too.",
    )
    return paths(baseline(select_options(run_options(config_options(function)))))


@click.group("baseline", help=HELP, short_help="Keep known findings, so that only new ones count.")
def command() -> None:
    """Holds the three commands."""


@command.command("create", help=CREATE_HELP, short_help="Write down all findings.")
@_options
def create(paths: tuple[str, ...], baseline: str, **options: Any) -> None:
    """Writes a new baseline."""
    if Path(baseline).exists():
        hint = "negaudit baseline update, or another file with -o"
        raise UsageError("this file is there already", where=baseline, hint=hint)
    found = _found(paths, options)
    _write(baseline, found, _counted(found.total))


@command.command("update", help=UPDATE_HELP, short_help="Write down all findings again.")
@_options
def update(paths: tuple[str, ...], baseline: str, **options: Any) -> None:
    """Writes a baseline again, and says what has changed."""
    from negaudit.gate.baseline import pruned, read_baseline

    old = read_baseline(Path(baseline))
    found = _found(paths, options)
    kept = pruned(old, found).total
    changes = f"{found.total - kept:,} added, {old.total - kept:,} removed"
    _write(baseline, found, f"{changes}; {_counted(found.total)}")


@command.command("prune", help=PRUNE_HELP, short_help="Take out what is mended.")
@_options
def prune(paths: tuple[str, ...], baseline: str, **options: Any) -> None:
    """Takes out of a baseline what is no longer found."""
    from negaudit.gate.baseline import pruned, read_baseline

    old = read_baseline(Path(baseline))
    kept = pruned(old, _found(paths, options))
    _write(baseline, kept, f"{old.total - kept.total:,} removed; {_counted(kept.total)}")


def _found(paths: tuple[str, ...], options: dict[str, Any]) -> Baseline:
    from negaudit.cli.options import lint_options
    from negaudit.gate.baseline import baseline_of
    from negaudit.lint import Run

    with ProgressBar() as bar:
        run = Run(paths, lint_options(options), progress=bar)
        found = baseline_of(exhibit.finding for exhibit in run)
    if run.errors:
        # A baseline of half the data would call the other half's findings new, or mended.
        raise run.errors[0]
    return found


def _write(path: str, baseline: Baseline, told: str) -> None:
    from negaudit.gate.baseline import baseline_text
    from negaudit.output.inert import inert

    with open_sink(path) as out:
        out.write(baseline_text(baseline))
    click.echo(f"{inert(path)}: {told}")


def _counted(findings: int) -> str:
    from negaudit.output.summary import counted

    return counted(findings, "known finding")
