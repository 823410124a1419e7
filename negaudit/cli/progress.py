"""A progress bar on standard error, for work that takes long and says nothing meanwhile."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from types import TracebackType
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

__all__ = ["ProgressBar"]

_DELAY = 2.0


class ProgressBar:
    """Appears when nothing was shown for two seconds; call it with bytes done and in all.

    Args:
        enabled: False never shows it; otherwise it shows where standard error is a terminal.
        clock: Tells seconds.
    """

    def __init__(
        self, *, enabled: bool = True, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._enabled = enabled and sys.stderr.isatty()
        self._clock = clock
        self._quiet_since = clock()
        self._bar: tuple[Progress, TaskID] | None = None

    def __call__(self, done: int, total: int | None) -> None:
        """Shows how far the work is."""
        if not self._enabled:
            return
        if self._bar is None:
            if self._clock() - self._quiet_since < _DELAY:
                return
            self._bar = self._start()
        bar, task = self._bar
        bar.update(task, completed=done, total=total)

    def hide(self) -> None:
        """Takes the bar away, since something is about to be shown where it stands."""
        if self._bar is not None:
            self._bar[0].stop()
            self._bar = None
        self._quiet_since = self._clock()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.hide()

    def _start(self) -> tuple[Progress, TaskID]:
        from rich.console import Console
        from rich.progress import (
            BarColumn,
            DownloadColumn,
            Progress,
            TimeRemainingColumn,
            TransferSpeedColumn,
        )

        columns = (BarColumn(), DownloadColumn(), TransferSpeedColumn(), TimeRemainingColumn())
        bar = Progress(*columns, console=Console(stderr=True), transient=True)
        bar.start()
        return bar, bar.add_task("lint", total=None)
