from __future__ import annotations

import bz2
import csv
import gzip
import io
import json
import lzma
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st
from zstandard import ZstdCompressor, ZstdDecompressor

from negaudit.errors import InputError
from negaudit.fix.edited import Edited, records_of
from negaudit.fix.files import kind_of, misfit, write_source
from negaudit.fix.record import Drop, Operation, Replace, SetMember
from negaudit.fix.text_files import edited_document
from negaudit.read import blocks, decode_block, discover, lines
from negaudit.read.document import document_items
from negaudit.read.pack import pack

Changes = dict[int, tuple[Operation, ...]]
DROP = (Drop(),)


def rewrite(path: Path, out: Path, rows: Changes, block_bytes: int = 1 << 20) -> None:
    [source] = discover([str(path)])
    found = list(blocks(source, block_bytes=block_bytes))
    edited = []
    for index, block in enumerate(found):
        end = found[index + 1].first_row if index + 1 < len(found) else 1 << 60
        here = {row: each for row, each in rows.items() if block.first_row <= row < end}
        edited.append(Edited(block, here))
    write_source(source, edited, out)


def rewritten(
    tmp_path: Path, name: str, data: bytes, rows: Changes, block_bytes: int = 1 << 20
) -> bytes:
    (tmp_path / name).write_bytes(data)
    out = tmp_path / f"out-{name}"
    rewrite(tmp_path / name, out, rows, block_bytes)
    return out.read_bytes()


def values(path: Path) -> list[Any]:
    return [entry[2] for block in blocks(discover([str(path)])[0]) for entry in decode_block(block)]


def replaced(text: str, pointer: str = "/t") -> tuple[Operation, ...]:
    return (Replace(pointer, text),)


LINES = b'{"t": "Ann won."}\r\n\n{"t":"B\\u00e9", "n": 1.0}\n  {"t": "C"}  \n{broken\n{"t": "E"}'


def test_lines_change_or_go_and_all_else_stays(tmp_path: Path) -> None:
    rows: Changes = {0: replaced("Ann lost."), 1: DROP, 4: replaced("F")}
    expected = LINES.replace(b"won", b"lost").replace(b'{"t":"B\\u00e9", "n": 1.0}\n', b"")
    assert rewritten(tmp_path, "a.jsonl", LINES, rows) == expected.replace(b'"E"', b'"F"')


@pytest.mark.parametrize("name", ["a.jsonl", "a.json", "a.csv", "a.tsv"])
def test_nothing_changes_where_nothing_is_to_change(tmp_path: Path, name: str) -> None:
    data = (
        LINES
        if name == "a.jsonl"
        else b'[\r\n {"t": "a"},\n2 ]\n'
        if name == "a.json"
        else b't,\tu\r\n"a",b\n\n'
    )
    assert rewritten(tmp_path, name, data, {}) == data


def test_lines_over_many_blocks(tmp_path: Path) -> None:
    records = [f'{{"t": "text {n}"}}' for n in range(200)]
    rows: Changes = {n: DROP if n % 3 else replaced(f"new {n}") for n in range(0, 200, 5)}
    kept = [
        f'{{"t": "new {n}"}}' if n in rows else records[n]
        for n in range(200)
        if rows.get(n) != DROP
    ]
    data = "\n".join(records).encode()
    assert rewritten(tmp_path, "a.jsonl", data, rows, block_bytes=64) == "\n".join(kept).encode()


def test_a_line_too_long_to_read_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "LONGEST_RECORD", 1000)
    data = b'{"t": "a"}\n{"t": "%b"}\n{"t": "c"}\n' % (b"x" * 5000)
    result = rewritten(tmp_path, "a.jsonl", data, {0: DROP, 2: replaced("d")}, block_bytes=100)
    assert result == data.removeprefix(b'{"t": "a"}\n').replace(b'"c"', b'"d"')


@pytest.mark.parametrize(
    ("document", "gone", "expected"),
    [
        ("[1, 2, 3]", [0], "[2, 3]"),
        ("[1, 2, 3]", [1], "[1, 3]"),
        ("[1, 2, 3]", [2], "[1, 2]"),
        ("[1, 2, 3]", [0, 1], "[3]"),
        ("[1, 2, 3]", [1, 2], "[1]"),
        ("[1, 2, 3]", [0, 2], "[2]"),
        ("[1, 2, 3]", [0, 1, 2], "[]"),
        ("[\n  1,\n  2\n]\n", [1], "[\n  1\n]\n"),
        ("[\n  1,\n  2\n]\n", [0], "[\n  2\n]\n"),
        (
            '{"v": 1, "train": [1, 2], "test": [3, 4]}',
            [1, 2],
            '{"v": 1, "train": [1], "test": [4]}',
        ),
        (
            '{"v": 1, "train": [1, 2], "test": [3, 4]}',
            [0, 1],
            '{"v": 1, "train": [], "test": [3, 4]}',
        ),
        ('{"mine": [{"a": 1}, {"a": 2}], "n": 1}', [], '{"mine": [{"a": 1}, {"a": 2}], "n": 1}'),
        ('{"mine": [{"a": 1}, {"a": 2}]}', [0], '{"mine": [{"a": 2}]}'),
        ('{"a": 1}\n{"a":\n 2}\n{"a": 3}', [1], '{"a": 1}\n{"a": 3}'),
    ],
)
def test_elements_leave_a_document(document: str, gone: list[int], expected: str) -> None:
    data = document.encode()
    edited = [
        Edited(block, {row: DROP for row, _, _ in records_of(block) if row in gone})
        for block in pack("a.json", document_items(iter([data])), 1)
    ]
    assert b"".join(edited_document(edited, [data[:3], data[3:]])).decode() == expected


@given(
    st.lists(st.sampled_from(["keep", "drop", "edit"]), max_size=9),
    st.sampled_from(["", " ", "\n  ", "\r\n"]),
    st.integers(1, 40),
)
def test_documents_keep_their_order_and_their_blanks(
    fates: list[str], blank: str, size: int
) -> None:
    records = [f'{{{blank}"t": "text {n}",{blank}"n": {n}.0}}' for n in range(len(fates))]
    data = f"[{blank}{f',{blank}'.join(records)}{blank}]".encode()
    items = list(pack("a.json", document_items(iter([data])), size))
    fate: dict[str, tuple[Operation, ...]] = {"drop": DROP, "edit": replaced("new"), "keep": ()}
    edited = [
        Edited(block, {row: fate[fates[row]] for row, _, _ in records_of(block)}) for block in items
    ]
    result = b"".join(
        edited_document(edited, [data[n : n + size] for n in range(0, len(data), size)])
    )
    kept = [
        record.replace(f"text {n}", "new") if fates[n] == "edit" else record
        for n, record in enumerate(records)
        if fates[n] != "drop"
    ]
    if kept:
        assert result.decode() == f"[{blank}{f',{blank}'.join(kept)}{blank}]"
    assert len(json.loads(result)) == len(kept)


def test_a_document_keeps_its_line_ends(tmp_path: Path) -> None:
    data = b'[\r\n  {\r\n    "t": "a",\r\n    "u": 1\r\n  },\r\n  {"t": "b"}\r\n]\r\n'
    expected = data.replace(b'"a"', b'"z"').replace(b'"u": 1', b'"u": 1,\r\n    "weight": 0')
    operations = (Replace("/t", "z"), SetMember("", "weight", 0))
    assert rewritten(tmp_path, "a.json", data, {0: operations}) == expected


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_the_encoding_stays(tmp_path: Path, encoding: str) -> None:
    text = '{"t": "René won 😀."}\n{"t": "é"}\n'
    expected = text.replace("won", "lost").encode(encoding)
    assert (
        rewritten(tmp_path, "a.jsonl", text.encode(encoding), {0: replaced("René lost 😀.")})
        == expected
    )


@pytest.mark.parametrize(
    ("suffix", "pack_up", "unpack"),
    [
        ("gz", gzip.compress, gzip.decompress),
        ("bz2", bz2.compress, bz2.decompress),
        ("xz", lzma.compress, lzma.decompress),
        (
            "zst",
            ZstdCompressor().compress,
            lambda b: ZstdDecompressor().decompressobj().decompress(b),
        ),
    ],
)
def test_archives_are_packed_again(
    tmp_path: Path, suffix: str, pack_up: Callable[[bytes], bytes], unpack: Callable[[bytes], bytes]
) -> None:
    result = rewritten(tmp_path, f"a.jsonl.{suffix}", pack_up(LINES), {0: replaced("Ann lost.")})
    assert unpack(result) == LINES.replace(b"won", b"lost")
    plain = tmp_path / "plain.jsonl"
    rewrite(tmp_path / f"a.jsonl.{suffix}", plain, {0: DROP})
    assert plain.read_bytes() == LINES.removeprefix(b'{"t": "Ann won."}\r\n')


TABLE = (
    "id,text,messages\r\n"
    '1,"Ann won, twice.","[{""role"": ""user"", ""content"": ""Hi""}]"\r\n'
    "\r\n"
    "2,two\nlines,\r\n".replace("two\nlines", '"two\nlines"')
    + '3,"say ""yes""",x\r\n'
)


def test_rows_of_a_table_change_or_go(tmp_path: Path) -> None:
    rows: Changes = {
        0: replaced("Ann lost,\nonce.", "/text"),
        1: DROP,
        2: replaced("no", "/messages"),
    }
    expected = TABLE.replace("won, twice", "lost,\nonce").replace('2,"two\nlines",\r\n', "")
    assert rewritten(tmp_path, "a.csv", TABLE.encode(), rows).decode() == expected.replace(
        ",x", ",no"
    )


def test_json_in_a_cell_is_spliced(tmp_path: Path) -> None:
    operations = (Replace("/messages/0/content", 'Say "é"'), SetMember("/messages/0", "weight", 0))
    result = rewritten(tmp_path, "a.csv", TABLE.encode(), {0: operations}).decode()
    [row] = csv.reader(io.StringIO(result.split("\r\n")[1]))
    assert json.loads(row[2]) == [{"role": "user", "content": 'Say "é"', "weight": 0}]
    assert row[2].startswith('[{"role": "user", "content": "')
    assert result.split("\r\n")[2:] == TABLE.split("\r\n")[2:]


@pytest.mark.parametrize(
    ("name", "table"),
    [
        ("a.tsv", "t\tn\nAnn won\t1\n"),
        ("a.csv", '"t";"n"\n"Ann won";"1"\n'),
        ("a.csv", '"t","n"\n"Ann won",1\n'),
    ],
)
def test_the_dialect_stays(tmp_path: Path, name: str, table: str) -> None:
    assert rewritten(
        tmp_path, name, table.encode(), {0: replaced("Ann lost")}
    ).decode() == table.replace("won", "lost")


def test_a_table_row_that_cannot_be_read_is_not_lost_silently(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("negaudit.read.table.LONGEST_ROW", 100)
    with pytest.raises(InputError, match="longer than"):
        rewritten(tmp_path, "a.csv", b't,n\n"' + b"x" * 300 + b'",1\n', {})


MESSAGES = pa.list_(pa.struct([("role", pa.string()), ("content", pa.large_string())]))
SCHEMA = pa.schema(
    [
        pa.field("text", pa.string(), metadata={b"note": b"kept"}),
        pa.field("messages", MESSAGES),
        pa.field("when", pa.timestamp("us")),
        pa.field("raw", pa.binary()),
        pa.field("price", pa.decimal128(5, 2)),
        pa.field("kind", pa.dictionary(pa.int8(), pa.string())),
    ],
    metadata={b"huggingface": b'{"info": 1}'},
)


def columns(rows: int) -> pa.Table:
    table = pa.table(
        {
            "text": [f"Ann won {n}" for n in range(rows)],
            "messages": [[{"role": "user", "content": f"Hi {n}"}] for n in range(rows)],
            "when": pa.array(range(rows), pa.timestamp("us")),
            "raw": [bytes([n % 256]) for n in range(rows)],
            "price": [Decimal(n % 100) for n in range(rows)],
            "kind": pa.array(["a", "b"] * (rows // 2))
            .dictionary_encode()
            .cast(pa.dictionary(pa.int8(), pa.string())),
        }
    )
    return table.cast(SCHEMA)


CHANGED: Changes = {
    0: DROP,
    3: (Replace("/text", "Ann lost"), Replace("/messages/0/content", "Bye")),
    599: replaced("last", "/text"),
}


def expected_rows(rows: int) -> list[dict[str, Any]]:
    expected = columns(rows).to_pylist()
    expected[3] |= {"text": "Ann lost", "messages": [{"role": "user", "content": "Bye"}]}
    expected[599]["text"] = "last"
    return expected[1:]


def test_parquet_keeps_its_schema_groups_and_compression(tmp_path: Path) -> None:
    path, out = tmp_path / "a.parquet", tmp_path / "out.parquet"
    pq.write_table(
        columns(600), path, row_group_size=250, compression={"text": "zstd", "raw": "none"}
    )
    rewrite(path, out, CHANGED)
    before, after = pq.ParquetFile(path), pq.ParquetFile(out)
    assert after.schema_arrow.equals(before.schema_arrow, check_metadata=True)
    assert after.read().to_pylist() == expected_rows(600)
    assert [after.metadata.row_group(n).num_rows for n in range(3)] == [249, 250, 100]
    for column in range(after.metadata.num_columns):
        codecs = [file.metadata.row_group(0).column(column).compression for file in (before, after)]
        assert codecs[0] == codecs[1]


@pytest.mark.parametrize("new", [pa.ipc.new_file, pa.ipc.new_stream])
def test_arrow_stays_what_it_is(tmp_path: Path, new: Callable[..., Any]) -> None:
    path, out = tmp_path / "a.arrow", tmp_path / "out.arrow"
    with path.open("wb") as file, new(file, SCHEMA) as writer:
        writer.write_table(columns(600), max_chunksize=128)
    rewrite(path, out, CHANGED)
    with out.open("rb") as file:
        reader = pa.ipc.open_file(file) if new is pa.ipc.new_file else pa.ipc.open_stream(file)
        table = reader.read_all()
    assert table.schema.equals(SCHEMA, check_metadata=True)
    assert table.to_pylist() == expected_rows(600)


def test_a_change_that_does_not_fit_a_column_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    pq.write_table(pa.table({"n": [1]}), path)
    with pytest.raises(InputError, match="does not fit"):
        rewrite(path, tmp_path / "out.parquet", {0: replaced("one", "/n")})
    with pytest.raises(InputError, match="does not fit"):
        rewrite(path, tmp_path / "out2.parquet", {0: (SetMember("", "n", "one"),)})


def test_a_saved_data_set_can_be_loaded_again(tmp_path: Path) -> None:
    datasets = pytest.importorskip("datasets")
    folder, out = tmp_path / "saved", tmp_path / "out"
    datasets.Dataset.from_dict({"t": [f"text {n}" for n in range(20)]}).save_to_disk(
        str(folder), num_shards=3
    )
    rewrite(folder, out, {0: DROP, 9: replaced("nine"), 19: replaced("last")})
    before, after = (datasets.load_from_disk(str(path)) for path in (folder, out))
    assert after["t"][:] == [
        *(f"text {n}" for n in range(1, 9)),
        "nine",
        *(f"text {n}" for n in range(10, 19)),
        "last",
    ]
    assert after.features == before.features
    assert after._fingerprint != before._fingerprint


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("a.jsonl", b'{"t": "a"}\n{"t": "b"}\n', "lines"),
        ("a.json", b'[{"t": "a"}]', "document"),
        ("a.json", b'{"t": "a"}\n{"t": "b"}\n', "lines"),
        ("a.csv", b"t,u\n1,2\n", "table"),
        ("a", b"t,u\n1,2\n", "table"),
    ],
)
def test_the_kind_goes_by_the_content(tmp_path: Path, name: str, data: bytes, kind: str) -> None:
    (tmp_path / name).write_bytes(data)
    assert kind_of(discover([str(tmp_path / name)])[0]) == kind


def test_columns_take_no_new_members() -> None:
    value = {"m": [{"role": "user", "weight": None}], "label": "x"}
    assert misfit("lines", value, [SetMember("/m/0", "train", False)]) == ""
    assert misfit("table", value, [SetMember("/m/0", "train", False)]) == ""
    assert "'train'" in misfit("parquet", value, [SetMember("/m/0", "train", False)])
    assert misfit("parquet", value, [SetMember("/m/0", "weight", 0)]) == ""
    assert "'train'" in misfit("table", value, [SetMember("", "train", "x")])
    assert "text" in misfit("table", value, [SetMember("", "label", False)])
