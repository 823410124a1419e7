"""Puts rows of many lengths side by side, without padding between them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray

from negaudit.probe.layout import Block, Layout

__all__ = ["PackedRow", "pack"]

# Products of a new shape cost a processor milliseconds to prepare, so widths come in steps: of
# about an eighth, within these.
_STEPS = (16, 64)


@dataclass(frozen=True)
class PackedRow:
    """A row to pack.

    Attributes:
        ids: Token ids [T].
        positions: Position of each token, or None for 0, 1, 2, ...
        ancestors: Which tokens a token may look at, bool [T, T]; None for all before it.
    """

    ids: NDArray[np.int32]
    positions: NDArray[np.int64] | None = None
    ancestors: NDArray[np.bool_] | None = None


def pack(
    groups: Sequence[Sequence[PackedRow]],
    *,
    device: torch.device,
    even: bool = False,
    slots: int = 4096,
) -> Layout:
    """Packs the rows of each adapter.

    Args:
        groups: Rows, one list for each adapter.
        device: Where the tensors go.
        even: Pad every adapter to equally many tokens, for batched products.
        slots: Tokens in a block of attention, about.
    """
    widths = [sum(len(row.ids) for row in group) for group in groups]
    widths = [_padded(width) for width in ([max(widths)] * len(groups) if even else widths)]
    ends = np.cumsum(widths)
    total = int(ends[-1]) + 1
    ids, positions = np.zeros(total, np.int64), np.zeros(total, np.int64)
    starts: list[NDArray[np.int64]] = []
    rows: list[tuple[int, PackedRow]] = []
    for group, end, width in zip(groups, ends, widths, strict=True):
        lengths = np.array([0, *(len(row.ids) for row in group)], np.int64)
        places = int(end) - width + np.cumsum(lengths)
        starts.append(places[:-1])
        for start, row in zip(places[:-1].tolist(), group, strict=True):
            ids[start : start + len(row.ids)] = row.ids
            positions[start : start + len(row.ids)] = _positions(row)
            if len(row.ids):
                rows.append((start, row))
    return Layout(
        ids=torch.from_numpy(ids)[None].to(device),
        positions=torch.from_numpy(positions)[None].to(device),
        segments=tuple((int(e) - w, int(e)) for e, w in zip(ends, widths, strict=True)),
        blocks=_blocks(rows, total, slots, device),
        starts=tuple(starts),
    )


def _padded(width: int) -> int:
    least, most = _STEPS
    step = min(most, max(least, 1 << max(0, width.bit_length() - 4)))
    return -(-width // step) * step


def _positions(row: PackedRow) -> NDArray[np.int64]:
    return np.arange(len(row.ids)) if row.positions is None else row.positions


def _blocks(
    rows: list[tuple[int, PackedRow]], total: int, slots: int, device: torch.device
) -> tuple[Block, ...]:
    ordered = sorted(rows, key=lambda row: -len(row[1].ids))
    return tuple(_block(members, total - 1, device) for members in _alike(ordered, slots))


def _block(members: list[tuple[int, PackedRow]], hole: int, device: torch.device) -> Block:
    width = len(members[0][1].ids)
    index = np.full((len(members), width), hole, np.int64)
    positions = np.zeros((len(members), width), np.int64)
    trees = any(row.ancestors is not None for _, row in members)
    ancestors = np.tile(np.eye(width, dtype=np.bool_), (len(members), 1, 1)) if trees else None
    for place, (start, row) in enumerate(members):
        length = len(row.ids)
        index[place, :length] = np.arange(start, start + length)
        positions[place, :length] = _positions(row)
        if ancestors is not None:
            tree = row.ancestors
            ancestors[place, :length, :length] = np.tri(length) if tree is None else tree
    return Block(
        torch.from_numpy(index).to(device),
        torch.from_numpy(positions).to(device),
        None if ancestors is None else torch.from_numpy(ancestors).to(device),
    )


def _alike(rows: list[tuple[int, PackedRow]], slots: int) -> Iterator[list[tuple[int, PackedRow]]]:
    """Runs of rows, none much shorter than the first and none together too many."""
    block: list[tuple[int, PackedRow]] = []
    for row in rows:
        width = len(block[0][1].ids) if block else 0
        if block and ((len(block) + 1) * width > slots or len(row[1].ids) < 0.75 * width):
            yield block
            block = []
        block.append(row)
    if block:
        yield block
