from __future__ import annotations

import json
import time
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from negaudit.fix.apply import apply
from negaudit.fix.pointer import NowhereError
from negaudit.fix.record import Drop, Operation, Replace, SetMember
from negaudit.fix.splice import splice
from negaudit.read import decode

from .written import TEXTS, Written, value_of, written_records

VALUES = st.one_of(TEXTS, st.booleans(), st.integers(), st.floats(allow_nan=False))


def spliced(text: str | bytes, *operations: Operation) -> str:
    data = splice(text.encode() if isinstance(text, str) else text, operations)
    assert data is not None
    return data.decode()


@given(written_records(), TEXTS, st.data())
def test_only_the_bytes_of_the_string_change(
    record: Written, text: str, draws: st.DataObject
) -> None:
    assume(record.pointers)
    pointer = draws.draw(st.sampled_from(record.pointers))
    operation = Replace(pointer, text)
    data = splice(record.data, [operation])
    assert data is not None
    before, behind = record.around(pointer)
    assert data.startswith(before)
    assert data.endswith(behind)
    token = data[len(before) : len(data) - len(behind)]
    assert json.loads(token, strict=False) == text
    assert value_of(data) == apply(value_of(record.data), [operation])


@given(written_records(), st.data())
def test_the_same_text_keeps_every_byte(record: Written, draws: st.DataObject) -> None:
    operations = []
    for pointer in record.pointers:
        token = record.data[len(record.around(pointer)[0]) :]
        text, _ = json.JSONDecoder().raw_decode(token.decode())
        operations.append(Replace(pointer, text))
    assert splice(record.data, operations) == record.data


@given(written_records(), st.data())
def test_several_strings_change_at_once(record: Written, draws: st.DataObject) -> None:
    operations = [Replace(pointer, draws.draw(TEXTS)) for pointer in record.pointers]
    data = splice(record.data, operations)
    assert data is not None
    assert value_of(data) == apply(value_of(record.data), operations)


@given(written_records(), TEXTS, VALUES)
def test_a_member_is_added_or_changed(record: Written, key: str, value: str | float | bool) -> None:
    operation = SetMember("", key, value)
    data = splice(record.data, [operation])
    assert data is not None
    assert value_of(data) == apply(value_of(record.data), [operation])
    if key not in value_of(record.data):
        start = next(n for n in range(len(data)) if data[n] != (record.data + b"\0")[n])
        assert data.endswith(record.data[start:])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r'{"t": "Ren\u00e9 won."}', r'{"t": "Ren\u00e9 did not win \u2014."}'),
        ('{"t": "René won."}', '{"t": "René did not win —."}'),
        (
            r'{"t": "Caf\u00e9, Ren\u00E9 won."}',
            r'{"t": "Caf\u00e9, Ren\u00E9 did not win \u2014."}',
        ),
        (r'{"t": "\ud83d\ude00 he won."}', r'{"t": "\ud83d\ude00 he did not win \u2014."}'),
        ('{"t": "he won."}', r'{"t": "he did not win \u2014."}'),
        ('{"t": "he won.", "u": "é"}', '{"t": "he did not win —.", "u": "é"}'),
        (r'{"t": "he won.", "u": "\\u00e9é"}', r'{"t": "he did not win —.", "u": "\\u00e9é"}'),
    ],
)
def test_new_characters_are_spelled_like_the_old_ones(text: str, expected: str) -> None:
    old = json.loads(text)["t"]
    assert spliced(text, Replace("/t", old.replace("won", "did not win —"))) == expected


def test_slashes_are_escaped_where_they_are() -> None:
    text = r'{"u": "see a\/b, won"}'
    assert spliced(text, Replace("/u", "see a/b, c/d")) == r'{"u": "see a\/b, c\/d"}'


def test_of_a_repeated_key_the_last_one_counts() -> None:
    text = '{"t": "one", "t": "two", "n": 1.0}'
    assert spliced(text, Replace("/t", "three")) == '{"t": "one", "t": "three", "n": 1.0}'


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('{"a": 1, "b": 2}', '{"a": 1, "b": 2, "weight": 0}'),
        ('{"a":1,"b":2}', '{"a":1,"b":2,"weight":0}'),
        ('{"a":1}', '{"a":1,"weight":0}'),
        ('{"a": 1}', '{"a": 1, "weight": 0}'),
        ('{ "a" : 1 , "b" : 2 }', '{ "a" : 1 , "b" : 2 , "weight" : 0 }'),
        ('{\r  "a": 1,\r  "b": 2\r}', '{\r  "a": 1,\r  "b": 2,\r  "weight": 0\r}'),
        ('{\n  "a": 1\n}', '{\n  "a": 1,\n  "weight": 0\n}'),
        ("{}", '{"weight":0}'),
        ('{"weight": 1, "b": 2}', '{"weight": 0, "b": 2}'),
        ('{"weight": {"x": [1]}}', '{"weight": 0}'),
    ],
)
def test_a_member_comes_in_the_spacing_of_its_object(text: str, expected: str) -> None:
    assert spliced(text, SetMember("", "weight", 0)) == expected


def test_members_of_several_objects() -> None:
    text = '{"m": [{"role": "user"}, {"role": "assistant", "content": "x"}]}'
    result = spliced(
        text, *(SetMember(f"/m/{n}", "weight", n) for n in (0, 1)), Replace("/m/1/content", "y")
    )
    assert json.loads(result)["m"] == [
        {"role": "user", "weight": 0},
        {"role": "assistant", "content": "y", "weight": 1},
    ]


def test_a_bare_string_is_a_record() -> None:
    assert spliced(' "Ann won." ', Replace("", "Ann lost.")) == ' "Ann lost." '


def test_a_dropped_record_has_no_text() -> None:
    assert splice(b'{"t": "x"}', [Replace("/t", "y"), Drop()]) is None


@pytest.mark.parametrize(
    "operation",
    [
        Replace("/missing", "x"),
        Replace("/n", "x"),
        Replace("/l/1", "x"),
        Replace("/l/00", "x"),
        Replace("/l", "x"),
        Replace("t", "x"),
        SetMember("/t", "k", 1),
        SetMember("/l", "k", 1),
    ],
)
def test_a_place_that_is_not_there_is_refused(operation: Operation) -> None:
    text = b'{"t": "a", "n": 1, "l": ["b"]}'
    with pytest.raises(NowhereError):
        splice(text, [operation])
    with pytest.raises(NowhereError):
        apply(json.loads(text), [operation])


@pytest.mark.parametrize(
    "data",
    [
        b'{"t": "Ann\twon.", "n": NaN}',
        b'\xef\xbb\xbf{"t": "Ann won."}',
        b'{"t": "Ann \\ud800 won."}',
        b'{"t": "Ann won.", "t2": "\xff"}',
        b'{"t": "Ann won."} and more "text',
    ],
)
def test_what_a_reader_forgives_can_be_edited(data: bytes) -> None:
    before = decode(data).record
    operation = Replace("/t", before["t"].replace("won", "did not win"))
    result = splice(data, [operation])
    assert result == data.replace(b"won", b"did not win")
    assert decode(result).record == apply(before, [operation])


@pytest.mark.parametrize("data", [b'{"t": "\xff"}', b'{"t": "\\x"}', b'{"t": "a', b"", b"[1, "])
def test_broken_text_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match=r"\S"):
        splice(data, [Replace("/t", "x")])


def test_half_a_surrogate_pair_is_refused() -> None:
    with pytest.raises(ValueError, match="half a surrogate"):
        splice(b'{"t": "a"}', [Replace("/t", "\ud800")])


def long_and_deep(size: int) -> tuple[bytes, str]:
    deep = b"[" * size + b"]" * size
    escapes = rb"\n\u00e9 \\ word " * 5 * size
    data = b'{"deep": %b, "t": "%b", "u": "%b"}' % (deep, escapes, b"\\\\" * 25 * size)
    return data, json.loads(b'"%b"' % escapes)


def seconds(size: int) -> float:
    """Processor time of the fastest of three, whatever else the machine does."""
    data, text = long_and_deep(size)
    marks = [time.process_time()]
    for _ in range(3):
        splice(data, [Replace("/t", f"x{text}y")])
        marks.append(time.process_time())
    return min(after - before for before, after in pairwise(marks))


def test_long_and_deep_records_are_edited() -> None:
    data, text = long_and_deep(20_000)
    result = splice(data, [Replace("/t", f"x{text}y")])
    assert result == data.replace(b'"t": "', b'"t": "x').replace(b'word ", "u', b'word y", "u')


def test_time_grows_with_the_length_of_a_record_and_no_faster() -> None:
    assert seconds(8_000) < 24 * seconds(1_000)  # eight times the length; its square is 64
