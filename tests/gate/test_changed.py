from __future__ import annotations

import gzip
import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from negaudit.errors import InputError, UsageError
from negaudit.gate.changed import Changes, _key, _lines, _unknown
from negaudit.read import decode_block, discover
from negaudit.records import Block

from .conftest import Repo, changed

POINTER = "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 9\n"


def rows(path: str, revision: str = "HEAD") -> list[int]:
    return [row for row, _, _ in changed(path, revision)]


def test_nothing_of_an_unchanged_file_is_read(repo: Repo) -> None:
    path = repo.records("data.jsonl", "ab")
    repo.commit()
    assert changed(path) == []


def test_added_and_edited_records_have_the_rows_and_lines_of_the_file(repo: Repo) -> None:
    repo.write("data.jsonl", '{"text": "a"}\n\n{"text": "b"}\n{"text": "c"}\n')
    repo.commit()
    path = repo.write(
        "data.jsonl", '{"text": "a"}\n\n{"text": "B"}\n{"text": "c"}\n{"text": "d"}\n'
    )
    assert changed(path) == [(1, 3, {"text": "B"}), (3, 5, {"text": "d"})]


def test_a_key_that_an_added_record_has_twice_is_told(repo: Repo) -> None:
    repo.records("data.jsonl", "ab")
    repo.commit()
    path = repo.write("data.jsonl", '{"text": "a"}\n{"text": "b"}\n{"text": "x", "text": "c"}\n')
    (part,) = Changes("HEAD")(discover([path])[0]).read()
    ((row, line, record, problem),) = decode_block(part)
    assert (row, line, record) == (2, 3, {"text": "c"})
    assert problem is not None
    assert "twice" in problem.message


@pytest.fixture
def inner(repo: Repo, tmp_path: Path) -> Repo:
    """A submodule of the repository, with a record that the repository does not record yet."""
    repo.records("own.jsonl", "z")
    repo.commit()
    other = Repo(tmp_path / "other")
    other.records("data.jsonl", "ab")
    other.commit()
    repo.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(other.folder))
    repo.commit()
    module = Repo(repo.folder / "other")
    module.records("data.jsonl", "abc")
    module.commit()
    return module


def test_a_submodule_is_compared_with_what_is_recorded_of_it(repo: Repo, inner: Repo) -> None:
    assert rows(str(repo.folder)) == [2]
    repo.commit()
    assert rows(str(repo.folder)) == []
    assert rows(str(repo.folder), "HEAD~1") == [2]
    assert rows(str(inner.folder), "HEAD~2") == [0, 1, 2]


def test_within_a_submodule_the_revision_is_its_own(
    inner: Repo, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(inner.folder)
    assert rows("data.jsonl") == []
    assert rows("data.jsonl", "HEAD~1") == [2]


def test_moved_records_and_line_ends_are_no_change(repo: Repo) -> None:
    repo.records("data.jsonl", "abc")
    repo.commit()
    path = repo.write("data.jsonl", '{"text": "c"}\r\n{"text": "a"}\r\n{"text": "b"}\r\n')
    assert changed(path) == []


def test_a_further_copy_is_a_change(repo: Repo) -> None:
    repo.records("data.jsonl", "ab")
    repo.commit()
    assert rows(repo.records("data.jsonl", "aba")) == [2]


def test_a_renamed_file_is_compared_with_what_it_was(repo: Repo) -> None:
    repo.records("old.jsonl", "abcdefgh")
    repo.commit()
    repo.git("mv", "old.jsonl", "new.jsonl")
    assert rows(repo.records("new.jsonl", "abcdefghi")) == [8]


def test_untracked_and_ignored_files_count_whole(repo: Repo) -> None:
    repo.write(".gitignore", "ignored.jsonl\n")
    repo.commit()
    assert rows(repo.records("untracked.jsonl", "ab")) == [0, 1]
    assert rows(repo.records("ignored.jsonl", "ab")) == [0, 1]


def test_committed_changes_count_and_those_of_others_do_not(repo: Repo) -> None:
    path = repo.records("data.jsonl", "a")
    repo.commit()
    repo.git("checkout", "-q", "-b", "branch")
    repo.records("data.jsonl", "ab")
    repo.commit()
    repo.git("checkout", "-q", "main")
    repo.records("data.jsonl", "")
    repo.commit()
    repo.git("checkout", "-q", "branch")
    assert changed(path, "main") == [(1, 2, {"text": "b"})]


def parquet(texts: str) -> bytes:
    out = pa.BufferOutputStream()
    pq.write_table(pa.table({"text": list(texts)}), out)
    return out.getvalue().to_pybytes()


@pytest.mark.parametrize(
    ("name", "content", "line"),
    [
        ("a.csv", lambda texts: "text,n\n" + "".join(f"{text},1\n" for text in texts), 3),
        ("a.json", lambda texts: json.dumps([{"text": text} for text in texts], indent=1), 5),
        ("a.parquet", parquet, None),
        (
            "a.jsonl.gz",
            lambda texts: gzip.compress(
                b"".join(b'{"text": "%c"}\n' % ord(text) for text in texts)
            ),
            2,
        ),
    ],
)
def test_every_format_is_compared_record_by_record(
    repo: Repo, name: str, content: Callable[[str], str | bytes], line: int | None
) -> None:
    repo.write(name, content("abc"))
    repo.commit()
    path = repo.write(name, content("aBc"))
    ((row, found, value),) = changed(path)
    assert isinstance(value, dict)
    assert (row, found, value["text"]) == (1, line, "B")


def test_a_saved_data_set_is_compared_as_a_whole(repo: Repo) -> None:
    datasets = pytest.importorskip("datasets")
    path = repo.folder / "saved"
    datasets.Dataset.from_dict({"text": ["a", "b"]}).save_to_disk(path)
    repo.commit()
    assert changed(str(path)) == []
    datasets.Dataset.from_dict({"text": ["a", "c"]}).save_to_disk(path)
    assert [value for _, _, value in changed(str(path))] == [{"text": "c"}]


def test_a_broken_line_is_a_change_when_it_is_new(repo: Repo) -> None:
    repo.write("data.jsonl", "{broken\n")
    repo.commit()
    path = repo.write("data.jsonl", '{"text": "a"}\n{broken\n{worse\n')
    assert [(row, line) for row, line, _ in changed(path)] == [(0, 1), (2, 3)]


def test_what_cannot_be_read_of_the_old_version_counts_as_not_there(repo: Repo) -> None:
    repo.write("data.parquet", b"\0\1\2\3" * 99)
    repo.commit()
    assert rows(repo.write("data.parquet", parquet("ab"))) == [0, 1]


def test_paths_are_found_from_a_subfolder(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    repo.records("data/a.jsonl", "a")
    repo.commit()
    repo.records("data/a.jsonl", "ab")
    monkeypatch.chdir(repo.folder / "data")
    assert rows("a.jsonl") == [1]


def test_the_environment_of_a_hook_leads_nowhere_else(
    repo: Repo, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = repo.records("data/a.jsonl", "a")
    repo.commit()
    monkeypatch.chdir(repo.folder)
    monkeypatch.setenv("GIT_DIR", ".git")
    monkeypatch.setenv("GIT_INDEX_FILE", ".git/index")
    assert changed(path) == []


def test_a_file_with_an_odd_name_is_found(repo: Repo) -> None:
    name = "da ta\t\"ü'.jsonl"
    repo.records(name, "a")
    repo.commit()
    assert rows(repo.records(name, "ab")) == [1]


def test_a_pointer_in_the_place_of_the_old_data_is_named(repo: Repo) -> None:
    repo.write("data.jsonl", POINTER)
    repo.commit()
    path = repo.records("data.jsonl", "a")
    with pytest.raises(InputError, match="at HEAD this is a Git LFS pointer") as caught:
        changed(path)
    assert "git lfs fetch" in caught.value.hint


def test_a_pointer_in_the_place_of_the_data_is_named(repo: Repo) -> None:
    repo.records("data.jsonl", "a")
    repo.commit()
    path = repo.write("data.jsonl", POINTER)
    with pytest.raises(InputError, match="Git LFS pointer") as caught:
        changed(path)
    assert caught.value.hint == "git lfs pull"


def test_before_the_first_commit_everything_is_new(repo: Repo) -> None:
    assert rows(repo.records("data.jsonl", "ab")) == [0, 1]
    repo.git("add", "-A")
    assert rows(str(repo.folder / "data.jsonl")) == [0, 1]


def test_a_revision_that_does_not_exist_is_refused(repo: Repo) -> None:
    path = repo.records("data.jsonl", "a")
    repo.commit()
    for revision in ("nothing", "", "--help"):
        with pytest.raises(UsageError, match="revision"):
            changed(path, revision)


def test_a_shallow_clone_is_told_how_to_become_deep(repo: Repo, tmp_path: Path) -> None:
    repo.records("data.jsonl", "a")
    first = repo.commit()
    repo.records("data.jsonl", "ab")
    repo.commit()
    repo.git("clone", "-q", "--depth", "1", f"file://{repo.folder}", str(tmp_path / "clone"))
    with pytest.raises(UsageError, match="shallow") as caught:
        changed(str(tmp_path / "clone" / "data.jsonl"), first)
    assert "fetch-depth: 0" in caught.value.hint


def test_histories_without_a_common_commit_are_refused(repo: Repo) -> None:
    path = repo.records("data.jsonl", "a")
    repo.commit()
    repo.git("checkout", "-q", "--orphan", "other")
    repo.commit("another beginning")
    with pytest.raises(UsageError, match="no commit in common"):
        changed(path, "main")


def test_a_file_outside_of_any_repository_is_refused(tmp_path: Path) -> None:
    (tmp_path / "data.jsonl").write_text("{}\n")
    with pytest.raises(UsageError, match="git repository"):
        changed(str(tmp_path / "data.jsonl"))


def test_what_is_no_file_is_refused() -> None:
    (source,) = discover(["-"])
    with pytest.raises(UsageError, match="this is none"):
        Changes("HEAD")(source)


def test_a_link_without_a_target_is_reported_when_it_is_read(repo: Repo) -> None:
    repo.records("data/a.jsonl", "a")
    (repo.folder / "data" / "b.jsonl").symlink_to("gone.jsonl")
    repo.commit()
    with pytest.raises(InputError, match="link whose target is missing"):
        changed(str(repo.folder / "data"))


LINES = st.lists(st.sampled_from([b"", b"1", b"2", b'"x"', b" 3 ", b"{"]), max_size=12)


@given(LINES, LINES)
def test_what_is_picked_is_what_the_old_version_lacks(old: list[bytes], new: list[bytes]) -> None:
    earlier = Block("a", b"\n".join(old), 0)
    before = Counter(map(_key, _lines(earlier)))
    block = Block("a", b"\n".join(new), 7, first_line=20)
    found = [entry for part in _unknown(block, before) for entry in decode_block(part)]
    everything = {row: (row, line, value) for row, line, value, _ in decode_block(block)}
    assert [everything[row] for row, *_ in found] == [entry[:3] for entry in found]
    texts = [line.strip() for line in new if line.strip()]
    lacking = Counter(texts) - Counter(line.strip() for line in old)
    assert Counter(texts[row - 7] for row, *_ in found) == lacking
