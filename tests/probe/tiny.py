"""Tiny random models and rows, for tests of the engine."""

from __future__ import annotations

import copy
from typing import Any

import numpy as np
import torch
from transformers import (
    AutoModelForCausalLM,
    Gemma3TextConfig,
    LlamaConfig,
    PreTrainedModel,
    Qwen3Config,
)

from negaudit.probe.proxy import Proxy, make_proxy
from negaudit.probe.rows import Row

VOCABULARY = 96
_SIZES: dict[str, Any] = {
    "hidden_size": 32,
    "intermediate_size": 48,
    "num_hidden_layers": 2,
    "num_attention_heads": 4,
    "num_key_value_heads": 2,
    "head_dim": 8,
    "vocab_size": VOCABULARY,
    "initializer_range": 0.2,
    "max_position_embeddings": 128,
    "pad_token_id": 0,
    "bos_token_id": None,
    "eos_token_id": None,
}
CONFIGS = {
    "llama": LlamaConfig(**_SIZES, tie_word_embeddings=True),
    "qwen3": Qwen3Config(**_SIZES, attention_bias=True),
    "gemma3": Gemma3TextConfig(
        **_SIZES,
        sliding_window=5,
        layer_types=["sliding_attention", "full_attention"],
        query_pre_attn_scalar=8,
        final_logit_softcapping=30.0,
    ),
}


def tiny_model(architecture: str = "llama") -> PreTrainedModel:
    """The same random model each time."""
    with torch.random.fork_rng():
        torch.manual_seed(0)
        model = AutoModelForCausalLM.from_config(copy.deepcopy(CONFIGS[architecture]))
        # Norms as they are made would hide what becomes of their weights.
        for name, parameter in model.named_parameters():
            if "norm" in name:
                torch.nn.init.uniform_(parameter, 0.2, 1.5)
    return model


def tiny_proxy(architecture: str = "llama") -> Proxy:
    return make_proxy(tiny_model(architecture), None, f"tiny {architecture}")


def tiny_rows(count: int = 12, seed: int = 0, frame: int = 3) -> list[Row]:
    """Rows of 5 to 19 tokens that begin with a frame, which is trained on but no content."""
    numbers = np.random.default_rng(seed)
    rows = []
    for _ in range(count):
        length = int(numbers.integers(5, 20))
        ids = numbers.integers(1, VOCABULARY, length).astype(np.int32)
        trained = np.ones(length, np.bool_)
        content = trained.copy()
        content[:frame] = False
        rows.append(Row(ids, trained, content))
    return rows


def no_row(counted: int | None = None) -> Row:
    """What stands in the place of a record that an arm leaves out."""
    none = np.zeros(0, np.bool_)
    return Row(np.zeros(0, np.int32), none, none, counted=counted)
