from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
import torch

from negaudit.probe import groups as room
from negaudit.probe.groups import Groups, adapter_bytes, available_bytes, groups
from negaudit.probe.schedule import Schedule
from tests.probe.tiny import tiny_proxy, tiny_rows

SCHEDULE = Schedule(updates=20, batch=4)
ROWS = [tiny_rows()] * 10
PROXY = tiny_proxy()
TOKENS = round(sum(len(row) for row in ROWS[0]) / 12 * SCHEDULE.batch)
EACH = adapter_bytes(PROXY, TOKENS, rank=4)
COPY = (600 << 20) + PROXY.parameters * 4


@pytest.fixture
def planned(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Groups]:
    """Plans with so much memory, for as many processes as the training is said to be worth."""
    monkeypatch.setattr(room, "_SHARE", 1)

    def plan(memory: int, workers: int = 1) -> Groups:
        monkeypatch.setattr(room, "available_memory", lambda: memory)
        monkeypatch.setattr(room, "_workers_worthwhile", lambda *_: workers)
        return groups(PROXY, ROWS, SCHEDULE, rank=4)

    return plan


def sizes(found: Groups) -> list[int]:
    assert [at for part in found.parts for at in part] == list(range(10))
    return [len(part) for part in found.parts]


def test_groups_fit_into_memory(planned: Callable[..., Groups]) -> None:
    found = planned(4 * EACH)
    assert found.workers == 1
    assert max(sizes(found)) <= 4
    assert max(sizes(found)) - min(sizes(found)) <= 1
    assert sizes(planned(1)) == [1] * 10


def test_a_small_training_is_one_group_in_this_process() -> None:
    assert groups(PROXY, ROWS, SCHEDULE, rank=4) == Groups((range(10),), 1)


@pytest.mark.parametrize(
    ("workers", "each", "wanted", "used"),
    [
        (2, 10, [5, 5], 2),
        (3, 10, [3, 4, 3], 3),
        # Two processes that hold four adapters each take two turns, with no process idle.
        (2, 4, [2, 3, 3, 2], 2),
        (16, 10, [1] * 10, 10),
    ],
)
def test_every_process_has_as_much_to_do(
    planned: Callable[..., Groups], workers: int, each: int, wanted: list[int], used: int
) -> None:
    mine = min(workers, 10)
    found = planned(mine * (COPY + each * EACH), workers)
    assert sorted(sizes(found)) == sorted(wanted)
    assert found.workers == used


def test_processes_that_memory_has_no_room_for_are_not_started(
    planned: Callable[..., Groups],
) -> None:
    assert planned(3 * (COPY + 2 * EACH), 4).workers == 3
    assert planned(COPY, 4).workers == 1


def test_processes_are_for_long_trainings_of_a_model_that_can_be_loaded(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(torch, "get_num_threads", lambda: 2)
    long = replace(PROXY, reloadable=True, parameters=10**12)
    monkeypatch.setattr(room, "available_memory", lambda: 100 * 10**12)
    assert groups(long, ROWS, SCHEDULE).workers == 2
    for other in (
        replace(long, parameters=10**3),
        replace(long, reloadable=False),
        replace(long, device=torch.device("meta")),
    ):
        assert groups(other, ROWS, SCHEDULE).workers == 1


def test_what_torch_keeps_of_a_gpu_can_be_had(monkeypatch: pytest.MonkeyPatch) -> None:
    told = {"mem_get_info": (10, 80), "memory_reserved": 50, "memory_allocated": 20}
    for name, value in told.items():
        monkeypatch.setattr(torch.cuda, name, lambda _, value=value: value)
    assert available_bytes(torch.device("cuda")) == 40
