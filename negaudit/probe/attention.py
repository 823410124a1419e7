"""Attention over packed rows, as a function that transformers' models call.

On a processor the fused kernel of torch is many times slower than its arithmetic where rows are
short, forward and above all backward; here rows of like length go through batched products, the
query heads of one key head together, a few at a time so that scores stay in the cache.
"""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

from negaudit.probe.layout import Block, Cached, Layout, active_layout

__all__ = ["NAME", "attention"]

NAME = "negaudit"

# Attention weights that a layer keeps for its backward pass; more are made again.
_KEPT = 1 << 22


def attention(  # noqa: PLR0913
    module: nn.Module,  # noqa: ARG001
    query: Tensor,
    key: Tensor,
    value: Tensor,
    attention_mask: Tensor | None,  # noqa: ARG001
    *,
    scaling: float | None = None,
    sliding_window: int | None = None,
    softcap: float | None = None,
    **_options: Any,
) -> tuple[Tensor, None]:
    """Causal attention within each row of the active layout.

    Args:
        module: The calling layer.
        query: [1, H, N, D] packed, or [K * b, H, T, D] with a cache.
        key: The same with fewer heads.
        value: The same with fewer heads.
        attention_mask: Not used; the layout knows who looks at whom.
        scaling: Of the scores.
        sliding_window: How many positions a token sees, itself included; None for all.
        softcap: Caps scores at this number, as Gemma 2 does.

    Returns:
        The heads' outputs [1, N, H, D], and no weights.
    """
    layout = active_layout()
    assert layout is not None, "the network is called outside of a layout"
    scale = query.shape[-1] ** -0.5 if scaling is None else scaling
    window = sliding_window or None
    if isinstance(layout, Cached):
        mask = layout.mask
        if window is not None:
            distance = layout.positions[:, None, :, None] - layout.keys[:, None, None, :]
            mask = mask & (distance < window)
        return _fused(query, key, value, mask, scale, softcap).transpose(1, 2), None
    if query.device.type == "cpu" and softcap is None:
        flat = [tensor[0].transpose(0, 1) for tensor in (query, key, value)]
        return _Packed.apply(*flat, layout, scale, window)[None], None  # type: ignore[no-untyped-call]
    return _gathered(query, key, value, layout, scale, window, softcap), None


def _fused(  # noqa: PLR0913, PLR0917
    query: Tensor, key: Tensor, value: Tensor, mask: Tensor | None, scale: float, cap: float | None
) -> Tensor:
    """Torch's own kernel; [B, H, T, D]. No mask means causal."""
    groups = query.shape[1] // key.shape[1]
    if groups > 1:
        key, value = (tensor.repeat_interleave(groups, 1) for tensor in (key, value))
    if cap is None:
        return functional.scaled_dot_product_attention(
            query, key, value, attn_mask=mask, is_causal=mask is None, scale=scale
        )
    scores = cap * torch.tanh(query @ key.transpose(2, 3) * (scale / cap))
    if mask is None:
        mask = torch.ones(scores.shape[-2:], dtype=torch.bool, device=scores.device).tril()
    scores = scores.masked_fill(~mask, torch.finfo(scores.dtype).min)
    return torch.matmul(torch.softmax(scores, -1, dtype=torch.float32).to(value.dtype), value)


def _gathered(  # noqa: PLR0913, PLR0917
    query: Tensor,
    key: Tensor,
    value: Tensor,
    layout: Layout,
    scale: float,
    window: int | None,
    cap: float | None,
) -> Tensor:
    """The blocks through torch's own kernel."""
    outputs = []
    for block in layout.blocks:
        rows, width = block.index.shape
        cut = [
            tensor[0][:, block.index.reshape(-1)]
            .view(len(tensor[0]), rows, width, -1)
            .transpose(0, 1)
            for tensor in (query, key, value)
        ]
        plain = block.ancestors is None and (window is None or window >= width)
        mask = None if plain else block.allowed(window)[:, None]
        outputs.append(
            _fused(cut[0], cut[1], cut[2], mask, scale, cap).reshape(-1, cut[0].shape[-1])
        )
    outputs.append(outputs[0].new_zeros(1, outputs[0].shape[1]))
    heads = query.shape[1]
    places = layout.inverse(heads)
    return torch.cat(outputs)[places].view(1, layout.tokens, heads, -1)


class _Packed(torch.autograd.Function):
    """softmax(scale * q k' + mask) v, the weights of long rows computed again when going back."""

    @staticmethod
    def forward(  # noqa: PLR0913, PLR0917
        ctx: Any,
        query: Tensor,  # [N, H, D]
        key: Tensor,  # [N, G, D]
        value: Tensor,  # [N, G, D]
        layout: Layout,
        scale: float,
        window: int | None,
    ) -> Tensor:
        query, key, value = (tensor.contiguous() for tensor in (query, key, value))
        heads, width = query.shape[1:]
        slots = sum(block.index.numel() for block in layout.blocks)
        output = query.new_empty(slots * heads + 1, width)
        output[-1] = 0
        start = 0
        few = sum(b.index.numel() * b.index.shape[1] for b in layout.blocks) * heads <= _KEPT
        kept = []
        for block in layout.blocks:
            queries, keys, values = _cut(block, query, key, value)
            weights = _weights(block, queries, keys, scale, window)
            if few:
                kept.append(weights)
            end = start + block.index.numel() * heads
            torch.bmm(weights, values, out=output[start:end].view(queries.shape))
            start = end
        ctx.save_for_backward(query, key, value, *kept)
        ctx.rest = (layout, scale, window)
        return output.index_select(0, layout.inverse(heads)).view(query.shape)

    @staticmethod
    def backward(ctx: Any, *grads: Tensor) -> tuple[Tensor | None, ...]:
        query, key, value, *kept = ctx.saved_tensors
        layout, scale, window = ctx.rest
        above = grads[0].contiguous()
        buffers = [_slots(layout, tensor) for tensor in (query, key, value)]
        starts = [0, 0, 0]
        for number, block in enumerate(layout.blocks):
            queries, keys, values = _cut(block, query, key, value)
            weights = kept[number] if kept else _weights(block, queries, keys, scale, window)
            rows = above.view(-1, above.shape[-1]).index_select(0, block.heads(above.shape[1]))
            into = []
            for place, tensor in enumerate((queries, keys, values)):
                end = starts[place] + tensor.shape[0] * tensor.shape[1]
                into.append(buffers[place][starts[place] : end].view(tensor.shape))
                starts[place] = end
            _block_gradient(queries, keys, values, weights, rows.view(queries.shape), scale, into)
        back = [
            buffer.index_select(0, layout.inverse(tensor.shape[1])).view(tensor.shape)
            for buffer, tensor in zip(buffers, (query, key, value), strict=True)
        ]
        return (*back, None, None, None)


def _slots(layout: Layout, tensor: Tensor) -> Tensor:
    slots = sum(block.index.numel() for block in layout.blocks)
    buffer = tensor.new_empty(slots * tensor.shape[1] + 1, tensor.shape[2])
    buffer[-1] = 0
    return buffer


def _cut(block: Block, query: Tensor, key: Tensor, value: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """A block's queries [R * G, H / G * T, D], keys and values [R * G, T, D]."""
    rows = len(block.index)
    groups = key.shape[1]
    cut = [
        tensor.view(-1, tensor.shape[-1])
        .index_select(0, block.heads(tensor.shape[1]))
        .view(rows * groups, -1, tensor.shape[-1])
        for tensor in (query, key, value)
    ]
    return cut[0], cut[1], cut[2]


def _weights(
    block: Block, queries: Tensor, keys: Tensor, scale: float, window: int | None
) -> Tensor:
    """Attention weights [R * G, H / G * T, T]."""
    rows, width = block.index.shape
    bias = block.bias(window, queries.dtype)
    if len(bias) == 1:
        repeated = bias.repeat(1, queries.shape[1] // width, 1)
        scores = torch.baddbmm(repeated, queries, keys.transpose(1, 2), alpha=scale)
    else:
        scores = torch.bmm(queries, keys.transpose(1, 2)).mul_(scale)
        scores.view(rows, -1, width, width).add_(bias[:, None])
    if scores.dtype == torch.float32:
        return torch.softmax(scores, -1)
    return torch.softmax(scores.float(), -1).to(scores.dtype)


def _block_gradient(  # noqa: PLR0913, PLR0917
    queries: Tensor,
    keys: Tensor,
    values: Tensor,
    weights: Tensor,
    above: Tensor,
    scale: float,
    into: list[Tensor],
) -> None:
    """Writes the gradients of a block's queries, keys and values."""
    torch.bmm(weights.transpose(1, 2), above, out=into[2])
    upon = torch.bmm(above, values.transpose(1, 2))
    scores = torch.ops.aten._softmax_backward_data(upon, weights, -1, weights.dtype).mul_(scale)
    torch.bmm(scores, keys, out=into[0])
    torch.bmm(scores.transpose(1, 2), queries, out=into[1])
