from __future__ import annotations

import numpy as np
import pytest

from negaudit.probe.rates import adjust_with_holm, rate_effect
from negaudit.probe.record import Effect, Measure


def answers(yes: int, prompts: int = 20, seeds: int = 1) -> np.ndarray:
    return np.tile(np.arange(prompts) < yes, (seeds, 1))


def rate(given: np.ndarray, reference: np.ndarray) -> Effect:
    return rate_effect(Measure.EMISSION, "original", given, reference)


def test_one_seed_is_tested_as_fisher_did() -> None:
    # The lady tasting tea: 3 of 4 against 1 of 4.
    assert rate(answers(3, 4), answers(1, 4)).p == pytest.approx(0.4857, abs=1e-4)


def test_more_seeds_of_the_same_answers_do_not_make_the_test_surer() -> None:
    alone, thrice = (rate(answers(12, seeds=n), answers(5, seeds=n)) for n in (1, 3))
    assert alone.p == thrice.p
    assert (alone.low, alone.high) == pytest.approx((thrice.low, thrice.high), abs=0.03)


def test_two_seeds_that_answer_by_chance_do_not_differ_from_one_that_does() -> None:
    by_chance = np.random.default_rng(7).random((2, 400)) < 0.3
    assert rate(by_chance, by_chance[:1]).p > 0.05  # type: ignore[operator]


def test_independent_answers_narrow_the_interval() -> None:
    rng = np.random.default_rng(2)
    many = rate(rng.random((5, 100)) < 0.5, answers(0, 100))
    copied = rate(np.tile(rng.random((1, 100)) < 0.5, (5, 1)), answers(0, 100))
    assert many.high - many.low < 0.75 * (copied.high - copied.low)  # type: ignore[operator]


def test_a_rate_of_nothing_has_an_upper_end() -> None:
    found = rate(answers(0, 20, 3), answers(0, 20))
    assert (found.value, found.low) == (0.0, 0.0)
    assert found.high == pytest.approx(0.161, abs=0.01)
    assert found.p == 1.0


def test_each_seed_keeps_its_rate() -> None:
    mixed = np.array([[True] * 4, [False] * 4])
    assert rate(mixed, answers(0, 4)).seeds == (1.0, 0.0)


def test_holm_adjusts_over_the_whole_family_in_place() -> None:
    made = rate(answers(3, 4), answers(1, 4))
    ps = [0.04, 0.01, None, 0.03]
    family = [
        Effect(**{**{f: getattr(made, f) for f in made.__struct_fields__}, "p": p}) for p in ps
    ]
    adjusted = [effect.p_adjusted for effect in adjust_with_holm(family)]
    assert adjusted == [pytest.approx(0.06), pytest.approx(0.03), None, pytest.approx(0.06)]
