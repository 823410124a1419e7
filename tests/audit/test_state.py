from __future__ import annotations

import errno
from pathlib import Path

import pytest

from negaudit.audit.state import State, digest, write_whole
from negaudit.errors import UsageError


def test_a_phase_is_done_while_its_key_and_its_outputs_stay(tmp_path: Path) -> None:
    written = tmp_path / "out.txt"
    written.write_text("x")
    state = State(tmp_path)
    state.begin("lint", "k1")
    assert state.began("lint", "k1")
    assert not state.is_done("lint", "k1", [written])
    state.finish("lint", "k1")
    again = State(tmp_path)
    assert again.is_done("lint", "k1", [written])
    assert not again.is_done("lint", "k2", [written])
    written.unlink()
    assert not again.is_done("lint", "k1", [written])


def test_a_damaged_state_counts_as_none(tmp_path: Path) -> None:
    (tmp_path / "state.json").write_bytes(b'{"lint": ')
    assert not State(tmp_path).is_done("lint", "k", [])


def test_a_digest_follows_bytes_names_and_options(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "a.jsonl").write_text("{}")
    first = digest([folder], "fast")
    assert digest([folder], "fast") == first
    assert digest([folder], "slow") != first
    (folder / "a.jsonl").write_text("[]")
    second = digest([folder], "fast")
    (folder / "a.jsonl").rename(folder / "b.jsonl")
    assert len({first, second, digest([folder], "fast")}) == 3


def test_a_full_disk_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "summary.md"
    path.write_text("before")

    def full(*_: object) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(UsageError, match="No space left"):
        write_whole(path, b"after")
    assert path.read_text() == "before"
    assert [entry.name for entry in tmp_path.iterdir()] == ["summary.md"]


def test_a_folder_that_is_read_only_is_said_plainly(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: Path, *_: object, **__: object) -> None:
        raise OSError(errno.EROFS, "Read-only file system", str(path))

    monkeypatch.setattr(Path, "write_bytes", refuse)
    monkeypatch.setattr(Path, "unlink", refuse)  # even of what is not there
    with pytest.raises(UsageError, match="Read-only file system"):
        write_whole(tmp_path / "out.txt", b"x")
