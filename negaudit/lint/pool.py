"""Blocks through the linter in order: in this process, or in several."""

from __future__ import annotations

import multiprocessing
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Final, TypeVar

from negaudit.errors import NegauditError
from negaudit.find.rules import RuleSet
from negaudit.lint.block import BlockLinter, Outcome
from negaudit.lint.options import LintOptions
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
            future = pool.submit(_lint, step) if isinstance(step, Block) else None
            under_way.append((step, future))
            while len(under_way) > _WINDOW * options.jobs:
                yield _finished(*under_way.popleft())
        while under_way:
            yield _finished(*under_way.popleft())
    except BrokenProcessPool as error:
        raise NegauditError(
            "a worker process ended before its time, perhaps killed for want of memory",
            hint="run with one job; a script needs `if __name__ == '__main__':` to run more",
        ) from error
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _finished(
    step: Block | _Other, future: Future[Outcome] | None
) -> tuple[Block | _Other, Outcome | None]:
    return step, None if future is None else future.result()


_linter: Callable[[Block], Outcome] | None = None


def _prepare(options: LintOptions) -> None:
    """Builds a worker's linter; a Ctrl-C is left to the parent, which ends its workers."""
    global _linter  # noqa: PLW0603 - a pool's initializer has no other way to its workers
    from negaudit.lint.selection import rules_in_force

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _linter = BlockLinter(rules_in_force(options), options.shape)


def _lint(block: Block) -> Outcome:
    assert _linter is not None
    return _linter(block)
