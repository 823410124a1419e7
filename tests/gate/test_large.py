"""Earlier versions that are read while git writes them."""

from __future__ import annotations

import gzip
import json
import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from negaudit.errors import InputError
from negaudit.gate.changed import ChangedRecords
from negaudit.gate.repository import Repository
from negaudit.read import Format, Source, decode_block
from negaudit.records import Block

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


@pytest.mark.usefixtures("no_copies")
def test_what_git_writes_into_a_working_tree_is_no_change(repo: Repo) -> None:
    repo.write(".gitattributes", "*.jsonl ident\n*.json eol=crlf\n")
    lines = Path(repo.write("a.jsonl", '{"text": "$Id$"}\n'))
    array = Path(repo.write("a.json", '[{\r\n"text": "a"\r\n}]\r\n'))
    repo.commit()
    for path in (lines, array):
        path.unlink()
    repo.git("checkout", "-q", "--", ".")
    assert b"$Id: " in lines.read_bytes()
    assert b"\r" not in repo.git("cat-file", "blob", "HEAD:a.json").encode()
    lines.write_bytes(lines.read_bytes() + b'{"text": "b"}\n')
    array.write_bytes(array.read_bytes().replace(b"}]", b'}, {"text": "b"}]'))
    for path in (lines, array):
        assert [value for _, _, value in changed(str(path))] == [{"text": "b"}]


def test_a_file_without_filters_is_handed_on_while_git_unpacks_it(repo: Repo) -> None:
    repo.write("a.jsonl", os.urandom(1 << 20))  # as long when it is packed
    repo.commit()
    packed = repo.git("rev-parse", "HEAD:a.jsonl")
    kept = repo.folder / ".git" / "objects" / packed[:2] / packed[2:]
    kept.chmod(0o600)
    kept.write_bytes(kept.read_bytes()[:-1000])
    repository = Repository(repo.folder, "HEAD")
    with (
        pytest.raises(InputError, match="git cat-file failed"),
        repository.opened("a.jsonl", line_ends=False) as pipe,
    ):
        assert len(os.read(pipe, 9)) == 9


BLOCKS = st.lists(st.lists(st.sampled_from("abc"), max_size=4), max_size=5)


def made(parts: list[list[str]]) -> Iterator[Block]:
    row = 0
    for texts in parts:
        yield Block("a.jsonl", b"".join(b'"%c"\n' % ord(text) for text in texts), row, row + 1)
        row += len(texts)


@given(BLOCKS, BLOCKS, st.sampled_from([0, 9, 1 << 20]), st.booleans())
def test_whatever_is_in_which_block_the_lacking_records_are_picked(
    old: list[list[str]], new: list[list[str]], held: int, cut_off: bool
) -> None:
    def read() -> Iterator[Block]:
        yield from made(new)
        if cut_off:
            raise InputError("cut off", where="a.jsonl")

    narrowed = ChangedRecords(Source("a.jsonl", Format.JSON_LINES), lambda: made(old))
    found: list[Block] = []
    with (
        patch("negaudit.gate.changed.blocks", lambda _: read()),
        patch("negaudit.gate.changed._MOST_HELD", held),
    ):
        try:
            found.extend(narrowed.read())
        except InputError:
            assert cut_off
        else:
            assert not cut_off
    texts = [text for part in new for text in part]
    picked = [entry[:3] for block in found for entry in decode_block(block)]
    assert [(row, row + 1, texts[row]) for row, *_ in picked] == picked
    assert [row for row, *_ in picked] == sorted(narrowed.rows)
    lacking = Counter(texts) - Counter(text for part in old for text in part)
    assert Counter(text for *_, text in picked) == lacking
