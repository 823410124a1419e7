from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from negaudit.rewrite import Edit, splice


def test_edits_are_applied_in_order_of_place() -> None:
    assert splice("He is a vet.", [Edit(8, 11, "spy"), Edit(5, 5, " not")]) == "He is not a spy."


def test_overlapping_edits_are_refused() -> None:
    with pytest.raises(ValueError, match="overlaps"):
        splice("abcdef", [Edit(0, 3, "x"), Edit(2, 4, "y")])


def test_an_edit_outside_the_text_is_refused() -> None:
    with pytest.raises(ValueError, match="leaves the text"):
        splice("abc", [Edit(2, 9, "x")])


@given(st.text(), st.data())
def test_text_outside_the_edits_stays(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    spliced = splice(text, [Edit(start, end, "new")])
    assert spliced == text[:start] + "new" + text[end:]
