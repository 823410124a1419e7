from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
import torch

from negaudit.errors import UsageError
from negaudit.probe.adapters import Adapters
from negaudit.probe.checkpoint import Saved, Store
from negaudit.probe.rows import Query
from negaudit.probe.schedule import Schedule
from negaudit.probe.train import Trained, train
from tests.probe.tiny import tiny_proxy, tiny_rows

SCHEDULE = Schedule(updates=60, batch=4, learning_rate=1e-2, points=(0, 20, 40, 60))
QUERY = Query((3, 4), (5,))


def run(folder: Path | None, seconds: float = 0.0) -> tuple[Adapters, Trained]:
    torch.set_num_threads(1)
    adapters = Adapters(tiny_proxy(), [0, 1], rank=4)
    trained = train(
        adapters,
        [tiny_rows(), tiny_rows(seed=2)],
        SCHEDULE,
        measure=lambda mine, _: {"likelihood": mine.log_likelihood([QUERY])[:, 0]},
        checkpoint=folder,
        save_seconds=seconds,
        # Slow enough that kills come in the middle.
        progress=lambda *_: time.sleep(0.01) if folder and seconds == 0 else None,
    )
    return adapters, trained


def same(one: tuple[Adapters, Trained], other: tuple[Adapters, Trained]) -> None:
    assert torch.equal(one[0].parameters, other[0].parameters)
    np.testing.assert_array_equal(one[1].losses, other[1].losses)
    assert one[1].tokens == other[1].tokens
    assert [point.update for point in one[1].points] == [0, 20, 40, 60]
    for mine, theirs in zip(one[1].points, other[1].points, strict=True):
        np.testing.assert_array_equal(mine.losses, theirs.losses)
        np.testing.assert_array_equal(mine.values["likelihood"], theirs.values["likelihood"])


# Imports once, then runs in a child of its own for each line that it reads.
LAUNCHER = """
import os, sys
from pathlib import Path
from tests.probe.test_checkpoint import run
for line in sys.stdin:
    child = os.fork()
    if not child:
        run(Path(line.strip()))
        os._exit(0)
    print(child, flush=True)
    print(os.waitpid(child, 0)[1], flush=True)
"""


def test_killed_at_ten_random_moments(tmp_path: Path) -> None:
    folder = tmp_path / "checkpoints"
    environment = {**os.environ, "OMP_NUM_THREADS": "1"}
    command = [sys.executable, "-c", LAUNCHER]
    chance = random.Random(0)
    updates = []
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment
    ) as launcher:
        assert launcher.stdin is not None
        assert launcher.stdout is not None
        for _ in range(10):
            before = newest(folder)
            launcher.stdin.write(f"{folder}\n")
            launcher.stdin.flush()
            child = int(launcher.stdout.readline())
            while newest(folder) == before:
                time.sleep(0.001)
            time.sleep(chance.uniform(0, 0.03))
            os.kill(child, signal.SIGKILL)
            assert os.WTERMSIG(int(launcher.stdout.readline())) == signal.SIGKILL
            updates.append(newest(folder))
    assert sorted(set(updates)) == updates
    assert 10 <= updates[-1] < SCHEDULE.updates
    same(run(folder), run(None))


def newest(folder: Path) -> int:
    """The last update that was saved, 0 for none."""
    return max((int(path.stem[-8:]) for path in folder.glob("*.checkpoint")), default=0)


def test_damaged_checkpoint_gives_way_to_the_one_before(tmp_path: Path) -> None:
    whole = run(tmp_path)
    files = sorted(tmp_path.glob("*.checkpoint"))
    assert [path.stem for path in files] == ["update-00000059", "update-00000060"]
    content = bytearray(files[-1].read_bytes())
    content[len(content) // 2] ^= 1
    files[-1].write_bytes(content)
    again = run(tmp_path)
    same(again, whole)
    assert "update-00000060.checkpoint: the checkpoint is damaged" in again[1].warnings[0]


@pytest.mark.parametrize("content", [b"", b"negaudit checkpoint 1\n", b"\0" * 100])
def test_what_is_no_checkpoint_is_left_out(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "update-00000007.checkpoint").write_bytes(content)
    store = Store(tmp_path, "work")
    assert store.load() is None
    assert "damaged" in store.warnings[0]


def test_full_disk_keeps_the_checkpoint_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = Store(tmp_path, "work")
    assert store.save(Saved(1, {"x": np.arange(3)}, {}))

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    assert not store.save(Saved(2, {"x": np.arange(4)}, {}))
    (warning,) = store.warnings
    assert warning.endswith(
        "a checkpoint could not be saved (No space left on device); the run went on"
    )
    assert not store.save(Saved(3, {"x": np.arange(4)}, {}))
    (warning,) = store.warnings
    assert "2 checkpoints could not be saved (No space left on device)" in warning
    loaded = store.load()
    assert loaded is not None
    assert loaded.update == 1
    assert [path.name for path in tmp_path.iterdir()] == ["update-00000001.checkpoint"]


def test_a_folder_in_the_way_of_a_file_keeps_the_run_going(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    store = Store(tmp_path / "file" / "below", "work")
    assert not store.save(Saved(1, {}, {}))
    assert "Not a directory" in store.warnings[0]


def test_other_work_is_refused(tmp_path: Path) -> None:
    run(tmp_path, seconds=99)
    adapters = Adapters(tiny_proxy(), [0, 1], rank=4)
    with pytest.raises(UsageError, match="belongs to other data"):
        train(adapters, [tiny_rows(), tiny_rows(seed=3)], SCHEDULE, checkpoint=tmp_path)


def test_finished_run_is_not_trained_again(tmp_path: Path) -> None:
    first = run(tmp_path, seconds=99)
    assert len(list(tmp_path.iterdir())) == 1
    began = time.monotonic()
    same(run(tmp_path, seconds=99), first)
    assert time.monotonic() - began < max(first[1].seconds, 1.0)
