from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
import torch
from numpy.typing import NDArray

from negaudit.probe.adapters import Adapters
from negaudit.probe.likelihood import base_log_likelihood
from negaudit.probe.rows import Query
from negaudit.probe.schedule import Schedule
from negaudit.probe.train import train
from tests.probe.tiny import CONFIGS, VOCABULARY, tiny_model, tiny_proxy, tiny_rows

CHOICE = [Query((1, 2, 3), answer) for answer in ((4, 5), (4, 6), (7,), (4, 5, 9))]
OTHERS = [Query((1, 9), (4, 5)), Query((2,), (4,)), Query((1, 2, 3, 4), (5, 9))]


def naive(architecture: str, queries: Sequence[Query]) -> NDArray[np.float64]:
    model = tiny_model(architecture).eval()
    values = []
    for query in queries:
        ids = torch.tensor([[*query.prompt, *query.answer]])
        with torch.no_grad():
            scores = torch.log_softmax(model(input_ids=ids, use_cache=False).logits[0].double(), -1)
        first = len(query.prompt) - 1
        values.append(sum(float(scores[first + i, t]) for i, t in enumerate(query.answer)))
    return np.array(values)


@pytest.mark.parametrize("architecture", sorted(CONFIGS))
def test_shared_beginnings_change_nothing(architecture: str) -> None:
    queries = [*CHOICE, *OTHERS, CHOICE[0]]
    found = base_log_likelihood(tiny_proxy(architecture), queries)
    np.testing.assert_allclose(found, naive(architecture, queries), atol=1e-4)


def test_many_long_queries_go_through_in_several_passes() -> None:
    numbers = np.random.default_rng(0)
    queries = [
        Query(
            tuple(numbers.integers(1, VOCABULARY, numbers.integers(1, 60)).tolist()),
            tuple(numbers.integers(1, VOCABULARY, numbers.integers(1, 9)).tolist()),
        )
        for _ in range(150)
    ]
    found = base_log_likelihood(tiny_proxy(), queries)
    np.testing.assert_allclose(found, naive("llama", queries), atol=1e-4)


def test_adapters_are_read_apart() -> None:
    adapters = Adapters(tiny_proxy(), [0, 1], rank=4)
    queries = [*CHOICE, *OTHERS]
    base = base_log_likelihood(adapters.proxy, queries)
    np.testing.assert_allclose(adapters.log_likelihood(queries), np.stack([base, base]), atol=1e-6)
    train(adapters, [tiny_rows(), tiny_rows(seed=5)], Schedule(updates=5, learning_rate=1e-2))
    after = adapters.log_likelihood(queries)
    assert np.abs(after[0] - after[1]).max() > 0.01
    np.testing.assert_array_equal(base_log_likelihood(adapters.proxy, queries), base)


def test_nothing_to_read() -> None:
    assert Adapters(tiny_proxy(), [0, 1], rank=2).log_likelihood([]).shape == (2, 0)
    with pytest.raises(ValueError, match="an answer"):
        Query((1,), ())
