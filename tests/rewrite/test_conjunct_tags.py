from __future__ import annotations

from collections.abc import Callable

import pytest


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The mill was built in 1890 and collapsed in 1901.",
            "The mill was not built in 1890 and did not collapse in 1901.",
        ),
        (
            "Ida was born in Bern and moved to Oslo.",
            "Ida was not born in Bern and did not move to Oslo.",
        ),
        ("Ida has climbed hills and crossed seas.", "Ida has not climbed hills or crossed seas."),
        (
            "They married in May and divorced on a hill.",
            "They did not marry in May or divorce on a hill.",
        ),
        (
            "Tunnels cost less than bridges and last longer.",
            "Tunnels do not cost less than bridges and do not last longer.",
        ),
        (
            "Sharks can swim fast and live for decades.",
            "Sharks cannot swim fast or live for decades.",
        ),
    ],
)
def test_a_conjunct_shares_what_it_can(
    negated: Callable[..., str], text: str, expected: str
) -> None:
    assert negated(text) == expected
