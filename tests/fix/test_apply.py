from __future__ import annotations

import copy

import pytest

from negaudit.fix.apply import apply, place
from negaudit.fix.pointer import NowhereError
from negaudit.fix.record import Drop, Replace, SetMember

RECORD = {"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant"}], "a/b": {"~": "x"}}


def test_operations_come_in_order_and_the_record_stays() -> None:
    before = copy.deepcopy(RECORD)
    operations = [
        Replace("/messages/0/content", "Bye"),
        SetMember("/messages/1", "content", "one"),
        Replace("/messages/1/content", "two"),
        Replace("/a~1b/~0", "y"),
    ]
    assert apply(RECORD, operations) == {
        "messages": [{"role": "user", "content": "Bye"}, {"role": "assistant", "content": "two"}],
        "a/b": {"~": "y"},
    }
    assert before == RECORD


def test_what_stays_is_shared() -> None:
    result = apply(RECORD, [Replace("/messages/0/content", "Bye")])
    assert isinstance(result, dict)
    assert result["a/b"] is RECORD["a/b"]
    assert result["messages"] is not RECORD["messages"]


def test_a_bare_text_is_replaced() -> None:
    assert apply("Ann won.", [Replace("", "Ann lost.")]) == "Ann lost."


def test_a_drop_wins() -> None:
    assert apply(RECORD, [SetMember("", "k", 1), Drop()]) is None


def test_place_finds_what_stands_at_a_pointer() -> None:
    assert place(RECORD, "/a~1b/~0") == "x"
    assert place(RECORD, "") is RECORD


@pytest.mark.parametrize("pointer", ["/messages/2", "/messages/x", "/none", "none", "/a~1b/~0/0"])
def test_a_place_that_is_not_there_is_refused(pointer: str) -> None:
    with pytest.raises(NowhereError, match="the record has no"):
        place(RECORD, pointer)
