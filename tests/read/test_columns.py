from __future__ import annotations

import builtins
import datetime
import json

import pytest

from negaudit.read import Format, discover

from .reading import read, read_until_error, records, write

pa = pytest.importorskip("pyarrow")
pq = pytest.importorskip("pyarrow.parquet")

ROWS = [
    {"messages": [{"role": "user", "content": f"question {n}"}], "id": n, "note": None}
    for n in range(1000)
]


def write_stream(path, table):
    with pa.OSFile(str(path), "wb") as sink, pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table, max_chunksize=100)


def save_dataset(folder, *shards):
    folder.mkdir(parents=True)
    names = [f"data-{n:05d}-of-{len(shards):05d}.arrow" for n in range(len(shards))]
    for name, rows in zip(names, shards, strict=True):
        write_stream(folder / name, pa.Table.from_pylist(rows))
    state = {"_data_files": [{"filename": name} for name in names], "_split": "train"}
    write(folder, "state.json", json.dumps(state))
    write(folder, "dataset_info.json", "{}")
    return folder


def test_the_rows_of_parquet_are_records(tmp_path):
    path = tmp_path / "a.parquet"
    pq.write_table(pa.Table.from_pylist(ROWS), path, row_group_size=300)
    found = read(path, block_bytes=4096)
    assert [record for _, _, record, _ in found] == ROWS
    assert [row for row, *_ in found] == list(range(1000))
    assert {line for _, line, _, _ in found} == {None}


def test_parquet_is_told_by_its_content(tmp_path):
    path = tmp_path / "a.jsonl"
    pq.write_table(pa.Table.from_pylist(ROWS[:3]), path)
    assert records(path) == ROWS[:3]


def test_values_that_json_lacks_become_text(tmp_path):
    row = {"day": datetime.date(2024, 1, 2), "raw": b"ab", "nan": float("nan"), "text": "x"}
    path = tmp_path / "a.parquet"
    pq.write_table(pa.Table.from_pylist([row]), path)
    assert records(path) == [{"day": "2024-01-02", "raw": "YWI=", "nan": None, "text": "x"}]


def test_a_row_that_is_no_utf8_is_a_problem_and_the_others_are_read(tmp_path):
    raw = pa.array([b"one", b"\xff\xfe", b"three"], pa.binary())
    text = pa.StringArray.from_buffers(3, raw.buffers()[1], raw.buffers()[2])
    path = tmp_path / "a.arrow"
    write_stream(path, pa.table({"text": text}))
    found = read(path)
    assert [(row, record) for row, _, record, _ in found] == [
        (0, {"text": "one"}),
        (1, None),
        (2, {"text": "three"}),
    ]
    assert "cannot be read" in found[1][3].message


@pytest.mark.parametrize("kind", ["file", "stream"])
def test_arrow_is_read_in_both_formats(tmp_path, kind):
    table = pa.Table.from_pylist(ROWS[:250])
    path = tmp_path / "a.arrow"
    if kind == "stream":
        write_stream(path, table)
    else:
        with pa.OSFile(str(path), "wb") as sink, pa.ipc.new_file(sink, table.schema) as writer:
            writer.write_table(table, max_chunksize=100)
    assert records(path) == ROWS[:250]


def test_a_saved_dataset_is_one_source_over_its_shards(tmp_path):
    folder = save_dataset(tmp_path / "saved", ROWS[:400], ROWS[400:])
    [source] = discover([str(folder)])
    assert source.format is Format.SAVED_DATASET
    found = read(folder)
    assert [(row, record) for row, _, record, _ in found] == list(enumerate(ROWS))


def test_each_split_of_a_saved_dataset_dict_is_a_source(tmp_path):
    write(tmp_path, "dataset_dict.json", '{"splits": ["test", "train"]}')
    save_dataset(tmp_path / "train", ROWS[:2])
    save_dataset(tmp_path / "test", ROWS[2:3])
    assert [source.path for source in discover([str(tmp_path)])] == [
        str(tmp_path / "test"),
        str(tmp_path / "train"),
    ]
    assert records(tmp_path) == [ROWS[2], *ROWS[:2]]


def test_a_saved_dataset_does_not_lead_out_of_its_folder(tmp_path):
    folder = save_dataset(tmp_path / "saved", ROWS[:2])
    write(folder, "state.json", '{"_data_files": [{"filename": "../../secret.arrow"}]}')
    _, error = read_until_error(folder)
    assert str(folder) in error.where
    assert "secret.arrow" in error.where


def test_a_saved_dataset_whose_state_is_broken_is_an_error(tmp_path):
    folder = save_dataset(tmp_path / "saved", ROWS[:2])
    write(folder, "state.json", "[]")
    _, error = read_until_error(folder)
    assert error.where.endswith("state.json")


def test_a_truncated_parquet_file_is_an_error(tmp_path):
    path = tmp_path / "a.parquet"
    pq.write_table(pa.Table.from_pylist(ROWS), path)
    path.write_bytes(path.read_bytes()[:-100])
    entries, error = read_until_error(path)
    assert entries == []
    assert "Parquet file cannot be read" in error.message


def test_a_truncated_arrow_stream_gives_its_first_batches(tmp_path):
    path = tmp_path / "a.arrow"
    write_stream(path, pa.Table.from_pylist(ROWS))
    path.write_bytes(path.read_bytes()[:-2000])
    entries, error = read_until_error(path)
    assert [record for _, _, record, _ in entries] == ROWS[: len(entries)]
    assert len(entries) >= 100
    assert "Arrow file cannot be read" in error.message


def test_without_pyarrow_the_extra_is_named(tmp_path, monkeypatch):
    path = tmp_path / "a.parquet"
    pq.write_table(pa.Table.from_pylist(ROWS[:1]), path)
    imported = builtins.__import__

    def refuse(name, *args, **kwargs):
        if name.startswith("pyarrow"):
            raise ImportError(name)
        return imported(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", refuse)
    _, error = read_until_error(path)
    assert error.hint == "pip install 'negaudit[parquet]'"


def test_parquet_in_an_archive_says_so(tmp_path):
    import gzip

    plain = tmp_path / "a.parquet"
    pq.write_table(pa.Table.from_pylist(ROWS[:1]), plain)
    _, error = read_until_error(write(tmp_path, "b.parquet.gz", gzip.compress(plain.read_bytes())))
    assert error.hint == "unpack it"


def test_a_name_that_promises_parquet_wrongly_is_an_error(tmp_path):
    _, error = read_until_error(write(tmp_path, "a.parquet", '{"a": 1}\n'))
    assert "something else" in error.message
