"""The rows of one update, packed, with the tokens that the loss is taken on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from negaudit.probe.layout import Layout
from negaudit.probe.packing import PackedRow, pack
from negaudit.probe.rows import Row

__all__ = ["Step", "make_step"]


@dataclass(frozen=True)
class Step:
    """The packed rows of an update.

    Attributes:
        layout: The rows.
        places: Tokens of the line whose next token is trained on [M].
        targets: The next tokens [M].
        weights: Of their losses: 1 / content tokens that the adapter's rows count as [M].
        adapters: Whose they are [M].
        content: Which count as content, neutral rows left out [M].
    """

    layout: Layout
    places: Tensor
    targets: Tensor
    weights: Tensor
    adapters: NDArray[np.int64]
    content: NDArray[np.bool_]

    def summed(self, losses: Tensor) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Each adapter's loss, and the mean over its content tokens; [K] both."""
        count = len(self.layout.segments)
        numbers = losses.cpu().double().numpy()
        weighted = numbers * self.weights.cpu().double().numpy()
        totals = np.bincount(self.adapters, weighted, count)
        mine = self.adapters[self.content]
        sums = np.bincount(mine, numbers[self.content], count)
        tokens = np.bincount(mine, minlength=count)
        means = np.full(count, np.nan)
        means[tokens > 0] = sums[tokens > 0] / tokens[tokens > 0]
        return totals.astype(np.float64), means


def make_step(batch: Sequence[Sequence[Row]], device: torch.device) -> Step:
    """Packs each adapter's rows of an update."""
    groups = [[PackedRow(row.ids) for row in mine] for mine in batch]
    layout = pack(groups, device=device, even=_even(groups, device))
    places, targets, weights, owners, content = [], [], [], [], []
    for owner, (mine, starts) in enumerate(zip(batch, layout.starts, strict=True)):
        counted = sum(row.divisor for row in mine)
        for row, start in zip(mine, starts.tolist(), strict=True):
            trained = np.flatnonzero(row.trained[1:])
            places.append(trained + start)
            targets.append(row.ids[1:][trained])
            # Frames alone teach nothing: where no arm has content, the step is none.
            weights.append(np.full(len(trained), 1 / counted if counted else 0.0, np.float32))
            owners.append(np.full(len(trained), owner))
            content.append(row.content[1:][trained] & (not row.neutral))
    return Step(
        layout,
        torch.from_numpy(_joined(places, np.int64)).to(device),
        torch.from_numpy(_joined(targets, np.int64)).to(device),
        torch.from_numpy(_joined(weights, np.float32)).to(device),
        _joined(owners, np.int64),
        _joined(content, np.bool_),
    )


def _joined(parts: list[NDArray[Any]], kind: type) -> NDArray[Any]:
    return np.concatenate(parts).astype(kind) if parts else np.zeros(0, kind)


def _even(groups: Sequence[Sequence[PackedRow]], device: torch.device) -> bool:
    """Whether to pad the adapters to equally many tokens."""
    widths = [sum(len(row.ids) for row in group) for group in groups]
    return device.type != "cpu" or len(groups) * max(widths) <= 1.08 * sum(widths)
