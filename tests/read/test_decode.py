from __future__ import annotations

import json
import math

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from negaudit.read import decode, decode_block
from negaudit.read.decode import REPEATED_KEYS_EVERY
from negaudit.records import Block, Problem

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**63) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


@given(VALUES, st.booleans())
def test_valid_json_decodes_without_a_fault(value, ascii_only):
    line = json.dumps(value, ensure_ascii=ascii_only).encode("utf-8", "surrogatepass")
    assert decode(line) == (value, "")


@given(
    st.binary(max_size=60)
    | st.text('{}[]",:\\ud83 \n\tNaInfity0123e+-.', max_size=60).map(str.encode)
)
def test_any_line_gives_a_record_or_a_fault(line):
    record, fault = decode(line)
    assert fault or record == msgspec.json.decode(line)
    msgspec.json.encode(record)


@pytest.mark.parametrize(
    ("line", "record", "fault"),
    [
        (b'{"a": NaN}', {"a": None}, "NaN is not JSON"),
        (b'{"a": [-Infinity, 1]}', {"a": [None, 1]}, "-Infinity is not JSON"),
        (b'{"a": 1e999}', {"a": "1e999"}, "out of range"),
        (b'{"a": ' + b"9" * 5000 + b"}", {"a": "9" * 5000}, "out of range"),
        (b'{"a": "x\\ud800y"}', {"a": "x\ufffdy"}, "unpaired surrogate \\ud800 at column 9"),
        (b'{"a": "\\uDC00\\ud83d\\ude00"}', {"a": "\ufffd😀"}, "unpaired surrogate \\uDC00"),
        (b'{"a": "\\\\ud800", "b": "\\ud800"}', {"a": "\\ud800", "b": "\ufffd"}, "column 24"),
        (b'{"a": "x\xffy"}', {"a": "x\ufffdy"}, "not valid UTF-8 (0xff at byte 9 of the record)"),
        (b'{"a": "x\0y"}', {"a": "x\0y"}, "control character (U+0000)"),
        (b'{"a": "x\ty"}', {"a": "x\ty"}, "(first fault at column 9)"),
        (b'\xef\xbb\xbf{"a": 1}', {"a": 1}, "byte order mark"),
        (b'{"a": 1, "b": 2, "a": 3}', {"a": 3, "b": 2}, 'key "a" appears twice'),
        (b'[{"x": {"a": 1, "a": 3}}]', [{"x": {"a": 3}}], 'key "a" appears twice'),
        (b'{"a": 1} {"b": 2}', {"a": 1}, "more text follows the record at column 10"),
    ],
)
def test_a_record_that_can_be_saved_comes_with_its_fault(line, record, fault):
    found = decode(line)
    assert found.record == record
    assert fault in found.fault


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        (b"{'a': 1}", "property name enclosed in double quotes (column 2)"),
        (b'{"a": 1,}', "column"),
        (b'{"a": 1', "expecting ',' delimiter (column 8)"),
        (b'{"a": "x', "unterminated string starting (column 7)"),
        (b"plain text", "expecting value (column 1)"),
        (b"12 apples", "more text follows"),
        (b"\0\0\0", "expecting value"),
        (b'{\r "a": 1,\r "b" 2}', "line 3 of the record, column 6"),
        (b"[" * 20_000 + b"]" * 20_000, "nested too deeply"),
        (b'{"a":' * 20_000 + b"NaN" + b"}" * 20_000, "nested too deeply"),
    ],
)
def test_a_record_that_cannot_be_saved_says_why_and_where(line, fault):
    found = decode(line)
    assert found.record is None
    assert fault in found.fault


def test_saved_text_keeps_the_offsets_of_what_follows():
    record = decode(b'{"a": "one \\ud800 two"}').record
    assert record["a"].index("two") == 6


def test_saved_records_hold_no_number_that_json_lacks():
    record = decode(b'{"a": NaN, "b": 1e400}').record
    assert not any(isinstance(value, float) and math.isnan(value) for value in record.values())
    assert json.loads(json.dumps(record, allow_nan=False)) == record


def test_rows_count_records_and_lines_count_lines():
    block = Block("f", b'\n{"a": 1}\r\n \t\nbad\n\n{"a": 2}', first_row=10, first_line=100)
    found = [(row, line, record) for row, line, record, _ in decode_block(block)]
    assert found == [(10, 101, {"a": 1}), (11, 103, None), (12, 105, {"a": 2})]


def test_a_bad_line_has_a_problem_with_its_place():
    block = Block("f", b'{"a": 1}\n{"a"\n', first_row=0, first_line=1)
    [_, (row, line, record, problem)] = decode_block(block)
    assert (row, line, record) == (1, 2, None)
    assert (problem.row, problem.line) == (1, 2)
    assert "not valid JSON" in problem.message


def test_the_value_null_is_no_problem():
    assert list(decode_block(Block("f", b"null\n", 0, 1))) == [(0, 1, None, None)]


def test_lines_may_be_given_for_each_record():
    block = Block("f", b'{"a": 1}\n{"a": 2}', first_row=5, lines=(3, 9))
    assert [(row, line) for row, line, _, _ in decode_block(block)] == [(5, 3), (6, 9)]


def test_a_block_may_have_no_lines():
    assert list(decode_block(Block("f", b"1\n2", 0))) == [(0, None, 1, None), (1, None, 2, None)]


def test_the_problem_of_a_block_comes_with_its_record():
    block = Block("f", b"{}\n[]", 4, lines=(1, 2), problems=(Problem(5, 2, "ragged"),))
    assert list(decode_block(block)) == [(4, 1, {}, None), (5, 2, [], Problem(5, 2, "ragged"))]


def test_the_problem_of_a_block_without_data_comes_alone():
    problem = Problem(7, 8, "too long")
    assert list(decode_block(Block("f", b"", 7, problems=(problem,)))) == [(7, 8, None, problem)]


def test_a_problem_of_the_block_and_one_of_the_record_are_one_problem():
    block = Block("f", b"[NaN]", 0, lines=(1,), problems=(Problem(0, 1, "ragged"),))
    [(_, _, record, problem)] = decode_block(block)
    assert record == [None]
    assert problem.message.startswith("ragged; NaN")


def test_repeated_keys_are_looked_for_everywhere_in_the_first_block():
    block = Block("f", b'{"a": 1}\n{"a": 1, "a": 2}\n', 0, 1)
    assert [problem is None for _, _, _, problem in decode_block(block)] == [True, False]


def test_repeated_keys_are_looked_for_now_and_then_in_later_blocks():
    lines = b'{"a": 1, "a": 2}\n' * (3 * REPEATED_KEYS_EVERY)
    problems = [problem for *_, problem in decode_block(Block("f", lines, 1001, 1)) if problem]
    first = range(1001, 1001 + REPEATED_KEYS_EVERY)
    later = (1001 + REPEATED_KEYS_EVERY, 1001 + 2 * REPEATED_KEYS_EVERY)
    assert [problem.row for problem in problems] == [*first, *later]
