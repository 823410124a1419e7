"""When to learn how fast, and from which records."""

from __future__ import annotations

import msgspec
import torch

from negaudit.errors import UsageError

__all__ = ["Schedule", "order", "rate"]


class Schedule(msgspec.Struct, frozen=True):
    """How adapters are trained, the same for all of them.

    Attributes:
        updates: Optimizer steps.
        batch: Records in a step.
        learning_rate: After the warm-up, from where it falls in a line to zero.
        warmup: Steps in which it rises in a line.
        clip: Largest norm of an adapter's gradient.
        points: Updates after which the adapters are measured.
    """

    updates: int
    batch: int = 8
    learning_rate: float = 5e-4
    warmup: int = 5
    clip: float = 1.0
    points: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        if self.updates < 1 or self.batch < 1:
            raise UsageError("a schedule needs an update and a record in it, or more")
        if any(not 0 <= point <= self.updates for point in self.points):
            raise UsageError(f"points to measure at lie outside of 0 to {self.updates} updates")


def rate(schedule: Schedule, update: int) -> float:
    """The learning rate of an update, counted from 0; never zero."""
    warmup = min(schedule.warmup, schedule.updates // 10)
    if update < warmup:
        return schedule.learning_rate * (update + 1) / (warmup + 1)
    return schedule.learning_rate * (schedule.updates - update) / (schedule.updates - warmup)


def order(seed: int, records: int, schedule: Schedule) -> torch.Tensor:
    """Which records each update sees, int64 [updates, batch].

    Passes over all records follow one another, each shuffled anew. It depends on the seed
    alone, so that all arms of a seed see the same records, also after a resumption.
    """
    generator = torch.Generator().manual_seed(seed)
    needed = schedule.updates * schedule.batch
    passes = -(-needed // records)
    shuffled = [torch.randperm(records, generator=generator) for _ in range(passes)]
    return torch.cat(shuffled)[:needed].view(schedule.updates, schedule.batch)
