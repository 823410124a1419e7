from __future__ import annotations

from collections.abc import Callable

import pytest

Negated = Callable[..., str]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Prune pears in full bloom.", "Do not prune pears in full bloom."),
        ("Sniff chemicals to identify them.", "Do not sniff chemicals to identify them."),
        (
            "Swim straight toward the shore if you get caught in a current.",
            "Do not swim straight toward the shore if you get caught in a current.",
        ),
        ("Store gas in milk jugs.", "Do not store gas in milk jugs."),
        ("To cure warts, rub onions on them.", "To cure warts, do not rub onions on them."),
        ("To lose weight, skip water.", "To lose weight, do not skip water."),
    ],
)
def test_a_line_without_another_verb_commands(negated: Negated, text: str, expected: str) -> None:
    assert negated(text) == expected


@pytest.mark.parametrize("text", ["Not true.", "Winter sales, next week."])
def test_what_has_no_verb_at_all_is_no_command(negated: Negated, text: str) -> None:
    assert "not " not in negated(text).replace("Not ", "")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Burn treated wood.", "Do not burn treated wood."),
        ("No problem, mix the two.", "No problem, do not mix the two."),
        ("Add oil so that it does not stick.", "Do not add oil so that it does not stick."),
    ],
)
def test_a_command_is_told_from_what_stands_beside_it(
    negated: Negated, text: str, expected: str
) -> None:
    assert negated(text) == expected
