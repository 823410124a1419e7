from __future__ import annotations

import gzip
import io
import json
import sys

import pytest
import zstandard
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from negaudit.errors import InputError
from negaudit.read import blocks, decode_block, discover
from negaudit.records import Block

from .reading import read, read_until_error, records, write

ROWS = [{"text": f"record {n}"} for n in range(200)]
LINES = "".join(json.dumps(row) + "\n" for row in ROWS)


def places(path):
    return [(row, line) for row, line, _, _ in read(path)]


def test_a_json_lines_block_is_the_bytes_of_the_file(tmp_path):
    path = write(tmp_path, "a.jsonl", LINES)
    [source] = discover([str(path)])
    assert list(blocks(source)) == [Block(str(path), LINES.encode(), 0, 1)]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.jsonl", LINES),
        ("a.json", LINES),
        ("a.ndjson", LINES.replace("\n", "\r\n")),
        ("a.json", json.dumps(ROWS)),
        ("a.json", json.dumps(ROWS, indent=2)),
        ("a.jsonl", json.dumps(ROWS, indent=2)),
        ("a.json", json.dumps({"data": ROWS})),
        ("a.json", LINES.replace("\n", "")),
        ("a.jsonl", LINES.replace("\n", "")),
        ("a.jsonl", LINES.replace("\n", "\r")),
        ("a.jsonl", "\ufeff" + LINES),
        ("a.jsonl", LINES.encode("utf-16")),
        ("a.csv", "text\n" + "".join(f"record {n}\n" for n in range(200))),
        ("a.tsv", "text\n" + "".join(f"record {n}\n" for n in range(200))),
        ("a.jsonl.gz", gzip.compress(LINES.encode(), mtime=0)),
        ("a.json.zst", zstandard.ZstdCompressor().compress(json.dumps(ROWS).encode())),
        ("no-suffix", LINES),
    ],
)
@pytest.mark.parametrize("block_bytes", [50, 1 << 20])
def test_the_same_records_come_out_of_every_format(tmp_path, name, content, block_bytes):
    found = read(write(tmp_path, name, content), block_bytes)
    assert [record for _, _, record, _ in found] == ROWS
    assert [row for row, *_ in found] == list(range(200))
    assert not any(problem for *_, problem in found)


def test_standard_input_may_be_lines_an_array_or_a_table(monkeypatch):
    for content in (
        LINES,
        json.dumps(ROWS),
        "text,n\n" + "".join(f"record {n},1\n" for n in range(200)),
    ):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content.encode())))
        assert [record["text"] for record in records("-")] == [row["text"] for row in ROWS]


def test_parquet_on_standard_input_says_what_to_do(monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"PAR1" + bytes(100))))
    _, error = read_until_error("-")
    assert error.hint == "save it to a file"


def test_bad_lines_are_problems_and_the_others_are_read(tmp_path):
    content = b'{"a": 1}\nnot json\n\n{"a": NaN}\n{"a": "\xff"}\n\x00\x00\n{"a": 2}'
    found = read(write(tmp_path, "a.jsonl", content))
    assert [(row, line, problem is None) for row, line, _, problem in found] == [
        (0, 1, True),
        (1, 2, False),
        (2, 4, False),
        (3, 5, False),
        (4, 6, False),
        (5, 7, True),
    ]


@pytest.mark.parametrize("content", [b"", b"\n\n \n\t\r\n", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("name", ["a.jsonl", "a.json", "a.csv"])
def test_an_empty_file_has_no_records(tmp_path, name, content):
    assert read(write(tmp_path, name, content)) == []


def test_a_truncated_archive_gives_its_records_and_then_an_error(tmp_path):
    archive = gzip.compress(LINES.encode())
    entries, error = read_until_error(write(tmp_path, "a.jsonl.gz", archive[:-20]))
    *whole, (_, line, _, problem) = entries
    assert [record for _, _, record, _ in whole] == ROWS[: len(whole)]
    assert "not valid JSON" in problem.message
    assert line == len(entries) > 100
    assert "cut off" in error.message
    assert error.where.endswith("a.jsonl.gz")


@pytest.mark.parametrize("content", [json.dumps(ROWS, indent=1), "text,n\n" + "a,b\n" * 500])
def test_a_truncated_archive_of_another_format_gives_its_records_too(tmp_path, content):
    archive = gzip.compress(content.encode(), 0)
    entries, error = read_until_error(write(tmp_path, "a", archive[:-100]))
    assert len(entries) > 190
    assert error is not None


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.jsonl", b"version https://git-lfs.github.com/spec/v1\noid sha256:0\n", "Git LFS"),
        ("a.parquet", b"version https://git-lfs.github.com/spec/v1\noid sha256:0\n", "Git LFS"),
        ("a.json", b"\x89PNG\r\n\x1a\n" + bytes(50), "PNG"),
        ("a.csv", b"PK\x03\x04" + bytes(50), "zip"),
        ("a.jsonl", b"\x7fELF" + bytes(50), "ELF"),
        (
            "a.jsonl.gz",
            gzip.compress(b"a".ljust(257, b"\0") + b"ustar" + bytes(250), mtime=0),
            "tar",
        ),
    ],
)
def test_a_file_without_records_is_refused_and_the_others_are_read(
    tmp_path, name, content, message
):
    write(tmp_path, name, content)
    write(tmp_path, "z.jsonl", LINES)
    bad, good = discover([str(tmp_path)])
    with pytest.raises(InputError, match=message):
        list(blocks(bad))
    assert sum(1 for block in blocks(good) for _ in decode_block(block)) == 200


def test_nothing_is_opened_before_blocks_are_wanted(tmp_path):
    path = write(tmp_path, "a.jsonl", LINES)
    [source] = discover([str(path)])
    path.unlink()
    stream = blocks(source)
    with pytest.raises(InputError, match="no such file"):
        next(stream)


def test_the_rows_of_an_array_have_their_lines(tmp_path):
    path = write(tmp_path, "a.json", '[\n{"a": 1},\n\n{"a":\n2}, {"a": 3}\n]')
    assert places(path) == [(0, 2), (1, 4), (2, 5)]


def test_a_broken_element_takes_a_row_of_its_own(tmp_path):
    path = write(tmp_path, "a.json", '[\n{"a": 1},\n{"a: 2},\n{"a": 3}\n]')
    found = [(row, line, record) for row, line, record, _ in read(path)]
    assert found == [(0, 2, {"a": 1}), (1, 3, None), (2, 4, {"a": 3})]


def test_a_ragged_row_keeps_its_record_and_has_a_problem(tmp_path):
    _, (row, line, record, problem) = read(write(tmp_path, "a.csv", "a,b\n1,2\n3\n"))
    assert (row, line, record) == (1, 3, {"a": "3"})
    assert "1 cells" in problem.message


SNIPPETS = st.sampled_from(['{"a": 1}', "[", "]", "{", "}", '"', "\n", "\r", ",", "\\", "é", "\0"])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
@given(
    st.sampled_from(["a.jsonl", "a.json", "a.csv", "a"]),
    st.binary(max_size=100) | st.lists(SNIPPETS, max_size=30).map(lambda s: "".join(s).encode()),
    st.integers(1, 64),
)
def test_any_file_is_read_or_refused(tmp_path, name, content, block_bytes):
    path = write(tmp_path, name, content)
    _, refusal = read_until_error(path)
    if refusal is not None:
        assert refusal.where == str(path)
        return
    found = read(path, block_bytes)
    assert [row for row, *_ in found] == list(range(len(found)))
