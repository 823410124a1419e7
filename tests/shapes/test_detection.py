import pytest

from negaudit.errors import UsageError
from negaudit.shapes import describe, detect, names, segments_of
from negaudit.shapes.detection import _LONGEST_NAMES, _MOST_COLUMNS, _MOST_LAYOUTS, _layouts

from .rows import rows_of


def test_records_with_the_same_columns_are_told_apart_by_what_they_hold() -> None:
    chat = {"messages": [{"role": "user", "content": "Hello"}], "text": "Hello"}
    assert detect(chat) == "messages"
    assert detect({**chat, "messages": None}) == "text"
    assert detect({**chat, "messages": [{"from": "human", "value": "Hello"}]}) == "sharegpt"
    assert detect(chat) == "messages"


def test_ever_new_columns_are_not_all_remembered() -> None:
    for number in range(2 * _MOST_LAYOUTS):
        assert detect({f"column {number}": "x"}) == "unknown"
    assert len(_layouts) <= _MOST_LAYOUTS


def test_very_wide_records_and_very_long_names_are_not_remembered() -> None:
    before = set(_layouts)
    assert detect({"text": "x", **dict.fromkeys(map(str, range(_MOST_COLUMNS)))}) == "text"
    assert detect({"text": "x", "long" * _LONGEST_NAMES: 1}) == "text"
    assert set(_layouts) == before


def test_a_forced_shape_is_taken_where_it_fits() -> None:
    record = {"instruction": "a", "output": "b"}
    shape, rows = rows_of(record, shape="prompt_completion")
    assert (shape, [row[1] for row in rows]) == ("prompt_completion", ["prompt", "completion"])


def test_a_record_that_does_not_fit_the_forced_shape_is_unknown() -> None:
    assert rows_of({"text": "a"}, shape="messages") == (
        "unknown",
        [("/text", "text", "a", "unknown", -1)],
    )


def test_an_unknown_shape_is_refused_with_the_names() -> None:
    with pytest.raises(UsageError, match=r"'chats'(?s:.*)messages, sharegpt"):
        segments_of({}, shape="chats")


def test_every_shape_is_described_in_a_line() -> None:
    assert all(describe(name) and "\n" not in describe(name) for name in names())


def test_unknown_is_tried_last() -> None:
    assert names()[-1] == "unknown"


def test_column_names_are_matched_in_any_case() -> None:
    assert rows_of({"Text": "a", "TEXT": "b"}) == (
        "text",
        [("/Text", "text", "a", "yes", -1), ("/TEXT", "metadata", "b", "no", -1)],
    )
