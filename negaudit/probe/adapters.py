"""K low-rank adapters stacked over one frozen proxy."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

import torch
from torch import Tensor

from negaudit.errors import UsageError
from negaudit.probe.frozen import Joined
from negaudit.probe.lora import Factors, stacked_linear

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from negaudit.probe.proxy import Proxy
    from negaudit.probe.rows import Query

__all__ = ["Adapters", "Place", "parameters_of"]


class Place(NamedTuple):
    """Where one projection's matrices stand in an adapter's parameters.

    Attributes:
        joined: The product that the projection is a part of.
        part: Which part.
        a: [start, end) of the whole product's A, inputs x (parts * r).
        b: [start, end) of B, r x outputs.
    """

    joined: Joined
    part: int
    a: tuple[int, int]
    b: tuple[int, int]


class Adapters:
    """LoRA adapters (Hu et al. 2021), one for each seed, on the linear layers of a proxy.

    All parameters stand in one tensor [K, P], in float32: the optimizer and the checkpoint
    see nothing else. The matrices that the products use are copies in the proxy's type.

    Args:
        proxy: The frozen model.
        seeds: One for each adapter. The same seed gives the same A, and B is zero.
        rank: Of the matrices.
        alpha: The adapters' part is scaled by alpha / rank.
        layers: "all", or "last-n" for the last n decoder layers.

    Attributes:
        proxy: The frozen model.
        seeds: One for each adapter.
        rank: Of the matrices.
        alpha: The adapters' part is scaled by alpha / rank.
        parameters: [K, P], float32.
        gradient: Of the parameters, [K, P], float32; the backward pass adds to it.
        places: Where each projection's matrices stand in P.

    Raises:
        UsageError: `layers` names no layers of this proxy.
    """

    def __init__(
        self,
        proxy: Proxy,
        seeds: Sequence[int],
        rank: int = 16,
        alpha: float = 32.0,
        layers: str = "all",
    ) -> None:
        self.proxy = proxy
        self.seeds = tuple(seeds)
        self.rank = rank
        self.alpha = alpha
        self.places = tuple(_places(_chosen(proxy, layers), rank))
        size = self.places[-1].b[1]
        self.parameters = torch.zeros(len(seeds), size)
        for seed, row in zip(seeds, self.parameters, strict=True):
            _initialise(row, self.places, seed)
        self.parameters = self.parameters.to(proxy.device)
        self.gradient = torch.zeros_like(self.parameters)
        self._factors = self._stack()
        self.anchor = torch.zeros((), requires_grad=True)
        self.refresh()

    def __len__(self) -> int:
        return len(self.seeds)

    def _stack(self) -> list[tuple[Joined, Factors, list[Place]]]:
        by_joined: dict[int, list[Place]] = {}
        for place in self.places:
            by_joined.setdefault(id(place.joined), []).append(place)
        count = len(self)
        stack = []
        for places in by_joined.values():
            joined = places[0].joined
            width, inputs = len(places) * self.rank, joined.weight.shape[1]
            a = joined.weight.new_zeros(count, inputs, width)
            b = joined.weight.new_zeros(count, width, joined.weight.shape[0])
            a_gradient = self.gradient[:, slice(*places[0].a)].view(count, inputs, width)
            b_gradients = tuple(
                self.gradient[:, slice(*place.b)].view(count, self.rank, -1) for place in places
            )
            factors = Factors(a, b, a_gradient, b_gradients, self.alpha / self.rank)
            stack.append((joined, factors, places))
        return stack

    def refresh(self) -> None:
        """Copies the parameters to where the products use them; after every change of them."""
        for _, factors, places in self._factors:
            factors.a.copy_(self.parameters[:, slice(*places[0].a)].view_as(factors.a))
            start = 0
            for turn, place in enumerate(places):
                matrix = self.parameters[:, slice(*place.b)].view(len(self), self.rank, -1)
                rows = slice(turn * self.rank, (turn + 1) * self.rank)
                factors.b[:, rows, start : start + matrix.shape[-1]].copy_(matrix)
                start += matrix.shape[-1]

    @contextmanager
    def active(self) -> Iterator[None]:
        """Lets the proxy's projections pass through the adapters."""
        for joined, factors, _ in self._factors:
            joined.adapter = partial(
                stacked_linear, joined=joined, factors=factors, anchor=self.anchor
            )
        try:
            yield
        finally:
            for joined, _, _ in self._factors:
                joined.adapter = None

    def matrices(self, place: Place) -> tuple[Tensor, Tensor]:
        """A [K, inputs, r] and B [K, r, outputs] of one projection, float32."""
        width = len(place.joined.widths) * self.rank
        together = self.parameters[:, slice(*place.a)].view(len(self), -1, width)
        a = together[:, :, place.part * self.rank : (place.part + 1) * self.rank]
        return a, self.parameters[:, slice(*place.b)].view(len(self), self.rank, -1)

    def log_likelihood(self, queries: Sequence[Query]) -> NDArray[np.float64]:
        """Log-probability of each answer after its prompt, summed over its tokens [K, N]."""
        from negaudit.probe.likelihood import log_likelihood

        return log_likelihood(self, queries)


def parameters_of(proxy: Proxy, rank: int, layers: str = "all") -> int:
    """How many parameters one adapter has."""
    return max(place.b[1] for place in _places(_chosen(proxy, layers), rank))


def _chosen(proxy: Proxy, layers: str) -> list[Joined]:
    if layers == "all":
        return list(proxy.joined)
    depth = 1 + max(joined.layer for joined in proxy.joined)
    count = layers.removeprefix("last-")
    if not layers.startswith("last-") or not count.isdigit() or not 1 <= int(count) <= depth:
        hint = f'use "all", or "last-1" to "last-{depth}"'
        raise UsageError(f"there are no layers {layers!r} in {proxy.name}", hint=hint)
    return [joined for joined in proxy.joined if joined.layer >= depth - int(count)]


def _places(chosen: Sequence[Joined], rank: int) -> Iterator[Place]:
    """The A of a joined product, then the B of its parts one after the other."""
    start = 0
    for joined in chosen:
        a = (start, start + joined.weight.shape[1] * rank * len(joined.widths))
        start = a[1]
        for part, width in enumerate(joined.widths):
            yield Place(joined, part, a, (start, start + rank * width))
            start += rank * width


def _initialise(row: Tensor, places: Sequence[Place], seed: int) -> None:
    """A as peft draws it: uniform within 1 / sqrt(inputs); a generator for each seed."""
    generator = torch.Generator().manual_seed(seed)
    for place in places:
        if place.part:
            continue
        bound = 1 / math.sqrt(place.joined.weight.shape[1])
        row[slice(*place.a)].uniform_(-bound, bound, generator=generator)
