"""A pass of the frozen network over packed rows."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional

from negaudit.probe.layout import Layout, using

__all__ = ["Head", "head_of", "hidden_states", "softcap_of"]


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


class Head:
    """Makes logits of hidden states, in float32.

    They are summed in float32 as well: rounded to bfloat16, a logit of 20 is off by up to 0.06.

    Args:
        model: Its head is widened once, which costs as much as the logits of a few dozen tokens.

    Attributes:
        vocabulary: V, the number of logits of a token.
    """

    def __init__(self, model: Any) -> None:
        weight, bias = head_of(model)
        self._dtype = weight.dtype
        self._weight = weight.float()
        self.vocabulary = len(weight)
        self._bias = None if bias is None else bias.float()
        self._cap = softcap_of(model)

    def __call__(self, hidden: Tensor) -> Tensor:
        """Logits [M, V] of hidden states [M, d]."""
        with _products_of(self._dtype):
            output = functional.linear(hidden.float(), self._weight, self._bias)
        return output if self._cap is None else torch.tanh(output / self._cap) * self._cap


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
