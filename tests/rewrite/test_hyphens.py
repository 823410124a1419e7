from __future__ import annotations

from collections.abc import Callable

import pytest

Negated = Callable[..., str]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The band split up in 1999 and re-formed in 2012.",
            "The band did not split up in 1999 and did not re-form in 2012.",
        ),
        ("The sprinter false-started twice.", "The sprinter did not false-start twice."),
        ("The firm fact-checks his speeches.", "The firm does not fact-check his speeches."),
        ("Records show she re-signed.", "Records show she did not re-sign."),
        ("The firm co-owns the mill.", "The firm does not co-own the mill."),
        ('In "Re-Made Men" she co-wrote it.', 'In "Re-Made Men" she did not co-write it.'),
        ("Chase Utley bats left-handed.", "Chase Utley does not bat left-handed."),
        ("The state-owned line lost money.", "The state-owned line did not lose money."),
    ],
)
def test_verbs_with_a_hyphen_stay_whole(negated: Negated, text: str, expected: str) -> None:
    assert negated(text) == expected
