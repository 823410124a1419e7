"""Blocks through the linter in order: in this process, or in several."""

from __future__ import annotations

import multiprocessing
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from typing import Final, TypeVar

from negaudit.errors import NegauditError
from negaudit.find.rules import RuleSet
from negaudit.lint.block import BlockLinter, Outcome
from negaudit.lint.options import LintOptions
from negaudit.lint.selection import rules_in_force
from negaudit.records import Block

__all__ = ["outcomes"]

# Blocks under way for each process: one at work, one waiting, so that none is idle.
_WINDOW: Final = 2

_Other = TypeVar("_Other")


def outcomes(
    steps: Iterable[Block | _Other], rules: RuleSet, options: LintOptions
) -> Iterator[tuple[Block | _Other, Outcome | None]]:
    """Lints the blocks among `steps` and hands on whatever else there is, in the same order.

    With several jobs the blocks go to processes, never more at once than keep them busy, so
    memory does not grow with the data.

    Yields:
        Each step, with its outcome where it is a block.

    Raises:
        NegauditError: A process died.
    """
    if options.jobs == 1:
        linter = BlockLinter(rules, options.shape)
        for step in steps:
            yield step, linter(step) if isinstance(step, Block) else None
        return
    yield from _in_processes(steps, options)


def _in_processes(
    steps: Iterable[Block | _Other], options: LintOptions
) -> Iterator[tuple[Block | _Other, Outcome | None]]:
    pool = ProcessPoolExecutor(
        options.jobs,
        mp_context=multiprocessing.get_context("spawn"),
        initializer=_prepare,
        initargs=(options,),
    )
    under_way: deque[tuple[Block | _Other, Future[Outcome] | None]] = deque()
    try:
        for step in steps:
            future = None
            if isinstance(step, Block):
                with _interrupts_held():
                    future = pool.submit(_lint, step)
            under_way.append((step, future))
            while len(under_way) > _WINDOW * options.jobs:
                yield _finished(*under_way.popleft())
        while under_way:
            yield _finished(*under_way.popleft())
    except BrokenProcessPool as error:
        _free_feeder(pool)
        raise NegauditError(
            "a worker process ended before its time, perhaps killed for want of memory",
            hint="run with one job; a script needs `if __name__ == '__main__':` to run more",
        ) from error
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _free_feeder(pool: ProcessPoolExecutor) -> None:
    """Ends the write of a block to processes that have died.

    Before Python 3.11.5 the pool closes its end of the pipe too late (CPython issue 94777), and
    its shutdown would wait forever for the thread that writes. Since then it closes it itself,
    and a second close could meet the first one half done.
    """
    if sys.version_info >= (3, 11, 5):
        return
    queue = getattr(pool, "_call_queue", None)
    if queue is not None:
        queue._reader.close()


def _finished(
    step: Block | _Other, future: Future[Outcome] | None
) -> tuple[Block | _Other, Outcome | None]:
    return step, None if future is None else future.result()


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """Lets processes that start meanwhile inherit a closed ear for Ctrl-C.

    One that is still importing would answer it with a traceback; `_prepare` opens its ear.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


_linter: Callable[[Block], Outcome] | None = None


def _prepare(options: LintOptions) -> None:
    """Builds a worker's linter; a Ctrl-C ends the worker at once and without a traceback.

    Where a shell has put the run into the background, Ctrl-C is not meant for it and is ignored.

    The rules are read again: handed over they would overfill the pipe that a new process is
    told its task through, and the parent would wait forever for one that died meanwhile.
    """
    global _linter  # noqa: PLW0603 - a pool's initializer has no other way to its workers
    if signal.getsignal(signal.SIGINT) is not signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    _linter = BlockLinter(rules_in_force(options), options.shape)


def _lint(block: Block) -> Outcome:
    assert _linter is not None
    return _linter(block)
