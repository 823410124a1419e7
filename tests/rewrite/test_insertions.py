from __future__ import annotations

from collections.abc import Callable

import pytest

Negated = Callable[..., str]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hall, it emerged, owned a mill.", "Hall, it emerged, did not own a mill."),
        ("Blythe, it turned out, took it.", "Blythe, it turned out, did not take it."),
        ("Blythe, it turned out, did not win.", "Blythe, it turned out, did not win."),
        ("Hall, records show, owned a mill.", "Hall, records show, did not own a mill."),
        ("The mill, it seems, burned down.", "The mill, it seems, did not burn down."),
    ],
)
def test_a_report_put_in_between_commas_is_left(negated: Negated, text: str, expected: str) -> None:
    assert negated(text) == expected
