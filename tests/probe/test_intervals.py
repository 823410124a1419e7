from __future__ import annotations

import numpy as np
import pytest

from negaudit.probe.intervals import Interval, mean_interval, ratio_interval
from negaudit.probe.scatter import SeedScatter


def rng() -> np.random.Generator:
    return np.random.default_rng(3)


def covered(interval: Interval, truth: float) -> bool:
    return interval.low is not None and interval.low <= truth <= (interval.high or 0)


def test_the_mean_of_one_prompt_has_students_interval_over_seeds() -> None:
    # Student's t with 2 degrees of freedom: 2 +- 4.3027 / sqrt(3).
    found = mean_interval(np.array([[1.0], [2.0], [3.0]]))
    assert (found.low, found.high) == pytest.approx((2 - 2.48414, 2 + 2.48414), abs=1e-4)
    assert "seeds alone" in found.method


@pytest.mark.parametrize("seeds", [3, 9])
def test_prompts_that_alone_differ_give_students_interval_over_prompts(seeds: int) -> None:
    # Student's t with 3 degrees of freedom: 2.5 +- 3.1824 * 1.2910 / 2.
    found = mean_interval(np.tile([1.0, 2.0, 3.0, 4.0], (seeds, 1)))
    assert (found.low, found.high) == pytest.approx((2.5 - 2.0543, 2.5 + 2.0543), abs=1e-3)


def test_one_seed_has_a_value_but_no_interval() -> None:
    found = mean_interval(np.ones((1, 9)))
    assert (found.value, found.low, found.high, found.detectable) == (1.0, None, None, None)
    ratio = ratio_interval(np.ones((1, 9)), np.ones((1, 9)))
    assert ratio.value is None
    assert "one seed" in ratio.method


def test_equal_cells_have_an_interval_of_no_width() -> None:
    found = mean_interval(np.full((3, 4), 0.5))
    assert (found.low, found.high, found.detectable) == (0.5, 0.5, 0.0)
    ratio = ratio_interval(np.full((3, 4), 0.5), np.full((3, 4), 2.0))
    assert (ratio.low, ratio.value, ratio.high) == pytest.approx((0.25, 0.25, 0.25), abs=1e-8)


def test_a_wider_level_gives_a_wider_interval() -> None:
    cells = rng().normal(1, 1, (3, 20))
    narrow, wide = mean_interval(cells, 0.9), mean_interval(cells, 0.99)
    assert wide.low < narrow.low < narrow.high < wide.high  # type: ignore[operator]


def test_a_ratio_is_scale_free_and_turns_with_the_numerator() -> None:
    top, bottom = rng().normal(1.5, 0.5, (3, 20)), rng().normal(2, 0.3, (3, 20))
    found = ratio_interval(top, bottom)
    scaled = ratio_interval(7 * top, 7 * bottom)
    turned = ratio_interval(-top, bottom)
    assert (scaled.low, scaled.high) == pytest.approx((found.low, found.high), abs=1e-7)
    assert (turned.low, turned.high) == pytest.approx((-found.high, -found.low), abs=1e-7)  # type: ignore[operator]


def test_the_ends_of_a_ratio_are_where_the_difference_becomes_detectable() -> None:
    top, bottom = rng().normal(1.5, 0.9, (3, 20)), rng().normal(2, 0.8, (3, 20))
    found = ratio_interval(top, bottom)
    for end, inside in ((found.low, 1), (found.high, -1)):
        assert end is not None
        assert mean_interval(top - (end - 0.01 * inside) * bottom).excludes_zero
        assert not mean_interval(top - (end + 0.01 * inside) * bottom).excludes_zero


def test_no_ratio_to_a_denominator_that_may_be_zero() -> None:
    found = ratio_interval(np.ones((3, 20)), rng().normal(0, 1, (3, 20)))
    assert (found.value, found.low, found.high) == (None, None, None)
    assert "denominator" in found.method


def test_a_weak_denominator_widens_the_ratio_upwards() -> None:
    noise = rng().normal(0, 1, (3, 20))
    weak = ratio_interval(np.full((3, 20), 0.8) + 0.1 * noise, np.full((3, 20), 1.0) + noise)
    assert weak.value is not None
    assert weak.high - weak.value > weak.value - weak.low  # type: ignore[operator]


def test_the_detectable_effect_shrinks_with_prompts_and_is_detected_as_often_as_it_says() -> None:
    source = rng()
    few = mean_interval(source.normal(0, 1, (5, 10)))
    many = mean_interval(source.normal(0, 1, (5, 1000)))
    assert many.detectable < few.detectable  # type: ignore[operator]
    sizes = [mean_interval(source.normal(0, 1, (5, 40))).detectable for _ in range(200)]
    hits = [
        mean_interval(source.normal(float(np.mean(sizes)), 1, (5, 40))).excludes_zero  # type: ignore[arg-type]
        for _ in range(400)
    ]
    assert 0.7 < np.mean(hits) < 0.95


@pytest.mark.parametrize(("seeds", "prompts", "spread"), [(3, 20, 0.1), (3, 100, 0.5), (5, 20, 1)])
def test_intervals_cover_as_often_as_they_say(seeds: int, prompts: int, spread: float) -> None:
    source, hits, ratios = rng(), [], []
    for _ in range(500):
        own = 3 + source.normal(0, 0.5, prompts)
        arms = [
            share * own
            + spread * source.normal(0, 1, (seeds, 1))
            + source.normal(0, 0.5, (seeds, prompts))
            for share in (0.5, 1.0)
        ]
        hits.append(covered(mean_interval(arms[0]), 1.5))
        ratio = ratio_interval(arms[0], arms[1])
        ratios += [covered(ratio, 0.5)] if ratio.low is not None else []
    assert 0.91 < np.mean(hits) < 0.99
    assert 0.91 < np.mean(ratios) < 0.99


def test_other_arms_make_up_for_few_seeds() -> None:
    source = rng()
    arms = [gain + source.normal(0, 1, (2, 1)) * np.ones((2, 9)) for gain in (0.0, 1.0, 2.0, 3.0)]
    scatter = SeedScatter.of(arms)
    alone, moderated = mean_interval(arms[3]), mean_interval(arms[3], scatter=scatter)
    assert moderated.value == alone.value
    assert moderated.method.endswith("moderated by the scatter of seeds in all arms")
    hits, alike = [], []
    for _ in range(600):
        own = 3 + source.normal(0, 0.5, 40)
        arms = [
            gain * own + source.normal(0, 0.3, (2, 1)) + source.normal(0, 0.5, (2, 40))
            for gain in (1.0, 0.5, 0.0)
        ]
        scatter = SeedScatter.of(arms)
        gap = arms[0] - arms[2]
        found = mean_interval(gap, scatter=scatter, weights=(1, -1))
        hits.append(covered(found, 3))
        alike.append(width(found) / width(mean_interval(gap)))
        hits.append(covered(ratio_interval(arms[1], arms[0], scatter=scatter), 0.5))
    assert 0.93 < np.mean(hits) < 0.98
    assert np.median(alike) < 0.8


def width(interval: Interval) -> float:
    assert interval.low is not None
    assert interval.high is not None
    return interval.high - interval.low
