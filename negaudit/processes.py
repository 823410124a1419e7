"""Worker processes, which end with a run and never answer Ctrl-C with a traceback."""

from __future__ import annotations

import multiprocessing
import signal
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from typing import Any

from negaudit.errors import NegauditError

__all__ = ["workers"]

Submit = Callable[..., Future[Any]]


@contextmanager
def workers(
    count: int, prepare: Callable[..., None], *arguments: Any, hint: str
) -> Iterator[Submit]:
    """Processes that functions of a module can be given to.

    Args:
        count: How many.
        prepare: Called first in each, with the arguments. What is large is better read again
            there: it would overfill the pipe that a new process is told its task through, and
            the parent would wait forever for one that died meanwhile.
        arguments: Of `prepare`.
        hint: What to do next where a process has died.

    Yields:
        What hands a function and its arguments to a process.

    Raises:
        NegauditError: A process died.
    """
    pool = ProcessPoolExecutor(
        count,
        mp_context=multiprocessing.get_context("spawn"),
        initializer=_begin,
        initargs=(prepare, arguments),
    )

    def submit(function: Callable[..., Any], *task: Any) -> Future[Any]:
        with _interrupts_held():
            return pool.submit(function, *task)

    try:
        yield submit
    except BrokenProcessPool as error:
        _free_feeder(pool)
        raise NegauditError(
            "a worker process ended before its time, perhaps killed for want of memory",
            hint=f"{hint}; a script needs `if __name__ == '__main__':` to run more than one",
        ) from error
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _free_feeder(pool: ProcessPoolExecutor) -> None:
    """Ends the write of a task to processes that have died.

    Before Python 3.11.5 the pool closes its end of the pipe too late (CPython issue 94777), and
    its shutdown would wait forever for the thread that writes. Since then it closes it itself,
    and a second close could meet the first one half done.
    """
    if sys.version_info >= (3, 11, 5):
        return
    queue = getattr(pool, "_call_queue", None)
    if queue is not None:
        queue._reader.close()


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """Lets processes that start meanwhile inherit a closed ear for Ctrl-C.

    One that is still importing would answer it with a traceback; `_begin` opens its ear.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _begin(prepare: Callable[..., None], arguments: tuple[Any, ...]) -> None:
    """Readies a process; a Ctrl-C ends it at once and without a traceback.

    Where a shell has put the run into the background, Ctrl-C is not meant for it and is ignored.
    """
    if signal.getsignal(signal.SIGINT) is not signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    prepare(*arguments)
