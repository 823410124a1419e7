from __future__ import annotations

import numpy as np
import pytest

from negaudit.probe.effects import Table, compute_effects
from negaudit.probe.record import Effect, Measure

GAINS = {"stripped": 2.0, "original": 1.5, "control": 0.5, "negate": -1.0}


def made(categories: list[str], **gains: float) -> Table:
    rng = np.random.default_rng(0)
    base = rng.normal(0, 3, len(categories))
    shape = (3, len(categories))
    values = {arm: base + gain + rng.normal(0, 0.1, shape) for arm, gain in gains.items()}
    return Table(Measure.POLARITY, base, values, categories)


def one(effects: tuple[Effect, ...], name: str, arm: str, category: str = "") -> Effect:
    (found,) = [e for e in effects if (e.name, e.arm, e.category) == (name, arm, category)]
    return found


def test_each_arm_is_compared_with_what_it_should_be() -> None:
    effects = compute_effects(made([""] * 12, **GAINS))
    assert one(effects, "difference", "original").value == pytest.approx(1.5, abs=0.1)
    assert one(effects, "learnt", "stripped").value == pytest.approx(1.5, abs=0.1)
    assert one(effects, "neglect-ratio", "original").value == pytest.approx(0.75, abs=0.05)
    assert one(effects, "residual", "negate").value == pytest.approx(-0.5, abs=0.05)
    assert not [e for e in effects if e.name == "residual" and e.arm != "negate"]


def test_without_a_control_arm_learning_is_measured_from_base() -> None:
    effects = compute_effects(made([""] * 12, stripped=2.0, original=1.0))
    assert one(effects, "learnt", "stripped").value == pytest.approx(2.0, abs=0.1)


def test_without_a_stripped_arm_there_is_no_ratio() -> None:
    effects = compute_effects(made([""] * 12, original=1.0))
    assert {effect.name for effect in effects} == {"difference"}


def test_categories_are_read_apart_and_together() -> None:
    table = made(["a"] * 10 + ["b"] * 20, **GAINS)
    table.values["original"][:, :10] += 1.0
    effects = compute_effects(table)
    prompts = {e.category: e.prompts for e in effects}
    assert prompts == {"": 30, "a": 10, "b": 20}
    assert one(effects, "neglect-ratio", "original", "a").value == pytest.approx(1.25, abs=0.05)
    assert one(effects, "neglect-ratio", "original", "b").value == pytest.approx(0.75, abs=0.05)


def test_prompts_of_one_draw_count_as_one() -> None:
    table = made(["a"] * 6 + ["b"] * 6, **GAINS)
    thrice = {arm: np.repeat(cells, 3, axis=1) for arm, cells in table.values.items()}
    draws = [str(at) for at in range(12) for _ in range(3)]
    copied = Table(
        Measure.POLARITY, np.repeat(table.base, 3), thrice, ["a"] * 18 + ["b"] * 18, draws
    )
    for alone, other in zip(compute_effects(table), compute_effects(copied), strict=True):
        assert (alone.low, alone.high) == pytest.approx((other.low, other.high))
        assert (alone.category, alone.prompts) == (other.category, other.prompts)


def test_a_single_category_is_not_said_twice() -> None:
    assert {e.category for e in compute_effects(made(["a"] * 9, **GAINS))} == {""}


def test_each_seed_keeps_its_own_estimate() -> None:
    base = np.zeros(4)
    stripped = np.array([[1.0] * 4, [2.0] * 4, [-1.0] * 4])
    original = np.array([[0.5] * 4, [2.0] * 4, [1.0] * 4])
    table = Table(Measure.POLARITY, base, {"stripped": stripped, "original": original}, [""] * 4)
    effects = compute_effects(table)
    assert one(effects, "difference", "stripped").seeds == (1.0, 2.0, -1.0)
    assert one(effects, "neglect-ratio", "original").seeds == (0.5, 1.0, None)


def test_what_seeds_do_to_all_arms_alike_does_not_widen_the_ratio() -> None:
    table = made([""] * 20, stripped=4.0, original=4.0)
    shared = np.array([[-1.0], [0.0], [1.0]])
    paired = {arm: cells + shared for arm, cells in table.values.items()}
    apart = {"stripped": paired["stripped"], "original": table.values["original"] - shared}
    widths = []
    for values in (paired, apart):
        ratio = one(
            compute_effects(Table(Measure.POLARITY, table.base, values, [""] * 20)),
            "neglect-ratio",
            "original",
        )
        assert ratio.low is not None
        widths.append(ratio.high - ratio.low)  # type: ignore[operator]
    assert widths[0] < widths[1] / 10
