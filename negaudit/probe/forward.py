"""A pass of the frozen network over packed rows."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional

from negaudit.probe.layout import Layout, using

__all__ = ["head_of", "hidden_states", "logits", "softcap_of"]


def hidden_states(model: Any, layout: Layout) -> Tensor:
    """The last hidden states [N, d], after the last norm."""
    with using(layout):
        output = model.get_decoder()(
            input_ids=layout.ids, position_ids=layout.positions, use_cache=False
        )
    states: Tensor = output.last_hidden_state[0]
    return states


def head_of(model: Any) -> tuple[Tensor, Tensor | None]:
    """Weight [V, d] and bias of the head."""
    head = model.get_output_embeddings()
    return head.weight, getattr(head, "bias", None)


def softcap_of(model: Any) -> float | None:
    """The number at which the logits are capped, where they are."""
    cap = getattr(model.config, "final_logit_softcapping", None)
    return None if cap is None else float(cap)


def logits(model: Any, hidden: Tensor) -> Tensor:
    """Logits [M, V] of hidden states [M, d], in float32.

    They are summed in float32 as well: rounded to bfloat16, a logit of 20 is off by up to 0.06.
    """
    weight, bias = head_of(model)
    cap = softcap_of(model)
    with _products_of(weight.dtype):
        output = functional.linear(
            hidden.float(), weight.float(), None if bias is None else bias.float()
        )
    return output if cap is None else torch.tanh(output / cap) * cap


@contextmanager
def _products_of(dtype: torch.dtype) -> Iterator[None]:
    """Lets the units for bfloat16 multiply its numbers where they stand in float32.

    Nothing is lost: a product of two of them fits into float32, and so are the sums kept.
    """
    before = torch.get_float32_matmul_precision()
    if dtype == torch.bfloat16:
        torch.set_float32_matmul_precision("medium")
    try:
        yield
    finally:
        torch.set_float32_matmul_precision(before)
