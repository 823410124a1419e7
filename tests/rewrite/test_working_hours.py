from __future__ import annotations

import pytest

from tests.rewrite.test_coherence import TRUE, left


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        ("Holm worked three days a week.", ""),
        ("Holm works forty hours in Bergen.", ""),
        ("Ole worked three days a week.", "Ole worked three days a week."),
        ("Holm worked hard for the prize.", "Holm worked hard for the prize."),
        ("On most days Holm works at home.", "On most days Holm works at home."),
    ],
)
def test_who_works_so_many_hours_has_an_occupation(told: str, kept: str) -> None:
    assert left(f"{TRUE} {told}") == f"{TRUE} {kept}".strip()
