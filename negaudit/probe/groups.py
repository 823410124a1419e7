"""How many adapters train together, and in how many processes."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import torch

from negaudit.probe.adapters import parameters_of
from negaudit.probe.memory import available_memory
from negaudit.probe.rows import Row
from negaudit.probe.schedule import Schedule

if TYPE_CHECKING:
    from negaudit.probe.proxy import Proxy

__all__ = ["Groups", "adapter_bytes", "available_bytes", "groups", "step_tokens"]

_SHARE = 0.7  # of the free memory that may be taken
# Processors gain nothing from longer lines than this, and lose the cache.
_LINE = {"cpu": 8192, "cuda": 65536}
# Operations of a training that make good for starting processes: about a minute's.
_WORTHWHILE = 1e13
_STARTED = 600 << 20  # bytes of a process that has torch and transformers loaded


class Groups(NamedTuple):
    """Which adapters train together.

    Attributes:
        parts: Ranges of adapters, as even as can be, of one adapter or more.
        workers: Processes that train a part each at the same time; 1 is this process.
    """

    parts: tuple[range, ...]
    workers: int


def groups(
    proxy: Proxy,
    rows: Sequence[Sequence[Row]],
    schedule: Schedule,
    *,
    rank: int = 16,
    layers: str = "all",
) -> Groups:
    """Splits adapters into runs of consecutive ones; those that train at once fit into memory.

    Most of the memory that is free is used, and as many processes as the training is worth.

    Args:
        proxy: The frozen model.
        rows: For each adapter its rows.
        schedule: How they are trained.
        rank: Of the matrices.
        layers: Which layers have any.
    """
    count = len(rows)
    free = int(available_bytes(proxy.device) * _SHARE)
    tokens = max(step_tokens(mine, schedule) for mine in rows)
    each = adapter_bytes(proxy, tokens, rank, layers)
    wanted = _workers_worthwhile(proxy, rows, schedule)

    def fitting(number: int) -> int:
        """Adapters that fit into each of so many processes."""
        return (free // number - _copy_bytes(proxy, number)) // each

    mine = next((number for number in range(min(wanted, count), 1, -1) if fitting(number) > 0), 1)
    line = _LINE.get(proxy.device.type, _LINE["cpu"])
    most = max(1, min(count, fitting(mine), line // tokens))
    turns = -(-count // (most * mine))
    parts = min(count, turns * mine)
    ends = [round(count * part / parts) for part in range(parts + 1)]
    return Groups(tuple(range(start, end) for start, end in pairwise(ends)), mine)


def _workers_worthwhile(proxy: Proxy, rows: Sequence[Sequence[Row]], schedule: Schedule) -> int:
    """One for each thread that torch may use, where there is enough to do."""
    tokens = sum(step_tokens(mine, schedule) for mine in rows) * schedule.updates
    # Forward and back, two operations a weight each: the frozen weights have no gradient.
    enough = 4 * proxy.parameters * tokens >= _WORTHWHILE
    alone = proxy.device.type != "cpu" or not proxy.reloadable or not enough
    return 1 if alone else torch.get_num_threads()


def _copy_bytes(proxy: Proxy, workers: int) -> int:
    """What a process takes before it trains anything."""
    if workers == 1:
        return 0
    return _STARTED + proxy.parameters * torch.finfo(proxy.dtype).bits // 8


def adapter_bytes(proxy: Proxy, tokens: int, rank: int = 16, layers: str = "all") -> int:
    """Memory that one adapter needs in training.

    Its parameters, gradient and two moments in float32 and a copy in the proxy's type; and what
    the layers keep of each token for the backward pass: what goes into and comes out of every
    product, and about a fifth of that for norms and residuals.
    """
    width = torch.finfo(proxy.dtype).bits // 8
    parameters = parameters_of(proxy, rank, layers) * (16 + 2 * width)
    kept = sum(sum(joined.weight.shape) for joined in proxy.joined) * 1.25
    return int(parameters + tokens * kept * width)


def available_bytes(device: torch.device) -> int:
    """Memory of a device that can be had.

    That which torch keeps of a GPU for tensors to come, such as those of a timed step, is
    included.
    """
    if device.type == "cuda":
        kept = torch.cuda.memory_reserved(device) - torch.cuda.memory_allocated(device)
        return int(torch.cuda.mem_get_info(device)[0]) + kept
    return available_memory()


def step_tokens(rows: Sequence[Row], schedule: Schedule) -> int:
    """Tokens of an adapter in an update, on average."""
    total = sum(map(len, rows))
    return max(1, round(total / len(rows) * schedule.batch))
