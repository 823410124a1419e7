"""Where the tokens of many rows stand in one line, and which may look at which.

Tokens of all rows stand in one line [N], adapter by adapter. Whatever works token by token
(linears, norms, the head) sees no padding; only attention gathers each row into a rectangle.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

__all__ = ["Block", "Cached", "Layout", "active_layout", "using"]


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
