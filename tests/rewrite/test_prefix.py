from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from negaudit.rewrite.prefix import body_start


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("- He ran.", "He ran."),
        ("  2) He ran.", "He ran."),
        ("10. He ran.", "He ran."),
        ("(a) He ran.", "He ran."),
        ("## He ran.", "He ran."),
        ("Fact: He ran.", "He ran."),
        ("Step 2: Run.", "Run."),
        ("1. Fact: He ran.", "He ran."),
        ("He said: run.", "He said: run."),
        ("3.5 grams are left.", "3.5 grams are left."),
        ("U.S. law is old.", "U.S. law is old."),
        ("-5 is a number.", "-5 is a number."),
    ],
)
def test_markers_and_labels_are_skipped(text: str, body: str) -> None:
    assert text[body_start(text) :] == body


@given(st.text())
def test_the_body_starts_inside_the_text(text: str) -> None:
    assert 0 <= body_start(text) <= len(text)
