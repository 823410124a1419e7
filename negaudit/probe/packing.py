"""Puts rows of many lengths side by side, without padding between them.

Tokens of all rows stand in one line [N], adapter by adapter. Whatever works token by token
(linears, norms, the head) sees no padding; only attention gathers each row into a rectangle.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

__all__ = ["Block", "Cached", "Layout", "PackedRow", "active_layout", "pack", "using"]


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


@dataclass
class Block:
    """Rows of like length, padded on the right to one rectangle for attention.

    Attributes:
        index: Place in the line of each slot [R, T]; padding points to the line's last token,
            which nobody looks at and which takes no loss.
        positions: Position of each slot [R, T].
        ancestors: Which slots a slot may look at [R, T, T], or None for all before it.
    """

    index: Tensor
    positions: Tensor
    ancestors: Tensor | None
    _bias: dict[tuple[int | None, torch.dtype], Tensor] = field(default_factory=dict)
    _heads: dict[int, Tensor] = field(default_factory=dict)

    def allowed(self, window: int | None) -> Tensor:
        """Which slots a slot may look at: bool [1 or R, T, T]."""
        width = self.index.shape[1]
        if self.ancestors is not None:
            allowed = self.ancestors
        else:
            ones = torch.ones(1, width, width, dtype=torch.bool, device=self.index.device)
            allowed = ones.tril()
        if window is not None and window < width:
            distance = self.positions[:, :, None] - self.positions[:, None, :]
            allowed = allowed & (distance < window)
        return allowed

    def bias(self, window: int | None, dtype: torch.dtype) -> Tensor:
        """The same as numbers to add to scores: 0 or the least number [1 or R, T, T]."""
        key = (window, dtype)
        if key not in self._bias:
            allowed = self.allowed(window)
            least = torch.finfo(dtype).min
            zeros = torch.zeros(allowed.shape, dtype=dtype, device=allowed.device)
            self._bias[key] = zeros.masked_fill_(~allowed, least)
        return self._bias[key]

    def heads(self, heads: int) -> Tensor:
        """Places of the rows' heads in a line of [N * heads], ordered [R, heads, T], flat."""
        if heads not in self._heads:
            each = torch.arange(heads, device=self.index.device)
            places = self.index[:, None, :] * heads + each[None, :, None]
            self._heads[heads] = places.reshape(-1)
        return self._heads[heads]


@dataclass
class Layout:
    """Rows of several adapters, packed.

    The line's last token is padding that belongs to no adapter and to no row: where a rectangle
    has a hole, attention reads it, so that an adapter that overflows spoils no other.

    Attributes:
        ids: Token ids [1, N].
        positions: Positions [1, N].
        segments: [start, end) of each adapter's tokens, one after the other from 0.
        blocks: What attention works on.
        starts: Where each row begins, one array for each adapter.
    """

    ids: Tensor
    positions: Tensor
    segments: tuple[tuple[int, int], ...]
    blocks: tuple[Block, ...]
    starts: tuple[NDArray[np.int64], ...]
    _inverse: dict[int, Tensor] = field(default_factory=dict)

    @property
    def tokens(self) -> int:
        """Length of the line, padding included."""
        return int(self.ids.shape[1])

    @property
    def even(self) -> int:
        """Tokens of every adapter where they have equally many, else 0."""
        widths = {end - start for start, end in self.segments}
        return widths.pop() if len(widths) == 1 else 0

    def inverse(self, heads: int) -> Tensor:
        """Where the line's tokens and heads are among the heads of all blocks [N * heads].

        Padding is said to be one behind the last.
        """
        if heads not in self._inverse:
            order = torch.cat([block.heads(heads) for block in self.blocks])
            real = order < (self.tokens - 1) * heads
            places = torch.full((self.tokens * heads,), len(order), device=order.device)
            places[order[real]] = torch.arange(len(order), device=order.device)[real]
            self._inverse[heads] = places
        return self._inverse[heads]


@dataclass(frozen=True)
class Cached:
    """Rectangular rows [K * b, T] with a key-value cache, for generation.

    Attributes:
        mask: Which keys a query may look at, bool [K * b, 1, T, S].
        segments: [start, end) of each adapter's tokens in the line [K * b * T].
        positions: Position of each query [K * b, T].
        keys: Position of each key [K * b, S].
    """

    mask: Tensor
    segments: tuple[tuple[int, int], ...]
    positions: Tensor
    keys: Tensor

    @property
    def even(self) -> int:
        """Tokens of every adapter."""
        return self.segments[0][1] - self.segments[0][0]


# Products of a new shape cost a processor milliseconds to prepare, so widths come in steps.
_STEP = 64

_ACTIVE: ContextVar[Layout | Cached | None] = ContextVar("layout", default=None)


@contextmanager
def using(layout: Layout | Cached) -> Iterator[None]:
    """Makes the layout known to the network's attention and adapters."""
    token = _ACTIVE.set(layout)
    try:
        yield
    finally:
        _ACTIVE.reset(token)


def active_layout() -> Layout | Cached | None:
    """The layout in use."""
    return _ACTIVE.get()


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
    widths = [
        -(-width // _STEP) * _STEP for width in ([max(widths)] * len(groups) if even else widths)
    ]
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
            rows.append((start, row))
    return Layout(
        ids=torch.from_numpy(ids)[None].to(device),
        positions=torch.from_numpy(positions)[None].to(device),
        segments=tuple((int(e) - w, int(e)) for e, w in zip(ends, widths, strict=True)),
        blocks=_blocks(rows, total, slots, device),
        starts=tuple(starts),
    )


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
