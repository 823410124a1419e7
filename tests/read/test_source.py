from __future__ import annotations

import os
from pathlib import Path

import pytest

from negaudit.errors import InputError, UsageError
from negaudit.read import Format, Source, blocks, discover

from .reading import write


def found(folder: Path, *exclude: str) -> list[str]:
    sources = discover([str(folder)], exclude=exclude)
    return [str(Path(source.path).relative_to(folder)) for source in sources]


def test_a_file_keeps_the_name_that_the_user_gave(tmp_path, monkeypatch):
    write(tmp_path, "a.jsonl", '{"text": "x"}\n')
    monkeypatch.chdir(tmp_path)
    assert discover(["./a.jsonl"]) == [Source("./a.jsonl", Format.JSON_LINES, 14)]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("a.json", Format.JSON),
        ("a.NDJSON", Format.JSON_LINES),
        ("a.jsonl.zst", Format.JSON_LINES),
        ("a.b.csv.gz", Format.CSV),
        ("a.tsv", Format.TSV),
        ("a.parquet", Format.PARQUET),
        ("a.arrow", Format.ARROW),
        ("a.data", Format.UNKNOWN),
    ],
)
def test_the_name_tells_the_format_of_a_named_file(tmp_path, name, expected):
    [source] = discover([str(write(tmp_path, name, "x"))])
    assert source.format is expected


def test_a_folder_is_searched_in_sorted_order(tmp_path):
    for name in ("b/2.jsonl", "b/1.jsonl", "a.csv", "c.json.gz", "b/10.jsonl"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        write(tmp_path, name, "{}")
    assert found(tmp_path) == ["a.csv", "b/1.jsonl", "b/10.jsonl", "b/2.jsonl", "c.json.gz"]


def test_what_is_no_data_is_passed_over(tmp_path):
    (tmp_path / ".git").mkdir()
    (tmp_path / "node_modules").mkdir()
    for name in (".git/a.json", ".b.jsonl", "node_modules/p.json", "tokenizer_config.json"):
        write(tmp_path, name, "{}")
    write(tmp_path, "README.md", "#")
    write(tmp_path, "train.json", "{}")
    assert found(tmp_path) == ["train.json"]


def test_excluded_files_and_folders_are_left_out(tmp_path):
    (tmp_path / "old" / "deep").mkdir(parents=True)
    for name in ("a.jsonl", "a.eval.jsonl", "old/b.jsonl", "old/deep/c.jsonl"):
        write(tmp_path, name, "{}")
    assert found(tmp_path, "*.eval.jsonl", "old/deep") == ["a.jsonl", "old/b.jsonl"]


def test_a_loop_of_links_is_walked_once(tmp_path):
    (tmp_path / "data").mkdir()
    write(tmp_path, "data/a.jsonl", "{}")
    (tmp_path / "data" / "again").symlink_to(tmp_path / "data")
    (tmp_path / "zz").symlink_to(tmp_path)
    assert found(tmp_path) == ["data/a.jsonl"]


def test_a_linked_folder_is_searched(tmp_path):
    (tmp_path / "elsewhere").mkdir()
    write(tmp_path, "elsewhere/a.jsonl", "{}")
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "link").symlink_to(tmp_path / "elsewhere")
    assert found(tmp_path / "data") == ["link/a.jsonl"]


def test_a_file_named_twice_is_read_once(tmp_path):
    path = write(tmp_path, "a.jsonl", "{}")
    assert len(discover([str(path), str(tmp_path)])) == 1


def test_a_missing_path_stops_before_any_work(tmp_path):
    with pytest.raises(InputError, match="no such file") as caught:
        discover([str(tmp_path / "none.jsonl")])
    assert caught.value.where.endswith("none.jsonl")
    assert caught.value.hint


def test_a_folder_without_data_says_what_is_looked_for(tmp_path):
    write(tmp_path, "notes.txt", "x")
    with pytest.raises(InputError, match="holds no file") as caught:
        discover([str(tmp_path)])
    assert ".jsonl" in caught.value.hint


def test_a_pipe_in_a_folder_is_passed_over(tmp_path):
    os.mkfifo(tmp_path / "pipe.jsonl")
    write(tmp_path, "a.jsonl", "{}")
    assert found(tmp_path) == ["a.jsonl"]


def test_a_link_without_target_in_a_folder_is_reported_when_its_turn_comes(tmp_path):
    (tmp_path / "gone.jsonl").symlink_to(tmp_path / "nowhere")
    [source] = discover([str(tmp_path)])
    with pytest.raises(InputError, match="target is missing"):
        list(blocks(source))


def test_a_folder_that_may_not_be_listed_becomes_a_source_with_a_fault(tmp_path, monkeypatch):
    (tmp_path / "secret").mkdir()
    write(tmp_path, "a.jsonl", "{}")
    listed = Path.iterdir

    def iterdir(folder):
        if folder.name == "secret":
            raise PermissionError(13, "Permission denied", str(folder))
        return listed(folder)

    monkeypatch.setattr(Path, "iterdir", iterdir)
    good, bad = discover([str(tmp_path)])
    assert good.path.endswith("a.jsonl")
    with pytest.raises(InputError, match="no permission") as caught:
        list(blocks(bad))
    assert caught.value.where.endswith("secret")


def test_a_named_folder_that_may_not_be_listed_is_an_error(tmp_path, monkeypatch):
    def refuse(folder):
        raise PermissionError(13, "Permission denied", str(folder))

    monkeypatch.setattr(Path, "iterdir", refuse)
    with pytest.raises(InputError, match="no permission"):
        discover([str(tmp_path)])


def test_a_name_that_is_not_utf8_becomes_a_source_with_a_fault(tmp_path):
    write(tmp_path, os.fsdecode(b"a\xff.jsonl"), "{}")
    [source] = discover([str(tmp_path)])
    assert source.path.endswith("a\\udcff.jsonl")
    with pytest.raises(InputError, match="rename it"):
        list(blocks(source))


def test_standard_input_and_hub_ids_are_sources():
    assert discover(["-", "hf://owner/name:train"]) == [
        Source("-", Format.UNKNOWN),
        Source("hf://owner/name:train", Format.HUB),
    ]


def test_a_malformed_hub_id_is_a_usage_error():
    with pytest.raises(UsageError, match="no hub id"):
        discover(["hf://only-a-name"])


def test_no_name_is_not_the_folder_at_hand() -> None:
    with pytest.raises(InputError, match="no data is named"):
        discover([""])
