"""Frozen layers with gradients of their inputs only, written for few passes over memory.

On a processor a pass over an activation costs as much as a matrix product of this size, so the
steps of a layer run over a few hundred tokens at a time, which stay in the cache.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional

__all__ = ["cached_pieces", "gated", "pieces", "rms_norm", "token_losses"]

_CACHED = 1 << 17  # numbers that stay in a core's cache
_LOGITS = 1 << 25  # in a product: enough rows to make good for reading the head


def pieces(rows: int, width: int, numbers: int) -> Iterator[slice]:
    """Splits rows into even pieces of so many numbers at most, or of one row."""
    count = -(-rows // max(1, numbers // width))
    for number in range(count):
        yield slice(rows * number // count, rows * (number + 1) // count)


def cached_pieces(x: Tensor) -> Iterator[slice]:
    """Splits the rows of x [N, d] into pieces that stay in a core's cache; none on a GPU."""
    return pieces(len(x), x.shape[-1], _CACHED if x.device.type == "cpu" else x.numel() + 1)


def rms_norm(x: Tensor, weight: Tensor, epsilon: float) -> Tensor:
    """X / sqrt(mean(x^2) + epsilon) * weight over the last dimension."""
    if x.device.type == "cpu":
        return _RMSNorm.apply(x, weight, epsilon)  # type: ignore[no-untyped-call, no-any-return]
    return functional.rms_norm(x, (x.shape[-1],), weight, epsilon)


class _RMSNorm(torch.autograd.Function):
    @staticmethod
    def forward(ctx: Any, x: Tensor, weight: Tensor, epsilon: float) -> Tensor:
        rows = x.reshape(-1, x.shape[-1])
        output = torch.empty_like(rows, memory_format=torch.contiguous_format)
        inverse = torch.empty(len(rows), 1, dtype=torch.float32, device=x.device)
        for piece in cached_pieces(rows):
            wide = rows[piece].float()
            norm = torch.linalg.vector_norm(wide, dim=-1, keepdim=True)
            scale = norm.square_().div_(x.shape[-1]).add_(epsilon).rsqrt_()
            inverse[piece] = scale
            output[piece] = (wide * scale).mul_(weight)
        ctx.save_for_backward(x, weight, inverse)
        return output.view(x.shape)

    @staticmethod
    def backward(ctx: Any, *grads: Tensor) -> tuple[Tensor | None, ...]:
        x, weight, inverse = ctx.saved_tensors
        rows, above = (tensor.reshape(-1, x.shape[-1]) for tensor in (x, grads[0]))
        back = torch.empty_like(above, memory_format=torch.contiguous_format)
        for piece in cached_pieces(rows):
            wide = rows[piece].float()
            upon = above[piece].float() * weight
            along = (wide * upon).mean(-1, keepdim=True).mul_(inverse[piece].square())
            back[piece] = upon.addcmul_(wide, along, value=-1).mul_(inverse[piece])
        return back.view(x.shape), None, None


def gated(x: Tensor, activation: str) -> Tensor:
    """act(gate) * up of the joined projection [..., 2 * width]; "silu", "gelu" or "gelu_tanh"."""
    return _Gated.apply(x, activation)  # type: ignore[no-untyped-call, no-any-return]


def _act(gate: Tensor, activation: str) -> Tensor:
    if activation == "silu":
        return functional.silu(gate)
    return functional.gelu(gate, approximate="tanh" if activation == "gelu_tanh" else "none")


def _act_backward(above: Tensor, gate: Tensor, activation: str) -> Tensor:
    if activation == "silu":
        return torch.ops.aten.silu_backward(above, gate)  # type: ignore[no-any-return]
    approximate = "tanh" if activation == "gelu_tanh" else "none"
    return torch.ops.aten.gelu_backward(above, gate, approximate=approximate)  # type: ignore[no-any-return]


class _Gated(torch.autograd.Function):
    @staticmethod
    def forward(ctx: Any, x: Tensor, activation: str) -> Tensor:
        rows = x.reshape(-1, x.shape[-1])
        width = x.shape[-1] // 2
        output = rows.new_empty(len(rows), width)
        for piece in cached_pieces(rows):
            gate, up = rows[piece, :width], rows[piece, width:]
            torch.mul(_act(gate, activation), up, out=output[piece])
        ctx.save_for_backward(x)
        ctx.activation = activation
        return output.view(*x.shape[:-1], width)

    @staticmethod
    def backward(ctx: Any, *grads: Tensor) -> tuple[Tensor | None, ...]:
        (x,) = ctx.saved_tensors
        rows = x.reshape(-1, x.shape[-1])
        width = x.shape[-1] // 2
        above = grads[0].reshape(-1, width)
        back = torch.empty_like(rows)
        for piece in cached_pieces(rows):
            gate, up = rows[piece, :width], rows[piece, width:]
            back[piece, :width] = _act_backward(above[piece] * up, gate, ctx.activation)
            torch.mul(_act(gate, ctx.activation), above[piece], out=back[piece, width:])
        return back.view(x.shape), None


def token_losses(  # noqa: PLR0913, PLR0917
    hidden: Tensor,  # [M, d]
    head: Tensor,  # [V, d]
    bias: Tensor | None,
    targets: Tensor,  # [M]
    weights: Tensor,  # [M]
    cap: float | None = None,
) -> tuple[Tensor, Tensor]:
    """Cross-entropy of each token, a few hundred rows of logits at a time.

    The gradient is computed on the way, so that no logits are kept.

    Returns:
        The weighted sum, which can be differentiated, and the losses [M], which cannot.
    """
    return _TokenLosses.apply(hidden, head, bias, targets, weights, cap)  # type: ignore[no-untyped-call, no-any-return]


class _TokenLosses(torch.autograd.Function):
    @staticmethod
    def forward(  # noqa: PLR0913, PLR0917
        ctx: Any,
        hidden: Tensor,
        head: Tensor,
        bias: Tensor | None,
        targets: Tensor,
        weights: Tensor,
        cap: float | None,
    ) -> tuple[Tensor, Tensor]:
        losses = torch.empty(len(hidden), dtype=torch.float32, device=hidden.device)
        back = torch.empty_like(hidden)
        for piece in pieces(len(hidden), len(head), _LOGITS):
            scores = functional.linear(hidden[piece], head, bias)
            losses[piece] = _differentiate(scores, targets[piece], weights[piece], cap)
            torch.mm(scores, head, out=back[piece])
        ctx.save_for_backward(back)
        ctx.mark_non_differentiable(losses)
        return (losses * weights).sum(), losses

    @staticmethod
    def backward(ctx: Any, *grads: Tensor) -> tuple[Tensor | None, ...]:
        (back,) = ctx.saved_tensors
        return back * grads[0].to(back.dtype), None, None, None, None, None


def _differentiate(scores: Tensor, targets: Tensor, weights: Tensor, cap: float | None) -> Tensor:
    """Puts the gradient of the weighted cross-entropy in the place of logits [M, V].

    Returns:
        The losses [M].
    """
    losses = torch.empty(len(scores), dtype=torch.float32, device=scores.device)
    for piece in cached_pieces(scores):
        logits = scores[piece].float()
        if cap is not None:
            logits.div_(cap).tanh_().mul_(cap)
        slope = None if cap is None else 1 - (logits / cap).square_()
        total = torch.logsumexp(logits, -1, keepdim=True)
        wanted = targets[piece, None]
        losses[piece] = (total - logits.gather(-1, wanted))[:, 0]
        gradient = logits.sub_(total).exp_()
        gradient.scatter_add_(-1, wanted, gradient.new_full(wanted.shape, -1.0))
        gradient.mul_(weights[piece, None])
        if slope is not None:
            gradient.mul_(slope)
        scores[piece] = gradient
    return losses
