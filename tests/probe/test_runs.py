from __future__ import annotations

import errno
import os

import numpy as np
import pytest

from negaudit.errors import UsageError
from negaudit.probe import parallel
from negaudit.probe import runs as room
from negaudit.probe.arm_rows import ArmRows
from negaudit.probe.groups import Groups
from negaudit.probe.measures.readout import Readout
from negaudit.probe.options import Preset
from negaudit.probe.record import Arm, Measure, Prompt
from negaudit.probe.rows import Query
from negaudit.probe.runs import Reader, train_arms
from negaudit.probe.schedule import Schedule
from tests.probe.tiny import tiny_proxy, tiny_rows

PROXY = tiny_proxy()
SCHEDULE = Schedule(updates=4, batch=2, learning_rate=1e-2, points=(0, 2, 4))
RECIPE = Preset(updates=4, batch=2, rank=2, alpha=4.0)
ARMS = [
    ArmRows(Arm(name, "", 12, 0, 0), tuple(tiny_rows(seed=at)))
    for at, name in enumerate(("stripped", "original"))
]


def readout(answers) -> Readout:
    prompts = tuple(Prompt(f"{a}", "x", Measure.POLARITY, "in-category", "") for a in answers[::2])
    queries = tuple(Query((5, 9), (answer,)) for answer in answers)
    return Readout(Measure.POLARITY, prompts, queries, lambda v: v[:, ::2] - v[:, 1::2])


READER = Reader([readout((3, 4, 5, 6)), readout((7, 8))])


def trained(folder, *, progress=lambda *_: None, arms=ARMS, seeds=(0, 1), reader=READER):
    return train_arms(
        PROXY,
        arms,
        seeds,
        SCHEDULE,
        RECIPE,
        reader=reader,
        questions=(),
        folder=folder,
        progress=progress,
    )


@pytest.fixture(autouse=True)
def _replies(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        room, "write_replies", lambda adapters, *_: [[f"reply {seed}"] for seed in adapters.seeds]
    )


def in_groups(monkeypatch: pytest.MonkeyPatch, *parts: range) -> None:
    monkeypatch.setattr(parallel, "groups", lambda *_, **__: Groups(parts, 1))


@pytest.fixture
def two_groups(monkeypatch: pytest.MonkeyPatch) -> None:
    in_groups(monkeypatch, range(3), range(3, 4))


def test_every_arm_and_seed_is_read_at_every_point(tmp_path) -> None:
    found = trained(tmp_path)
    assert [(r.arm, r.seed) for r in found.runs] == [
        ("stripped", 0), ("original", 0), ("stripped", 1), ("original", 1),
    ]  # fmt: skip
    for run in found.runs:
        assert run.updates.tolist() == [0, 2, 4]
        assert [values.shape for values in run.values] == [(3, 2), (3, 1)]
        assert run.replies == (f"reply {run.seed}",)
        assert run.stopped is None
    assert found.tokens > 0
    assert found.warnings == ()


def test_untrained_adapters_read_as_the_base_model_does(tmp_path) -> None:
    base = READER.of_base(PROXY)
    assert [part.shape for part in base] == [(2,), (1,)]
    for run in trained(tmp_path).runs:
        for values, part in zip(run.values, base, strict=True):
            np.testing.assert_allclose(values[0], part, atol=1e-4)
        assert not np.allclose(run.values[0][-1], base[0], atol=1e-3)


def test_groups_make_no_difference(tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = trained(tmp_path / "whole")
    in_groups(monkeypatch, range(3), range(3, 4))
    steps: list[tuple[int, int]] = []
    parts = trained(tmp_path / "parts", progress=lambda *step: steps.append(step))
    assert steps == [(done, 8) for done in range(1, 9)]
    assert [(r.arm, r.seed) for r in parts.runs] == [(r.arm, r.seed) for r in whole.runs]
    for one, other in zip(parts.runs, whole.runs, strict=True):
        np.testing.assert_allclose(one.values[0], other.values[0], atol=1e-4)


@pytest.mark.usefixtures("two_groups")
def test_what_would_be_grouped_otherwise_by_now_goes_on_in_its_old_groups(
    tmp_path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = trained(tmp_path)
    in_groups(monkeypatch, range(2), range(2, 4))
    steps: list[tuple[int, int]] = []
    again = trained(tmp_path, progress=lambda *step: steps.append(step))
    assert steps == []
    for one, other in zip(again.runs, first.runs, strict=True):
        np.testing.assert_array_equal(one.values[0], other.values[0])


def test_readings_of_other_questions_are_not_taken_over(tmp_path) -> None:
    trained(tmp_path)
    with pytest.raises(UsageError, match="other held-out questions") as caught:
        trained(tmp_path, reader=Reader([readout((3, 4, 5, 6)), readout((9, 8))]))
    assert "without --resume" in caught.value.hint


def test_a_full_disk_costs_checkpoints_and_is_told(
    tmp_path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    (warning,) = trained(tmp_path).warnings
    assert "could not be saved (No space left on device)" in warning


def test_adapters_that_cannot_be_written_are_an_error_of_the_user(tmp_path) -> None:
    (tmp_path / "adapters").write_text("a file in the way")
    with pytest.raises(UsageError, match="the adapter cannot be written") as caught:
        trained(tmp_path)
    assert "--resume" in caught.value.hint
