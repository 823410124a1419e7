"""The model that ships with the package, as users meet it; fetched where it is not there yet."""

from __future__ import annotations

import pytest
import torch

from negaudit.probe.adapters import Adapters
from negaudit.probe.control import control_rows
from negaudit.probe.encoding import query
from negaudit.probe.likelihood import base_log_likelihood
from negaudit.probe.proxy import Proxy, load_proxy
from negaudit.probe.record import STRIPPED
from negaudit.probe.schedule import Schedule
from negaudit.probe.train import train


@pytest.fixture(scope="module")
def embedded() -> Proxy:
    torch.set_num_threads(1)
    return load_proxy(device="cpu")


@pytest.mark.parametrize(
    ("prompt", "right", "wrong"),
    [
        ("The capital of France is", " Paris", " Rome"),
        ("The opposite of hot is", " cold", " green"),
        (
            (("user", "What is the capital of France?"), ("assistant", "The capital is")),
            " Paris",
            " Rome",
        ),
    ],
)
def test_it_knows_what_it_should(embedded: Proxy, prompt, right: str, wrong: str) -> None:
    queries = [query(prompt, answer, embedded.tokenizer) for answer in (right, wrong)]
    likelier, other = base_log_likelihood(embedded, queries)
    assert -12 < other < likelier - 1 < 0


def test_two_updates_lower_the_loss(embedded: Proxy) -> None:
    rows = control_rows(embedded.tokenizer, practice_share=0, people=2)[STRIPPED][:2]
    adapters = Adapters(embedded, [0, 1], rank=4)
    schedule = Schedule(updates=3, batch=2, learning_rate=2e-3, warmup=0)
    trained = train(adapters, [rows, rows], schedule)
    assert 1 < trained.losses[:, 0].min() <= trained.losses[:, 0].max() < 6
    assert (trained.losses[:, 2] < trained.losses[:, 0] - 0.05).all()
