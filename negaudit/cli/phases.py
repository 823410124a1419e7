"""Progress of work in phases on standard error, with an estimate of the time that is left."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from types import TracebackType
from typing import TYPE_CHECKING, Final, Self

import click

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

__all__ = ["Phases"]

_WIDTH: Final = 18
# Steps after which the rest can be told. What is resumed begins in the middle, and the first step
# is left out, which may have had to load what all need.
_TIMED: Final = 5
_AGAIN: Final = 300.0  # seconds


class Phases:
    """Shows one line a phase; call it with the phase, steps done and steps in all.

    Where standard error is no terminal each phase is announced once, and what takes long says
    after its first steps how long it will take, and again every five minutes.

    Args:
        enabled: False shows nothing of the work.
        stopped: Gives what to say after an interrupt: how to go on.
    """

    def __init__(self, *, enabled: bool = True, stopped: Callable[[], str] | None = None) -> None:
        self._enabled = enabled
        self._stopped = stopped
        self._live = enabled and sys.stderr.isatty()
        self._progress: Progress | None = None
        self._tasks: dict[str, TaskID] = {}
        self._first: dict[str, int] = {}
        self._began: dict[str, tuple[float, int]] = {}
        self._told: dict[str, float] = {}

    def __call__(self, phase: str, done: int, total: int) -> None:
        """Tells how far a phase is."""
        if not self._enabled:
            return
        if done > self._first.setdefault(phase, done):
            self._began.setdefault(phase, (time.monotonic(), done))
        if self._live:
            self._show(phase, done, total)
        else:
            self._announce(phase, done, total)

    def say(self, text: str) -> None:
        """Prints a line above the phases."""
        if self._progress is not None:
            self._progress.console.print(text, markup=False, highlight=False)
        elif self._enabled:
            click.echo(text, err=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if self._progress is not None:
            self._progress.stop()
        if kind is KeyboardInterrupt and self._stopped is not None:
            click.echo(f"stopped: {self._stopped()}", err=True)

    def _show(self, phase: str, done: int, total: int) -> None:
        if self._progress is None:
            self._progress = _bars()
            self._progress.start()
        if phase not in self._tasks:
            for task in self._tasks.values():
                self._progress.update(task, completed=self._progress.tasks[task].total)
            self._tasks[phase] = self._progress.add_task(phase.ljust(_WIDTH), total=total)
        self._progress.update(self._tasks[phase], completed=done, total=total)

    def _announce(self, phase: str, done: int, total: int) -> None:
        if phase not in self._told:
            self._told[phase] = -_AGAIN
            click.echo(f"{phase} ...", err=True)
        if phase not in self._began:
            return
        began, first = self._began[phase]
        now = time.monotonic()
        if done - first >= _TIMED and done < total and now - self._told[phase] >= _AGAIN:
            self._told[phase] = now
            seconds = (now - began) / (done - first) * (total - done)
            click.echo(f"{phase}: about {_duration(seconds)} left", err=True)


def _duration(seconds: float) -> str:
    return f"{seconds:.0f} s" if seconds < 90 else f"{seconds / 60:.0f} min"


def _bars() -> Progress:
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )

    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("left"),
        TimeRemainingColumn(),
        console=Console(stderr=True),
    )
