from __future__ import annotations

import multiprocessing
import os
import signal
import time
from functools import partial
from pathlib import Path

import numpy as np
import pytest
import torch

from negaudit.errors import NegauditError, UsageError
from negaudit.probe import parallel
from negaudit.probe.groups import Groups
from negaudit.probe.parallel import Work, estimate_seconds, train_groups
from negaudit.probe.proxy import Proxy, load_proxy
from negaudit.probe.rows import Query
from negaudit.probe.schedule import Schedule
from tests.probe.byte_tokenizer import byte_tokenizer
from tests.probe.tiny import tiny_model, tiny_proxy, tiny_rows

SCHEDULE = Schedule(updates=4, batch=2, learning_rate=1e-2, points=(0, 2, 4))
QUERIES = [Query((5, 9), (answer,)) for answer in (3, 4)]


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Proxy:
    folder = tmp_path_factory.mktemp("model")
    tiny_model().save_pretrained(folder)
    byte_tokenizer().save_pretrained(folder)
    return load_proxy(str(folder), device="cpu", dtype="float32")


@pytest.fixture(autouse=True)
def _two(monkeypatch: pytest.MonkeyPatch) -> None:
    in_groups(monkeypatch, 2)


def in_groups(monkeypatch: pytest.MonkeyPatch, workers: int) -> None:
    planned = Groups((range(2), range(2, 3)), workers)
    monkeypatch.setattr(parallel, "groups", lambda *_, **__: planned)


def read(adapters, _update: int):
    return {"read": adapters.log_likelihood(QUERIES)}


def process_and_part(_adapters, part: range) -> tuple[int, range, int]:
    return os.getpid(), part, torch.get_num_threads()


def meet(folder: Path, adapters, part: range) -> tuple[int, range, int]:
    (folder / f"{os.getpid()}-{part.start}").touch()
    assert waited_for(lambda: len(started(folder)) == 2)
    return process_and_part(adapters, part)


def full_disk(adapters, _update: int):
    if len(adapters) == 1:
        raise UsageError("the disk is full", where="adapters", hint="free space")
    return {}


def die(_adapters, _part: range) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def linger(folder: Path, _adapters, update: int):
    (folder / f"{os.getpid()}-{update}").touch()
    time.sleep(0.05)
    return {}


def work(**options) -> Work:
    given = {
        "seeds": (0, 1, 2),
        "rows": [tiny_rows(seed=at) for at in range(3)],
        "schedule": SCHEDULE,
        "measure": read,
        "finish": process_and_part,
        "checkpoint": None,
        "rank": 2,
        "alpha": 4.0,
    }
    return Work(**{**given, **options})


def test_processes_train_as_one_does(
    model: Proxy, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    steps: list[tuple[int, int]] = []
    together = work(finish=partial(meet, tmp_path))
    apart = train_groups(model, together, lambda *step: steps.append(step))
    assert [group.found[1] for group in apart] == [range(2), range(2, 3)]
    processes = {group.found[0] for group in apart}
    assert len(processes) == 2
    assert os.getpid() not in processes
    assert {group.found[2] for group in apart} == {max(1, torch.get_num_threads() // 2)}
    assert steps[-1] == (8, 8)
    planned = Groups((range(3),), 1)
    monkeypatch.setattr(parallel, "groups", lambda *_, **__: planned)
    (here,) = train_groups(model, work(), lambda *_: None)
    assert here.found[0] == os.getpid()
    assert here.trained.tokens == sum(group.trained.tokens for group in apart)
    for group in apart:
        mine = slice(group.part.start, group.part.stop)
        np.testing.assert_allclose(group.trained.losses, here.trained.losses[mine], rtol=1e-4)
        for one, other in zip(group.trained.points, here.trained.points, strict=True):
            np.testing.assert_allclose(one.values["read"], other.values["read"][mine], rtol=1e-3)


def test_what_a_process_raises_is_raised_here_and_ends_the_others(model: Proxy) -> None:
    endless = Schedule(updates=10**6, batch=2, points=(0,))
    with pytest.raises(UsageError, match="the disk is full") as caught:
        train_groups(model, work(measure=full_disk, schedule=endless), lambda *_: None)
    assert (caught.value.where, caught.value.hint) == ("adapters", "free space")


def test_a_process_that_dies_is_told(model: Proxy) -> None:
    with pytest.raises(NegauditError, match="worker process ended") as caught:
        train_groups(model, work(finish=die), lambda *_: None)
    assert "--resume" in caught.value.hint


def test_a_killed_run_leaves_no_process_behind(model: Proxy, tmp_path: Path) -> None:
    endless = Schedule(updates=10**6, batch=2, points=tuple(range(0, 10**6, 7)))
    task = work(schedule=endless, measure=partial(linger, tmp_path))
    child = multiprocessing.get_context("fork").Process(
        target=train_groups, args=(model, task, lambda *_: None)
    )
    child.start()
    try:
        assert waited_for(lambda: len(started(tmp_path)) == 2)
    finally:
        child.kill()
    child.join()
    assert waited_for(lambda: not any(map(alive, started(tmp_path))))


def started(folder: Path) -> set[int]:
    return {int(path.name.partition("-")[0]) for path in folder.iterdir()}


def alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    # One that has ended stays in the table until its new parent looks.
    return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"


def waited_for(happened) -> bool:
    end = time.monotonic() + 240  # processes that start beside other work take their time
    while time.monotonic() < end:
        if happened():
            return True
        time.sleep(0.1)
    return False


def test_estimate() -> None:
    seconds = estimate_seconds(tiny_proxy(), [tiny_rows()] * 3, SCHEDULE, rank=4)
    assert 0 < seconds < 60
