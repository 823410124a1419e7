"""Blocks through the linter in order: in this process, or in several."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Final, TypeVar

from negaudit.find.rules import RuleSet
from negaudit.lint.block import BlockLinter, Outcome
from negaudit.lint.options import LintOptions
from negaudit.lint.selection import rules_in_force
from negaudit.records import Block

if TYPE_CHECKING:
    from concurrent.futures import Future

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
    from negaudit.processes import workers

    under_way: deque[tuple[Block | _Other, Future[Outcome] | None]] = deque()
    with workers(options.jobs, _prepare, options, hint="run with one job") as submit:
        for step in steps:
            under_way.append((step, submit(_lint, step) if isinstance(step, Block) else None))
            while len(under_way) > _WINDOW * options.jobs:
                yield _finished(*under_way.popleft())
        while under_way:
            yield _finished(*under_way.popleft())


def _finished(
    step: Block | _Other, future: Future[Outcome] | None
) -> tuple[Block | _Other, Outcome | None]:
    return step, None if future is None else future.result()


_linter: Callable[[Block], Outcome] | None = None


def _prepare(options: LintOptions) -> None:
    global _linter  # noqa: PLW0603 - a pool's initializer has no other way to its workers
    _linter = BlockLinter(rules_in_force(options), options.shape)


def _lint(block: Block) -> Outcome:
    assert _linter is not None
    return _linter(block)
