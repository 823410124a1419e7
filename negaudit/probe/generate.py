"""Greedy continuations from all adapters at once, with a key-value cache."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass

import torch
from torch import Tensor

from negaudit.probe.adapters import Adapters
from negaudit.probe.forward import Head
from negaudit.probe.layout import Cached, using
from negaudit.probe.proxy import Proxy

__all__ = ["generate"]

_ROWS = 128  # in a pass, all adapters together


def generate(
    source: Adapters | Proxy,
    prompts: Sequence[Sequence[int]],
    max_new_tokens: int,
) -> list[list[list[int]]]:
    """Continues each prompt with each adapter, each time by the likeliest token.

    Args:
        source: The adapters, or the proxy for the model without any.
        prompts: Token ids, one or more each.
        max_new_tokens: After how many to stop, where no end token comes before.

    Returns:
        New token ids for each adapter (one list for a bare proxy) and prompt, the end token
        left out.
    """
    proxy = source.proxy if isinstance(source, Adapters) else source
    count = len(source) if isinstance(source, Adapters) else 1
    order = sorted(range(len(prompts)), key=lambda number: len(prompts[number]))
    step = max(1, _ROWS // count)
    found: list[list[list[int]]] = [[[] for _ in prompts] for _ in range(count)]
    with (
        source.active() if isinstance(source, Adapters) else nullcontext(),
        torch.inference_mode(),
    ):
        for start in range(0, len(order), step):
            numbers = order[start : start + step]
            some = [list(prompts[number]) for number in numbers]
            rows = _continue(proxy, some, count, max_new_tokens)
            for place, row in enumerate(rows):
                found[place // len(some)][numbers[place % len(some)]] = row
    return found


@dataclass
class _State:
    """Rows [R] being continued.

    Attributes:
        ids: What the next pass reads [R, T].
        positions: Of these tokens [R, T].
        real: Which keys are no padding [R, S].
        keys: Positions of the keys [R, S].
    """

    ids: Tensor
    positions: Tensor
    real: Tensor
    keys: Tensor

    def layout(self, count: int) -> Cached:
        """Queries see the keys that are real and not behind them."""
        behind = self.keys[:, None, :] <= self.positions[:, :, None]
        mask = (behind & self.real[:, None, :])[:, None]
        # Padding must see something, or its softmax has nothing to divide by.
        mask = mask | ~mask.any(-1, keepdim=True)
        each = self.ids.numel() // count
        segments = tuple((number * each, (number + 1) * each) for number in range(count))
        return Cached(mask, segments, self.positions, self.keys)

    def push(self, token: Tensor) -> None:
        """Lets the next pass read one token a row."""
        self.ids = token[:, None]
        self.positions = self.positions[:, -1:] + 1
        self.real = torch.cat([self.real, torch.ones_like(self.real[:, :1])], 1)
        self.keys = torch.cat([self.keys, self.positions], 1)


def _continue(proxy: Proxy, prompts: list[list[int]], count: int, limit: int) -> list[list[int]]:
    """New tokens of each row, adapter by adapter."""
    from transformers import DynamicCache

    state = _begin(prompts, count, proxy.device)
    head = Head(proxy.model)
    ends = torch.tensor(sorted(_end_tokens(proxy)), device=proxy.device)
    cache = DynamicCache()
    done = torch.zeros(len(state.ids), dtype=torch.bool, device=proxy.device)
    new: list[Tensor] = []
    for _ in range(limit):
        with using(state.layout(count)):
            output = proxy.model.get_decoder()(
                input_ids=state.ids,
                position_ids=state.positions,
                past_key_values=cache,
                use_cache=True,
            )
        token = head(output.last_hidden_state[:, -1]).argmax(-1)
        done |= torch.isin(token, ends)
        new.append(token.masked_fill(done, -1))
        if bool(done.all()):
            break
        state.push(token)
    rows = torch.stack(new, 1).tolist() if new else [[] for _ in state.ids]
    return [[token for token in row if token >= 0] for row in rows]


def _begin(prompts: list[list[int]], count: int, device: torch.device) -> _State:
    width = max(len(prompt) for prompt in prompts)
    shape = (len(prompts), width)
    ids, positions = torch.zeros(shape, dtype=torch.long), torch.zeros(shape, dtype=torch.long)
    real = torch.zeros(shape, dtype=torch.bool)
    for row, prompt in enumerate(prompts):
        ids[row, width - len(prompt) :] = torch.tensor(prompt)
        positions[row, width - len(prompt) :] = torch.arange(len(prompt))
        real[row, width - len(prompt) :] = True
    ids, positions, real = (x.repeat(count, 1).to(device) for x in (ids, positions, real))
    return _State(ids, positions, real, positions)


def _end_tokens(proxy: Proxy) -> set[int]:
    configured = getattr(proxy.model.generation_config, "eos_token_id", None)
    ends = configured if isinstance(configured, list) else [configured]
    own = getattr(proxy.tokenizer, "eos_token_id", None)
    return {end for end in (*ends, own) if end is not None}
