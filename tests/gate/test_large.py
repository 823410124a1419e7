"""Earlier versions that are read while git writes them."""

from __future__ import annotations

import gzip
import json

import pytest

from negaudit.errors import InputError

from .conftest import Repo, changed


def texts_as(name: str, texts: str) -> bytes:
    lines = b"".join(b'{"text": "%c"}\n' % ord(text) for text in texts)
    table = b"text,n\n" + b"".join(b"%c,1\n" % ord(text) for text in texts)
    array = json.dumps([{"text": text} for text in texts]).encode()
    made = {"a.csv": table, "a.json": array, "a.jsonl": lines, "a.jsonl.gz": gzip.compress(lines)}
    return made[name]


@pytest.fixture
def no_copies(monkeypatch: pytest.MonkeyPatch) -> None:
    """Takes every earlier version for a large one, which is not copied before it is read."""
    monkeypatch.setattr("negaudit.gate.changed._PIPED_FROM", 0)
    monkeypatch.setattr("negaudit.gate.changed._earlier", pytest.fail)


@pytest.mark.usefixtures("no_copies")
@pytest.mark.parametrize("name", ["a.csv", "a.json", "a.jsonl", "a.jsonl.gz"])
def test_large_files_are_compared_while_git_writes_them(repo: Repo, name: str) -> None:
    repo.write(name, texts_as(name, "abc"))
    repo.commit()
    found = changed(repo.write(name, texts_as(name, "aBcd")))
    assert [row for row, _, _ in found] == [1, 3]


@pytest.mark.usefixtures("no_copies")
def test_a_large_file_that_git_cannot_write_to_its_end_is_no_pass(repo: Repo) -> None:
    repo.records("data.jsonl", "abc")
    repo.commit()
    path = repo.records("data.jsonl", "abcd")
    repo.write(".gitattributes", "*.jsonl filter=broken\n")
    repo.git("config", "filter.broken.smudge", "head -n 1; exit 3")
    repo.git("config", "filter.broken.clean", "cat")
    repo.git("config", "filter.broken.required", "true")
    with pytest.raises(InputError, match="git cat-file failed: error: external filter"):
        changed(path)
