from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from negaudit.report.axis import axis_over
from negaudit.report.numbers import estimate, interval, number, wilson

from .samples import effect


@pytest.mark.parametrize(
    ("value", "shown"), [(0.936, "0.94"), (-0.61, "−0.61"), (-0.001, "0.00"), (12.0, "12.00")]
)
def test_a_number_is_rounded_with_a_true_minus_and_no_negative_zero(
    value: float, shown: str
) -> None:
    assert number(value) == shown


def test_an_estimate_has_its_interval_and_what_it_rests_on() -> None:
    found = estimate(effect("original", 0.5, 0.1))
    assert found == ("0.50", "[0.40, 0.61]", "95 % interval, 96 independent prompts, 3 seeds")


def test_an_undefined_estimate_says_so() -> None:
    assert estimate(effect("negate", None))[:2] == ("undefined", "")
    assert interval(None, 1.0) == "[…, 1.00]"


def test_the_score_interval_is_wilsons() -> None:
    # Newcombe 1998, table I: 15 of 148.
    low, high = wilson(15, 148)
    assert (round(low, 4), round(high, 4)) == (0.0624, 0.1605)


@given(st.integers(0, 10_000), st.integers(0, 10_000))
def test_a_share_lies_in_its_interval(part: int, rest: int) -> None:
    low, high = wilson(part, part + rest)
    share = part / (part + rest) if part + rest else 0.5
    assert 0 <= low <= share <= high <= 1


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=9))
def test_an_axis_holds_its_values_and_few_ticks(values: list[float]) -> None:
    axis = axis_over(values, 10, 470)
    assert all(10 <= axis.at(value) <= 470 for value in values)
    ticks = axis.ticks()
    assert 1 <= len(ticks) <= 7
    assert len({tick.label for tick in ticks}) == len(ticks)
