"""A frozen projection with K low-rank adapters beside it.

y_k = x_k W' + scale * x_k A_k B_k for the tokens x_k of adapter k. Tokens stand adapter by
adapter; where all adapters have equally many, the small products are batched.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import torch
from torch import Tensor
from torch.nn import functional

from negaudit.probe.frozen import Joined
from negaudit.probe.layout import Cached, Layout, active_layout

__all__ = ["Factors", "stacked_linear"]


class Factors(NamedTuple):
    """The matrices of K adapters for one joined projection with P parts.

    Attributes:
        a: [K, inputs, P * r], the parts side by side.
        b: [K, P * r, outputs], zero but for each part's own block.
        a_gradient: Where the gradient of `a` is added to, [K, inputs, P * r].
        b_gradients: Where each part's is added to, [K, r, outputs of the part].
        scale: alpha / r.
    """

    a: Tensor
    b: Tensor
    a_gradient: Tensor
    b_gradients: tuple[Tensor, ...]
    scale: float


def stacked_linear(x: Tensor, joined: Joined, factors: Factors, anchor: Tensor) -> Tensor:
    """The projection of x [N, inputs] with the adapters of the active layout.

    Args:
        x: Tokens, those of no adapter last.
        joined: The frozen projection.
        factors: The adapters' matrices. Their gradients are added to the factors' buffers in
            the backward pass.
        anchor: A number that requires a gradient when the adapters are trained.
    """
    layout = active_layout()
    assert layout is not None, "the network is called outside of a layout"
    return _Stacked.apply(x, anchor, joined, factors, layout)  # type: ignore[no-untyped-call, no-any-return]


class _Stacked(torch.autograd.Function):
    @staticmethod
    def forward(  # noqa: PLR0913, PLR0917
        ctx: Any,
        x: Tensor,
        anchor: Tensor,  # noqa: ARG004
        joined: Joined,
        factors: Factors,
        layout: Layout | Cached,
    ) -> Tensor:
        output = functional.linear(x, joined.weight, joined.bias)
        inner = x.new_empty(len(x), factors.a.shape[-1])
        for mine, cut in _turns(layout, x, inner, output):
            tokens, low, high = cut
            torch.matmul(tokens, factors.a[mine], out=low)
            _add_product(high, low, factors.b[mine], factors.scale)
        ctx.save_for_backward(x, inner)
        ctx.rest = (joined, factors, layout)
        return output

    @staticmethod
    def backward(ctx: Any, *grads: Tensor) -> tuple[Tensor | None, ...]:
        x, inner = ctx.saved_tensors
        joined, factors, layout = ctx.rest
        above = grads[0].contiguous()
        needed = ctx.needs_input_grad[0]
        back = above @ joined.weight if needed else x
        for mine, cut in _turns(layout, x, inner, above, back):
            tokens, low, high, into = cut
            upon = torch.matmul(high, factors.b[mine].transpose(-1, -2)).mul_(factors.scale)
            # The other way round, the product would copy all tokens to turn them.
            turned = torch.matmul(upon.transpose(-1, -2), tokens)
            factors.a_gradient[mine].add_(turned.transpose(-1, -2))
            _add_b_gradients(factors, mine, low, high)
            if needed:
                _add_product(into, upon, factors.a[mine].transpose(-1, -2), 1.0)
        return back if needed else None, None, None, None, None


def _turns(
    layout: Layout | Cached, *lines: Tensor
) -> Iterator[tuple[int | slice, tuple[Tensor, ...]]]:
    """All adapters at once as [K, n, ...], or one after the other as [n_k, ...]."""
    if layout.even:
        count = len(layout.segments)
        end = layout.segments[-1][1]
        yield slice(None), tuple(line[:end].view(count, -1, line.shape[-1]) for line in lines)
        return
    for place, (start, end) in enumerate(layout.segments):
        if end > start:
            yield place, tuple(line[start:end] for line in lines)


def _add_product(into: Tensor, left: Tensor, right: Tensor, scale: float) -> None:
    if into.ndim == 3:
        into.baddbmm_(left, right, alpha=scale)
    else:
        into.addmm_(left, right, alpha=scale)


def _add_b_gradients(factors: Factors, mine: int | slice, low: Tensor, high: Tensor) -> None:
    rank = low.shape[-1] // len(factors.b_gradients)
    start = 0
    for part, gradient in enumerate(factors.b_gradients):
        width = gradient.shape[-1]
        inner = low[..., part * rank : (part + 1) * rank].transpose(-1, -2)
        product = torch.matmul(inner, high[..., start : start + width])
        gradient[mine].add_(product, alpha=factors.scale)
        start += width
