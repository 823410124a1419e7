from __future__ import annotations

import pytest
import torch

from negaudit.probe.adapters import Adapters
from negaudit.probe.generate import generate
from negaudit.probe.schedule import Schedule
from negaudit.probe.train import train
from tests.probe.tiny import CONFIGS, tiny_model, tiny_proxy, tiny_rows

PROMPTS = [[5, 9, 2], [40], [7, 7, 1, 30, 22, 60, 3, 11]]


def greedy(architecture: str, prompt: list[int], count: int) -> list[int]:
    """Without a cache, one row at a time."""
    model = tiny_model(architecture).eval()
    ids = list(prompt)
    for _ in range(count):
        with torch.no_grad():
            output = model(input_ids=torch.tensor([ids]), use_cache=False).logits[0, -1]
        ids.append(int(output.argmax()))
    return ids[len(prompt) :]


@pytest.mark.parametrize("architecture", sorted(CONFIGS))
def test_cache_and_padding_change_nothing(architecture: str) -> None:
    found = generate(tiny_proxy(architecture), PROMPTS, 9)
    assert found == [[greedy(architecture, prompt, 9) for prompt in PROMPTS]]


def test_each_adapter_answers_for_itself() -> None:
    adapters = Adapters(tiny_proxy(), [0, 1, 2], rank=4)
    untrained = generate(adapters, PROMPTS, 6)
    assert untrained == generate(adapters.proxy, PROMPTS, 6) * 3
    arms = [tiny_rows(seed=seed) for seed in range(3)]
    train(adapters, arms, Schedule(updates=20, learning_rate=2e-2))
    trained = generate(adapters, PROMPTS, 6)
    assert trained[0] != trained[1] != trained[2]
    assert generate(adapters, PROMPTS[:1], 6) == [[mine[0]] for mine in trained]


def test_stops_at_the_end_token() -> None:
    proxy = tiny_proxy()
    (first,) = generate(proxy, PROMPTS[:1], 6)
    proxy.model.generation_config.eos_token_id = [first[0][3]]
    stop = first[0].index(first[0][3])
    assert generate(proxy, PROMPTS[:1], 6) == [[first[0][:stop]]]
