from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from negaudit.read import scanner
from negaudit.read.document import document_items

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


def items(text: str | bytes, step: int = 1 << 20, newline: bytes = b"\n"):
    data = text.encode() if isinstance(text, str) else text
    stream = (data[start : start + step] for start in range(0, len(data), step))
    return list(document_items(stream, newline=newline))


def values(text: str | bytes, step: int = 1 << 20):
    return [json.loads(item.data) for item in items(text, step) if item.data is not None]


def lines(text: str | bytes):
    return [item.line for item in items(text)]


def faults(text: str | bytes):
    return [(item.line, item.fault) for item in items(text) if item.fault]


@given(st.lists(VALUES, max_size=8), st.sampled_from([None, 0, 2]), st.integers(1, 50))
def test_an_array_gives_its_elements_however_it_is_written(elements, indent, step):
    text = json.dumps(elements, indent=indent, ensure_ascii=False)
    assert values(text, step) == elements


@given(st.lists(VALUES, min_size=1, max_size=8))
def test_each_element_has_the_line_on_which_it_begins(elements):
    text = json.dumps(elements, indent=1)
    found = items(text)
    for item in found:
        first = (item.data or b"").split(b"\r")[0].decode()
        assert text.split("\n")[item.line - 1].strip().startswith(first)
    assert [item.line for item in found] == sorted({item.line for item in found})


def test_no_element_holds_a_line_feed():
    [item] = items('[{\r\n "a": 1,\n "b": 2}]')
    assert item.data == b'{ \r "a": 1,\r "b": 2}'


@pytest.mark.parametrize("key", ["data", "rows", "train", "records"])
def test_an_object_around_a_list_gives_the_list(key):
    assert values(json.dumps({"version": "1.0", key: [{"a": 1}, {"a": 2}], "n": 2})) == [
        {"a": 1},
        {"a": 2},
    ]


def test_an_object_with_two_lists_of_records_gives_both():
    text = '{\n"train": [\n{"a": 1}\n],\n"test": [\n{"a": 2}\n]\n}'
    assert values(text) == [{"a": 1}, {"a": 2}]
    assert lines(text) == [3, 6]


def test_what_stands_beside_the_list_is_reported():
    [(line, fault)] = faults('{"data": [{"a": 1}],\n "notes": ["x"]}')
    assert "left out" in fault
    assert line == 1


def test_a_list_of_any_name_counts_where_it_is_all_there_is():
    text = '{"dialogues": [\n {"id": 1},\n {"id": 2,\n  "x": 0},\n {"id": 3}\n]}'
    assert [value["id"] for value in values(text)] == [1, 2, 3]
    assert lines(text) == [2, 3, 5]


@pytest.mark.parametrize(
    "record",
    [
        {"messages": [{"role": "user", "content": "hi"}]},
        {"conversations": [{"from": "human", "value": "hi"}]},
        {"text": "hi"},
        {"tools": [{"name": "f"}], "text": "hi"},
        {"ids": [1, 2]},
        {},
    ],
)
def test_an_object_that_is_a_record_stays_whole(record):
    assert values(json.dumps(record, indent=2)) == [record]


def test_values_one_after_the_other_are_records():
    assert values('{"a": 1}{"a": 2} [{"a": 3}]\n"four" 5 null') == [
        {"a": 1},
        {"a": 2},
        {"a": 3},
        "four",
        5,
        None,
    ]


def test_objects_with_one_list_each_are_not_taken_apart_when_there_are_several():
    text = '{"steps": [{"id": 1}]}\n{"steps": [{"id": 2}]}'
    assert values(text) == [{"steps": [{"id": 1}]}, {"steps": [{"id": 2}]}]


def test_lines_that_end_in_cr_are_counted():
    found = items(b'{"a": 1}\r{"a": 2}\r\r{"a": 3}', newline=b"\r")
    assert [item.line for item in found] == [1, 2, 4]


def test_brackets_and_quotes_in_strings_are_text():
    element = {"text": 'a "quoted" ]}[{ \\ text, \\" and more'}
    assert values(json.dumps([element, element]), 3) == [element, element]


PRETTY = json.dumps([{"id": n, "text": "some text"} for n in range(5)], indent=2)


@pytest.mark.parametrize(
    ("good", "bad"),
    [
        ('"id": 2,', '"id: 2,'),
        ('"id": 2,', '"id": 2, "x": [{,'),
        ('"id": 2,', '"id": [{{[,'),
    ],
)
def test_after_a_broken_element_the_others_are_read(good, bad):
    text = PRETTY.replace(good, bad)
    assert [value["id"] for value in values(text)] == [0, 1, 3, 4]
    [(line, fault)] = faults(text)
    assert line == 10
    assert "not valid JSON" in fault
    assert "lines 10 to 13" in fault


def test_an_element_that_is_broken_within_its_brackets_is_handed_on():
    text = '[{"a": 1,}, {"b": nope}, {"c": 3}]'
    assert [item.data for item in items(text)] == [b'{"a": 1,}', b'{"b": nope}', b'{"c": 3}']


def test_a_list_that_is_cut_off_says_so():
    assert values(PRETTY[:-2]) == json.loads(PRETTY)
    [(line, fault)] = faults(PRETTY[:-2])
    assert "cut off" in fault
    assert line == PRETTY.count("\n")


def test_a_file_that_is_cut_off_within_an_element_loses_only_that_one():
    text = PRETTY[: PRETTY.index('"id": 4') + 3]
    assert [value["id"] for value in values(text)] == [0, 1, 2, 3]
    assert "never ends" in faults(text)[0][1]


def test_stray_brackets_end_and_are_reported():
    assert faults("[}}}")
    assert faults("]]]")
    assert values('[1, }\n{"a": 2}]') == [1, {"a": 2}]


def test_an_element_that_is_too_long_is_passed_without_holding_it(monkeypatch):
    monkeypatch.setattr(scanner, "LONGEST_RECORD", 3 << 20)
    text = '[{"id": 1},\n {"x": "' + "y" * (9 << 20) + '"},\n {"id": 2}]'
    assert values(text) == [{"id": 1}, {"id": 2}]
    [(line, fault)] = faults(text)
    assert line == 2
    assert "longer than" in fault


def test_an_element_that_lacks_its_end_does_not_swallow_a_long_file(monkeypatch):
    monkeypatch.setattr(scanner, "LONGEST_RECORD", 2 << 20)
    long = json.dumps([{"id": n, "text": "t" * 1000} for n in range(6000)], indent=1)
    text = long.replace('"id": 7,', '"id": 7, "x": [,', 1)
    assert [value["id"] for value in values(text)] == [n for n in range(6000) if n != 7]


def test_an_empty_document_has_no_records():
    assert items("") == items(" \n ") == items("[]") == items('{"data": []}') == []


@given(st.binary(max_size=60) | st.text('[]{}",:\\ \nab1', max_size=60).map(str.encode))
def test_any_bytes_come_to_an_end_without_an_error(data):
    for item in items(data, 7):
        assert item.data is None or b"\n" not in item.data
        assert item.data is not None or item.fault


@pytest.mark.parametrize("newline", ["\n", "\r\n", " "])
@pytest.mark.parametrize("wrapped", [True, False])
def test_records_say_where_they_stand(
    newline: str, wrapped: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scanner, "CHUNK", 16)
    records = [f'{{{newline} "n": {n}, "é": "{"x" * n}"}}' for n in range(40)]
    text = f"[{newline}" + f",{newline}".join(records) + "]"
    data = (f'{{"v": "1", "data": {text}}}' if wrapped else text).encode()
    found = items(data, step=5)
    assert [data[i.start : i.start + len(i.data)].decode() for i in found] == records


def test_records_of_the_only_list_say_where_they_stand() -> None:
    data = b'{"mine": [{"a": 1},\n {"a": 2}]}'
    assert [data[i.start : i.start + len(i.data)] for i in items(data)] == [
        b'{"a": 1}',
        b'{"a": 2}',
    ]
