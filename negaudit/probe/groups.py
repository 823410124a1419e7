"""How many adapters train at once, and how long that takes."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

import msgspec
import torch

from negaudit.probe.adapters import Adapters, parameters_of
from negaudit.probe.rows import Row
from negaudit.probe.schedule import Schedule
from negaudit.probe.train import train

if TYPE_CHECKING:
    from negaudit.probe.proxy import Proxy

__all__ = ["adapter_bytes", "available_bytes", "estimate_seconds", "groups"]

_SHARE = 0.7  # of the free memory that a group may take
_TIMED = 4  # adapters in a timed step
# Processors gain nothing from longer lines than this, and lose the cache.
_LINE = {"cpu": 8192, "cuda": 65536}


def groups(  # noqa: PLR0913
    proxy: Proxy,
    rows: Sequence[Sequence[Row | None]],
    schedule: Schedule,
    *,
    rank: int = 16,
    layers: str = "all",
    memory: int | None = None,
) -> list[range]:
    """Splits adapters into runs of consecutive ones, each of which fits into memory.

    Args:
        proxy: The frozen model.
        rows: For each adapter its rows.
        schedule: How they are trained.
        rank: Of the matrices.
        layers: Which layers have any.
        memory: Bytes that may be used; None for most of what is free.

    Returns:
        Ranges of adapters, as even as can be; one of them always has at least one adapter.
    """
    count = len(rows)
    free = int(available_bytes(proxy.device) * _SHARE) if memory is None else memory
    tokens = max(_step_tokens(mine, schedule) for mine in rows)
    each = adapter_bytes(proxy, tokens, rank, layers)
    line = _LINE.get(proxy.device.type, _LINE["cpu"])
    most = max(1, min(count, free // each, max(1, line // tokens)))
    parts = -(-count // most)
    ends = [round(count * part / parts) for part in range(parts + 1)]
    return [range(start, end) for start, end in pairwise(ends)]


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
    """Free memory of a device."""
    if device.type == "cuda":
        return int(torch.cuda.mem_get_info(device)[0])
    try:
        return os.sysconf("SC_AVPHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (ValueError, OSError):  # not told on every system
        return 4 << 30


def estimate_seconds(
    proxy: Proxy,
    rows: Sequence[Sequence[Row | None]],
    schedule: Schedule,
    *,
    rank: int = 16,
    layers: str = "all",
) -> float:
    """How long the training of all adapters will take, from a few measured updates.

    The first update, which sets up products of new shapes, is left out. Measurements on the way
    are not counted.
    """
    some = list(rows[:: -(-len(rows) // _TIMED)])
    short = msgspec.structs.replace(schedule, updates=3, points=())
    marks: list[float] = []
    adapters = Adapters(proxy, [0] * len(some), rank=rank, layers=layers)
    trained = train(adapters, some, short, progress=lambda *_: marks.append(time.monotonic()))
    per_token = (marks[-1] - marks[0]) / (trained.tokens * 2 / 3)
    return per_token * schedule.updates * sum(_step_tokens(mine, schedule) for mine in rows)


def _step_tokens(rows: Sequence[Row | None], schedule: Schedule) -> int:
    """Tokens of an adapter in an update, on average."""
    total = sum(len(row) for row in rows if row is not None)
    return max(1, round(total / len(rows) * schedule.batch))
