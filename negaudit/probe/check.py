"""Whether a model does the same with the engine's layers as with its own."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch
from torch import Tensor

from negaudit.errors import UsageError
from negaudit.probe.forward import Head, hidden_states
from negaudit.probe.frozen import Joined, freeze
from negaudit.probe.packing import PackedRow, pack

__all__ = ["check_freezing"]

_LENGTHS = (11, 7)


def check_freezing(model: Any, name: str) -> tuple[Joined, ...]:
    """Freezes a model, and compares packed rows with the same rows one by one.

    A model whose tokens see each other by other ways than attention (a recurrent layer, a
    convolution) would see across packed rows; it is refused.

    Raises:
        UsageError: The two differ by more than rounding.
    """
    rows = _rows(model.get_input_embeddings().weight.shape[0])
    before = [_alone(model, row) for row in rows]
    joined = freeze(model)
    layout = pack([[PackedRow(row) for row in rows]], device=before[0].device)
    with torch.no_grad():
        together = Head(model)(hidden_states(model, layout))
    for start, row, alone in zip(layout.starts[0].tolist(), rows, before, strict=True):
        mine = together[start : start + len(row)]
        scale = float(alone.std()) + 1e-6
        error = float((mine - alone).abs().mean()) / scale
        if not error < (0.1 if model.dtype == torch.bfloat16 else 1e-3):
            kind = type(model).__name__
            message = (
                f"the engine does not get this architecture right ({kind}; off by {error:.3g})"
            )
            hint = "use a decoder with plain attention, such as Llama, Qwen3 or Gemma"
            raise UsageError(message, where=name, hint=hint)
    return joined


def _rows(vocabulary: int) -> list[np.ndarray[Any, np.dtype[np.int32]]]:
    numbers = np.random.default_rng(0)
    return [numbers.integers(0, vocabulary, length).astype(np.int32) for length in _LENGTHS]


@torch.no_grad()
def _alone(model: Any, row: np.ndarray[Any, np.dtype[np.int32]]) -> Tensor:
    device = model.get_input_embeddings().weight.device
    ids = torch.from_numpy(row).long()[None].to(device)
    output: Tensor = model(input_ids=ids, use_cache=False).logits[0].float()
    return output
