from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterable
from pathlib import Path

import pytest

from negaudit.gate.changed import Changes
from negaudit.read import decode_block, discover


class Repo:
    """A throw-away git repository."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self.git("init", "-q", "-b", "main")

    def git(self, *arguments: str) -> str:
        named = ("-c", "user.name=Ada Quill", "-c", "user.email=ada@example.org")
        done = subprocess.run(
            ["git", *named, *arguments], cwd=self.folder, capture_output=True, text=True, check=True
        )
        return done.stdout.strip()

    def write(self, name: str, content: str | bytes) -> str:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return str(path)

    def records(self, name: str, texts: Iterable[str]) -> str:
        return self.write(name, "".join(json.dumps({"text": text}) + "\n" for text in texts))

    def commit(self, message: str = "more") -> str:
        self.git("add", "-A")
        self.git("commit", "-q", "-m", message)
        return self.git("rev-parse", "HEAD")


@pytest.fixture
def repo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repo:
    for name in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", os.devnull)
    return Repo(tmp_path / "repo")


def changed(path: str, revision: str = "HEAD") -> list[tuple[int, int | None, object]]:
    """Row, line and value of the records of a path that are changed."""
    changes = Changes(revision)
    narrowed = [changes(source) for source in discover([path])]
    entries = [entry for each in narrowed for block in each.read() for entry in decode_block(block)]
    assert [row for row, *_ in entries] == sorted(row for each in narrowed for row in each.rows)
    return [(row, line, value) for row, line, value, _ in entries]
