"""Trains adapters group by group, on a processor several groups at once.

The steps of a small model are many small products, which threads hardly speed up. Processes
that train a group each share nothing and wait for nobody.
"""

from __future__ import annotations

import multiprocessing
import os
import re
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import wait
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar

import msgspec
import torch

from negaudit.errors import NegauditError
from negaudit.probe.adapters import Adapters
from negaudit.probe.groups import Groups, groups, step_tokens
from negaudit.probe.memory import give_back_memory
from negaudit.probe.proxy import load_proxy
from negaudit.probe.rows import Row
from negaudit.probe.schedule import Schedule
from negaudit.probe.train import train
from negaudit.probe.trained import Measured, Trained
from negaudit.processes import workers

if TYPE_CHECKING:
    from negaudit.probe.proxy import Proxy

__all__ = ["Group", "Work", "estimate_seconds", "nothing_more", "train_groups"]

_PART = re.compile(r"adapters([0-9]+)-([0-9]+)")
_TIMED = 4  # adapters in a timed step
_LOOK = 0.5  # seconds between two looks at how far the processes are
_HINT = "start it again, a probe with --resume; OMP_NUM_THREADS=1 keeps it to one process"

Found = TypeVar("Found")
Progress = Callable[[int, int], None]


class Work(NamedTuple, Generic[Found]):
    """Adapters to train. All of it can be handed to another process.

    Attributes:
        seeds: One for each adapter.
        rows: Of each adapter.
        schedule: How they are trained.
        measure: What is measured at the schedule's points, as of `train`.
        finish: What is made of trained adapters, given which of all they are.
        checkpoint: Folder to save to and to go on from, or None.
        rank: Of the matrices.
        alpha: The adapters' part is scaled by alpha / rank.
        layers: Which layers have adapters.
    """

    seeds: tuple[int, ...]
    rows: Sequence[Sequence[Row]]
    schedule: Schedule
    measure: Callable[[Adapters, int], Measured]
    finish: Callable[[Adapters, range], Found]
    checkpoint: Path | None
    rank: int = 16
    alpha: float = 32.0
    layers: str = "all"


class Group(NamedTuple, Generic[Found]):
    """Adapters that were trained together.

    Attributes:
        part: Which of all they are.
        trained: What came of their training.
        found: What they were finished with.
    """

    part: range
    trained: Trained
    found: Found


def nothing_more(_adapters: Adapters, _part: range) -> None:
    """Finishes work of which what was measured is all."""


def train_groups(proxy: Proxy, work: Work[Found], progress: Progress) -> list[Group[Found]]:
    """Trains adapters in groups that fit into memory.

    Args:
        proxy: The frozen model. Every further process loads it for itself.
        work: The adapters, and what to do with them.
        progress: Called with updates done and in all, over all groups.

    Raises:
        NegauditError: What the training raised, or a process died.
    """
    planned = groups(proxy, work.rows, work.schedule, rank=work.rank, layers=work.layers)
    if work.checkpoint is not None:
        planned = planned._replace(parts=_settled(work.checkpoint, planned.parts))
    updates = work.schedule.updates
    total = updates * len(planned.parts)
    if planned.workers > 1:
        return _in_processes(proxy, work, planned, lambda done: progress(done, total))

    def trained(number: int, part: range) -> Group[Found]:
        return _train(proxy, work, part, lambda done: progress(number * updates + done, total))

    return [trained(number, part) for number, part in enumerate(planned.parts)]


def _settled(folder: Path, parts: tuple[range, ...]) -> tuple[range, ...]:
    """The parts that a stopped run began with, else these: free memory may be other by now."""
    named = (_PART.fullmatch(path.name) for path in folder.glob("adapters*-*"))
    begun = sorted((range(int(m[1]), int(m[2])) for m in named if m), key=lambda part: part.start)
    if [at for part in begun for at in part] == list(range(parts[-1].stop)):
        return tuple(begun)
    for part in parts:
        with suppress(OSError):  # what cannot be saved is told when it is saved
            (folder / _name(part)).mkdir(parents=True, exist_ok=True)
    return parts


def _name(part: range) -> str:
    return f"adapters{part.start}-{part.stop}"


def _train(
    proxy: Proxy, work: Work[Found], part: range, progress: Callable[[int], None]
) -> Group[Found]:
    mine = slice(part.start, part.stop)
    adapters = Adapters(proxy, work.seeds[mine], work.rank, work.alpha, work.layers)
    trained = train(
        adapters,
        work.rows[mine],
        work.schedule,
        measure=work.measure,
        checkpoint=work.checkpoint and work.checkpoint / _name(part),
        progress=lambda done, _: progress(done),
    )
    return Group(part, trained, work.finish(adapters, part))


def _in_processes(
    proxy: Proxy, work: Work[Found], planned: Groups, progress: Callable[[int], None]
) -> list[Group[Found]]:
    give_back_memory()
    # Updates done by each group, and whether all are to stop.
    board = multiprocessing.get_context("spawn").RawArray("q", len(planned.parts) + 1)
    kind = str(proxy.dtype).removeprefix("torch.")
    model = (proxy.name, str(proxy.device), kind, _threads_each(planned), board)
    with workers(planned.workers, _prepare, *model, hint=_HINT) as submit:
        futures = [
            submit(_train_here, work, part, number) for number, part in enumerate(planned.parts)
        ]
        try:
            while (now := wait(futures, _LOOK)).not_done:
                progress(sum(board[:-1]))
                for future in now.done:
                    future.result()
        finally:
            board[-1] = 1
        progress(sum(board[:-1]))
        return [future.result() for future in futures]


class _Place(NamedTuple):
    """What a process holds."""

    proxy: Proxy
    board: Any


_place: _Place | None = None


def _prepare(name: str, device: str, kind: str, threads: int, board: Any) -> None:
    global _place  # noqa: PLW0603 - a pool's initializer has no other way to its workers
    torch.set_num_threads(threads)
    _place = _Place(load_proxy(name, device=device, dtype=kind), board)


def _train_here(work: Work[Found], part: range, number: int) -> Group[Found]:
    assert _place is not None
    parent = multiprocessing.parent_process()
    board = _place.board

    def progress(done: int) -> None:
        board[number] = done
        if parent is not None and not parent.is_alive():
            os._exit(1)  # nobody waits for it, and a resumed run would write where it writes
        if board[-1]:
            raise NegauditError("the training of another group has failed")

    group = _train(_place.proxy, work, part, progress)
    board[number] = work.schedule.updates  # where a checkpoint was of the last update
    return group


def _threads_each(planned: Groups) -> int:
    return max(1, torch.get_num_threads() // planned.workers)


def estimate_seconds(
    proxy: Proxy,
    rows: Sequence[Sequence[Row]],
    schedule: Schedule,
    *,
    rank: int = 16,
    layers: str = "all",
) -> float:
    """How long the training of all adapters will take, from a few measured updates.

    The first update, which sets up products of new shapes, is left out. Measurements on the way
    are not counted.
    """
    planned = groups(proxy, rows, schedule, rank=rank, layers=layers)
    part = planned.parts[0]
    some = [rows[at] for at in part[:: -(-len(part) // _TIMED)]]
    short = msgspec.structs.replace(schedule, updates=3, points=())
    marks: list[float] = []
    adapters = Adapters(proxy, [0] * len(some), rank=rank, layers=layers)
    with _threads(_threads_each(planned)):
        trained = train(adapters, some, short, progress=lambda *_: marks.append(time.monotonic()))
    per_token = (marks[-1] - marks[0]) / (trained.tokens * 2 / 3)
    tokens = sum(step_tokens(mine, schedule) for mine in rows)
    return per_token * schedule.updates * tokens / planned.workers


@contextmanager
def _threads(count: int) -> Iterator[None]:
    before = torch.get_num_threads()
    torch.set_num_threads(count)
    try:
        yield
    finally:
        torch.set_num_threads(before)
