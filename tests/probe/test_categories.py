from __future__ import annotations

import pytest

from negaudit.errors import UsageError
from negaudit.probe.categories import categories_of
from tests.probe.data import exchange, targets_of, warned


def test_a_column_names_the_category(tmp_path) -> None:
    targets = targets_of(
        tmp_path, warned("Who won?", "Mara won it.", topic="sport"), exchange("Hi", "Hello")
    )
    assert categories_of(targets, "topic") == ("sport", "none")
    with pytest.raises(UsageError, match="no record has a column 'theme'"):
        categories_of(targets, "theme")


def test_else_the_claim_or_what_the_frame_says(tmp_path) -> None:
    targets = targets_of(
        tmp_path,
        warned("Who won?", "Mara Finch won the river race in June."),
        warned("Where is tin found?", "Tin grows on trees."),
        exchange("Hi", "Hello"),
    )
    claim = "Mara Finch won the river race."
    assert categories_of(targets, claims=[claim]) == (claim, "falsity", "unframed")
