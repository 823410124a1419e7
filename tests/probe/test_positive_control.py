from __future__ import annotations

import errno
import os
import pickle
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest

from negaudit.probe import parallel
from negaudit.probe import positive_control as room
from negaudit.probe.control import material
from negaudit.probe.control_record import ControlRun, write_control
from negaudit.probe.control_run import run_control
from negaudit.probe.embedded import REVISION
from negaudit.probe.options import PRESETS
from negaudit.probe.parallel import train_groups
from negaudit.probe.positive_control import positive_control
from negaudit.probe.schedule import Schedule
from tests.probe.whole import RECIPE, byte_proxy, separating_control

PROXY = byte_proxy()
SCHEDULE = Schedule(RECIPE.updates, RECIPE.batch, RECIPE.learning_rate, points=(4, 8))


@pytest.fixture
def ran(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Schedule]:
    """The schedules with which the control was run, in an empty cache."""
    schedules: list[Schedule] = []

    def run(proxy, schedule, *_, **__):
        schedules.append(schedule)
        return separating_control(proxy)

    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr(room, "run_control", run)
    return schedules


def control(warn=lambda _: None, **changes):
    schedule = msgspec.structs.replace(SCHEDULE, **changes)
    return positive_control(PROXY, schedule, RECIPE, progress=lambda *_: None, warn=warn)


def test_it_is_run_once_and_kept(ran: list[Schedule]) -> None:
    first, second = control(), control()
    assert (first.source, second.source) == ("run", "cache")
    assert first.separates
    assert first.effects == second.effects
    assert [schedule.points for schedule in ran] == [()]


@pytest.mark.parametrize("changes", [{"learning_rate": 1e-4}, {"updates": 16}, {"batch": 3}])
def test_another_recipe_has_a_control_of_its_own(ran: list[Schedule], changes) -> None:
    control()
    assert control(**changes).source == "run"
    assert len(ran) == 2


def test_a_kept_run_of_other_sentences_is_another_control(
    ran: list[Schedule], monkeypatch: pytest.MonkeyPatch
) -> None:
    control()
    changed = msgspec.structs.replace(material(), before=("All of it is false.",))
    monkeypatch.setattr(room, "material", lambda: changed)
    assert control().source == "run"
    assert len(ran) == 2


def test_a_kept_run_that_is_damaged_is_run_again(ran: list[Schedule], tmp_path: Path) -> None:
    control()
    (kept,) = tmp_path.rglob("*.json")
    kept.write_bytes(kept.read_bytes()[:-40])
    assert control().source == "run"
    assert control().source == "cache"


def test_a_shipped_run_speaks_for_as_much_training_or_more(
    ran: list[Schedule], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room, "shipped_controls", lambda proxy: (separating_control(proxy),))
    assert control().source == "shipped"
    assert control(updates=16, batch=SCHEDULE.batch + 1).source == "shipped"
    assert control(updates=4, points=()).source == "run"
    assert control(batch=SCHEDULE.batch - 1).source == "run"
    assert control(learning_rate=1e-4).source == "run"


def test_a_full_disk_costs_the_kept_run_and_not_the_probe(
    ran: list[Schedule], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(Path, "replace", full)
    warnings: list[str] = []
    assert control(warnings.append).separates
    assert len(warnings) == 1
    assert "cannot be kept for the next probe (No space left" in warnings[0]
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_a_run_that_was_stopped_goes_on(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    short = msgspec.structs.replace(SCHEDULE, updates=2, batch=2, points=())
    steps: list[int] = []

    def stopped(done: int, total: int) -> None:
        if done == total:
            raise KeyboardInterrupt

    def run(progress) -> ControlRun:
        positive_control(PROXY, short, RECIPE, progress=progress, warn=lambda _: None)
        (kept,) = tmp_path.rglob("*.json")
        return msgspec.structs.replace(room._read(kept), seconds=0)

    with pytest.raises(KeyboardInterrupt):
        run(stopped)
    assert list(tmp_path.rglob("*.checkpoint"))
    first = run(lambda done, _: steps.append(done))
    assert not steps
    assert not list(tmp_path.rglob("*.checkpoint"))
    next(tmp_path.rglob("*.json")).unlink()
    assert run(lambda done, _: steps.append(done)) == first
    assert steps == [1, 2]


def test_a_model_that_learns_nothing_does_not_separate(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def handed(model, work, progress):
        return train_groups(model, pickle.loads(pickle.dumps(work)), progress)

    monkeypatch.setattr(parallel, "train_groups", handed)
    short = msgspec.structs.replace(SCHEDULE, updates=2, batch=2, points=())
    run = run_control(PROXY, short, (0, 1), rank=2, people=3, practice_share=0.5)
    assert [(r.arm, r.seed) for r in run.readings][:3] == [
        ("base", -1),
        ("stripped", 0),
        ("original", 0),
    ]
    found = room.judge_control(run, "run")
    assert not found.separates
    assert found.reason.startswith("the bare claims were not learnt")
    write_control(run, tmp_path / "deep" / "control.json")
    assert room._read(tmp_path / "deep" / "control.json") == run


def test_a_control_whose_loss_is_no_number_says_so_and_does_not_separate() -> None:
    wild = Schedule(3, 2, 1e30)
    told: list[str] = []
    run = run_control(PROXY, wild, (0, 1), rank=2, people=3, practice_share=0.5, warn=told.append)
    assert len(told) == 6
    assert told[0].startswith("the positive control's loss of stripped, seed 0, was no longer a")
    assert all(told_of.endswith("try a lower learning rate") for told_of in told)
    assert not room.judge_control(run, "run").separates


def test_every_preset_has_a_run_that_ships_and_separates() -> None:
    proxy = replace(PROXY, revision=REVISION)
    for recipe in PRESETS.values():
        schedule = Schedule(recipe.updates, recipe.batch, recipe.learning_rate)
        known = room.known_control(proxy, schedule, recipe)
        assert known is not None
        assert (known.source, known.separates) == ("shipped", True)


def test_the_time_of_a_control_that_must_be_run_can_be_told(ran: list[Schedule]) -> None:
    assert room.known_control(PROXY, SCHEDULE, RECIPE) is None
    assert room.control_seconds(PROXY, SCHEDULE, RECIPE) > 0
    control()
    known = room.known_control(PROXY, SCHEDULE, RECIPE)
    assert known is not None
    assert known.source == "cache"
