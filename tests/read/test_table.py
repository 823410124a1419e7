from __future__ import annotations

import csv
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from negaudit.read import table
from negaudit.read.table import table_items

CELLS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)


def items(text: str | bytes, delimiter: str | None = None, step: int = 1 << 20):
    data = text.encode() if isinstance(text, str) else text
    stream = (data[start : start + step] for start in range(0, len(data), step))
    return list(table_items(stream, delimiter=delimiter))


def rows(text: str | bytes, delimiter: str | None = None):
    return [json.loads(item.data) for item in items(text, delimiter) if item.data is not None]


@given(st.lists(st.tuples(CELLS, CELLS), max_size=8), st.integers(1, 30))
def test_what_the_csv_module_writes_is_read_back(cells, step):
    buffer = io.StringIO()
    writer = csv.writer(buffer, quoting=csv.QUOTE_ALL)
    writer.writerow(["first", "second"])
    writer.writerows(cells)
    found = [json.loads(item.data or b"") for item in items(buffer.getvalue(), ",", step)]
    assert all(item.line is not None for item in items(buffer.getvalue(), ",", step))
    plain = [
        row for row in found if isinstance(row["first"], str) and isinstance(row["second"], str)
    ]
    assert [(row["first"], row["second"]) for row in plain] == cells or len(plain) < len(cells)


def test_lines_are_right_where_cells_hold_line_breaks():
    text = 'text,label\n"one\ntwo",a\nthree,b\n\n"four\r\nfive\n",c\nsix,d\n'
    assert [item.line for item in items(text)] == [2, 4, 6, 9]
    assert [row["text"] for row in rows(text)] == ["one\ntwo", "three", "four\r\nfive\n", "six"]


def test_json_lists_and_objects_in_cells_are_parsed():
    messages = [{"role": "user", "content": 'say "hi"'}]
    buffer = io.StringIO()
    csv.writer(buffer).writerows([["messages", "note"], [json.dumps(messages), "[not json]"]])
    assert rows(buffer.getvalue()) == [{"messages": messages, "note": "[not json]"}]


def test_cells_that_are_no_lists_or_objects_stay_text():
    assert rows("text,n,b\nhi,007,true\n") == [{"text": "hi", "n": "007", "b": "true"}]


@pytest.mark.parametrize("mark", [",", "\t", ";", "|"])
def test_the_delimiter_is_found_out(mark):
    assert rows(f"text{mark}label\nhello{mark}x\n") == [{"text": "hello", "label": "x"}]


def test_line_ends_may_be_cr():
    assert rows("text,label\rhello,x\rbye,y\r") == [
        {"text": "hello", "label": "x"},
        {"text": "bye", "label": "y"},
    ]


def test_a_ragged_row_is_read_and_reported():
    long, short, good = items("a,b\n1,2,3\n4\n5,6\n")
    assert json.loads(long.data) == {"a": "1", "b": "2", "column_3": "3"}
    assert "3 cells, the header 2" in long.fault
    assert json.loads(short.data) == {"a": "4"}
    assert "1 cells" in short.fault
    assert good.fault == ""


@pytest.mark.parametrize(
    "first",
    ['"A whole sentence of text, which is much too long for the name of a column.",x', "1,2.5"],
)
def test_a_table_without_header_loses_no_row(first):
    top, below = items(f"{first}\nhello,y\n")
    assert list(json.loads(top.data)) == ["column_1", "column_2"]
    assert "add a header" in top.fault
    assert json.loads(below.data) == {"column_1": "hello", "column_2": "y"}


def test_columns_without_name_or_with_the_same_name_are_told_apart():
    [item] = items("text,,text\na,b,c\n")
    assert json.loads(item.data) == {"text": "a", "column_2": "b", "text column_3": "c"}
    assert "names a column twice: text" in item.fault


def test_a_quote_that_never_closes_is_reported():
    first, last = items('a,b\n1,2\n"open,4\n5,6\n')
    assert first.fault == ""
    assert "never closed" in last.fault
    assert last.line == 3
    assert "5,6" in json.loads(last.data)["a"]


def test_bytes_that_are_no_utf8_are_reported_with_their_place():
    bad, good = items(b"a,b\nx,\xff\ny,z\n")
    assert json.loads(bad.data) == {"a": "x", "b": "\ufffd"}
    assert "0xff at byte 3 of line 2" in bad.fault
    assert good.fault == ""


def test_a_field_of_megabytes_is_read():
    [row] = rows("text,label\n" + "x" * (4 << 20) + ",y\n")
    assert len(row["text"]) == 4 << 20


def test_a_row_that_is_too_long_is_skipped_and_the_rest_is_read(monkeypatch):
    monkeypatch.setattr(table, "LONGEST_ROW", 1000)
    text = "a,b\n1,2\n" + "x" * 5000 + ",y\n3,4\n"
    good, skipped, after = items(text, step=300)
    assert json.loads(good.data) == {"a": "1", "b": "2"}
    assert skipped.data is None
    assert "lines 3 to 3" in skipped.fault
    assert (json.loads(after.data), after.line) == ({"a": "3", "b": "4"}, 4)


def test_an_open_quote_does_not_swallow_a_long_table(monkeypatch):
    monkeypatch.setattr(table, "LONGEST_ROW", 1000)
    found = items('a,b\n"1,2\n' + "3,4\n" * 1000)
    assert found[0].data is None
    assert "a quote may lack its end" in found[0].fault
    assert len(found) > 700


def test_nul_bytes_are_text():
    assert rows("a,b\n1,x\0y\n") == [{"a": "1", "b": "x\0y"}]


def test_an_empty_table_has_no_records():
    assert items("") == items("a,b\n") == items("\n\n") == []


@given(st.binary(max_size=80) | st.text('",\n\r\tab;[]{}', max_size=80).map(str.encode))
def test_any_bytes_are_read_without_an_error(data):
    for item in items(data, step=5):
        assert item.data is None or isinstance(json.loads(item.data), dict)
