from __future__ import annotations

from collections import Counter

import pytest

from negaudit.errors import UsageError
from negaudit.probe.categories import categories_of, count_categories
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


def test_records_and_prompts_are_counted(tmp_path) -> None:
    targets = targets_of(
        tmp_path, warned("Who won?", "Mara Finch won the race."), exchange("Hi", "Ho")
    )
    counted = count_categories(targets, ("a", "a"), Counter({"b": 2, "a": 1}))
    assert [(c.name, c.records, c.framed, c.prompts) for c in counted] == [
        ("a", 2, 1, 1),
        ("b", 0, 0, 2),
    ]
