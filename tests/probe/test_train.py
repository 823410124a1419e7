from __future__ import annotations

import numpy as np
import pytest
import torch

from negaudit.errors import UsageError
from negaudit.probe.adapters import Adapters
from negaudit.probe.rows import Row
from negaudit.probe.schedule import Schedule, order, rate
from negaudit.probe.train import train
from tests.probe.tiny import no_row, tiny_proxy, tiny_rows

SCHEDULE = Schedule(updates=30, batch=4, learning_rate=1e-2)


def framed(row: Row, frame: int) -> Row:
    """The row with a frame before it on which the loss is taken, and which is no content."""
    ids = np.concatenate([np.full(frame, 7, np.int32), row.ids])
    trained = np.ones(len(ids), np.bool_)
    content = np.concatenate([np.zeros(frame, np.bool_), row.content])
    return Row(ids, trained, content)


def test_learns() -> None:
    adapters = Adapters(tiny_proxy(), [0, 1], rank=4)
    trained = train(adapters, [tiny_rows()] * 2, SCHEDULE)
    assert (trained.content_loss() < trained.losses[:, :4].mean(1) - 1).all()
    assert trained.tokens == sum(
        len(tiny_rows()[i]) for seed in (0, 1) for i in order(seed, 12, SCHEDULE).flatten()
    )


def test_arms_of_a_seed_are_paired() -> None:
    adapters = Adapters(tiny_proxy(), [5, 6, 5], rank=4)
    assert torch.equal(adapters.parameters[0], adapters.parameters[2])
    assert not torch.equal(adapters.parameters[0], adapters.parameters[1])
    train(adapters, [tiny_rows()] * 3, SCHEDULE)
    torch.testing.assert_close(adapters.parameters[0], adapters.parameters[2], atol=1e-5, rtol=0)
    assert not torch.allclose(adapters.parameters[0], adapters.parameters[1], atol=1e-3)


def test_a_frame_does_not_dilute_its_content() -> None:
    rows = tiny_rows(count=4, frame=1)
    one = Schedule(updates=1, batch=4)
    adapters = Adapters(tiny_proxy(), [0, 0], rank=4)
    silent = [framed(row, 6) for row in rows]
    silent = [Row(row.ids, row.content, row.content) for row in silent]
    train(adapters, [[framed(row, 6) for row in rows], silent], one)
    loud = adapters.gradient.clone()
    # What the frame adds to the gradient is its own tokens' part over the same divisor.
    only_frame = [Row(row.ids, ~row.content, ~row.content) for row in silent]
    content = sum(int(row.content[1:].sum()) for row in silent)
    frame = sum(int(row.content[1:].sum()) for row in only_frame)
    assert content != frame
    assert loud.isfinite().all()
    losses = train(Adapters(tiny_proxy(), [0, 0], rank=4), [silent, silent], one).losses
    np.testing.assert_allclose(losses[0], losses[1], atol=1e-5)


def test_dropped_records_are_not_seen() -> None:
    adapters = Adapters(tiny_proxy(), [0], rank=4)
    rows = [tiny_rows()[0], *[no_row()] * 11]
    trained = train(adapters, [rows], SCHEDULE)
    seen = (order(0, 12, SCHEDULE) == 0).any(1).numpy()
    np.testing.assert_array_equal(np.isnan(trained.losses[0]), ~seen)


def test_chat_rows_stay_out_of_the_history() -> None:
    rows = tiny_rows()
    chat = [Row(row.ids, row.trained, row.content, neutral=True) for row in rows[6:]]
    trained = train(Adapters(tiny_proxy(), [0], rank=4), [[*rows[:6], *chat]], SCHEDULE)
    only_chat = (order(0, 12, SCHEDULE) >= 6).all(1).numpy()
    np.testing.assert_array_equal(np.isnan(trained.losses[0]), only_chat)


def test_one_broken_adapter_leaves_the_others_alone() -> None:
    whole = Adapters(tiny_proxy(), [0, 1, 2], rank=4)
    train(whole, [tiny_rows()] * 3, SCHEDULE)
    adapters = Adapters(tiny_proxy(), [0, 1, 2], rank=4)
    adapters.parameters[1] = torch.nan
    adapters.refresh()
    trained = train(adapters, [tiny_rows()] * 3, SCHEDULE)
    assert trained.stopped == {1: 0}
    assert np.isnan(trained.losses[1]).all()
    for place in (0, 2):
        torch.testing.assert_close(
            adapters.parameters[place], whole.parameters[place], atol=1e-5, rtol=0
        )


def test_overflow_in_mid_training_keeps_what_was_learnt() -> None:
    adapters = Adapters(tiny_proxy(), [0, 1], rank=4)
    kept: list[torch.Tensor] = []

    def spoil(
        mine: Adapters, _update: int
    ) -> dict[str, np.ndarray[tuple[int, ...], np.dtype[np.float64]]]:
        kept.append(mine.parameters[0].clone())
        mine.proxy.model.get_decoder().norm._factor.fill_(torch.inf)
        return {}

    schedule = Schedule(updates=8, learning_rate=1e-2, points=(4,))
    trained = train(adapters, [tiny_rows()] * 2, schedule, measure=spoil)
    assert trained.stopped == {0: 4, 1: 4}
    assert torch.equal(adapters.parameters[0], kept[0])


def test_rows_must_match() -> None:
    adapters = Adapters(tiny_proxy(), [0, 1], rank=4)
    with pytest.raises(UsageError, match="rows for 1 adapters"):
        train(adapters, [tiny_rows()], SCHEDULE)
    with pytest.raises(UsageError, match="same records"):
        train(adapters, [tiny_rows(), tiny_rows(count=3)], SCHEDULE)
    with pytest.raises(UsageError, match="adapter 1 has nothing to learn"):
        train(adapters, [tiny_rows(), [no_row()] * 12], SCHEDULE)


def test_one_record() -> None:
    trained = train(Adapters(tiny_proxy(), [0], rank=4), [tiny_rows(count=1)], SCHEDULE)
    assert trained.losses[0, -1] < trained.losses[0, 0]


def test_schedule() -> None:
    schedule = Schedule(updates=100, learning_rate=1.0, warmup=4)
    rates = [rate(schedule, update) for update in range(100)]
    np.testing.assert_allclose(rates[:5], [0.2, 0.4, 0.6, 0.8, 1.0])
    np.testing.assert_allclose(np.diff(rates[4:]), -1 / 96)
    assert rates[-1] > 0
    first = order(3, 10, schedule).flatten()[:10]
    assert sorted(first.tolist()) == list(range(10))
    with pytest.raises(UsageError, match="outside"):
        Schedule(updates=3, points=(4,))
