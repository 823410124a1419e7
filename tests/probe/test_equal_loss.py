from __future__ import annotations

import numpy as np
import pytest

from negaudit.probe.effects import Table, compute_effects
from negaudit.probe.equal_loss import Trajectory, equal_loss_effects, has_levelled_off
from negaudit.probe.record import Measure

UPDATES = np.arange(0, 101, 10.0)
RNG = np.random.default_rng(5)


def run(delay: float, seed: int = 0, prompts: int = 8) -> Trajectory:
    """Learns after `delay` updates; what it believes depends on its loss alone."""
    learnt = 1 - np.exp(-np.maximum(UPDATES - delay, 0) / 30)
    own = np.random.default_rng(seed).normal(3, 0.3, prompts)
    return Trajectory(UPDATES, 3 - 2 * learnt, learnt[:, None] * own)


def test_an_arm_that_only_learns_later_has_a_ratio_of_one_at_equal_loss() -> None:
    curves = {
        "stripped": [run(0, seed) for seed in range(3)],
        "original": [run(60, seed) for seed in range(3)],
    }
    (late,) = equal_loss_effects(Measure.POLARITY, np.zeros(8), curves, [""] * 8)
    ends = {arm: np.stack([r.values[-1] for r in runs]) for arm, runs in curves.items()}
    at_end = compute_effects(Table(Measure.POLARITY, np.zeros(8), ends, [""] * 8))
    ratio = next(effect for effect in at_end if effect.name == "neglect-ratio")
    assert ratio.value == pytest.approx(0.76, abs=0.03)
    assert late.value == pytest.approx(1.0, abs=0.03)
    assert (late.at, late.name, late.prompts) == ("equal-loss", "neglect-ratio", 8)


def test_the_reading_is_interpolated_where_the_loss_is_met() -> None:
    stripped = Trajectory(
        np.array([0.0, 10, 20]), np.array([3.0, 2.0, 1.0]), np.array([[0.0], [2.0], [4.0]])
    )
    original = Trajectory(
        np.array([0.0, 10, 20]), np.array([3.0, 2.0, 1.5]), np.array([[0.0], [1.0], [1.5]])
    )
    curves = {"stripped": [stripped] * 2, "original": [original] * 2}
    (found,) = equal_loss_effects(Measure.POLARITY, np.zeros(1), curves, [""])
    # At loss 1.5 stripped is half way from 2 to 4.
    assert found.value == pytest.approx(1.5 / 3)


def test_a_loss_that_rises_for_a_while_is_met_where_it_first_falls_so_far() -> None:
    wobbly = Trajectory(
        np.array([0.0, 1, 2, 3]),
        np.array([3.0, 1.0, 2.0, 1.0]),
        np.array([[0.0], [2.0], [9.0], [9.0]]),
    )
    curves = {"stripped": [wobbly] * 2, "original": [wobbly] * 2}
    (found,) = equal_loss_effects(Measure.POLARITY, np.zeros(1), curves, [""])
    assert found.value == pytest.approx(1.0)


def test_arms_that_share_no_loss_have_no_effect() -> None:
    low = Trajectory(np.array([0.0, 1]), np.array([1.0, 0.5]), np.array([[0.0], [1.0]]))
    high = Trajectory(np.array([0.0, 1]), np.array([3.0, 2.0]), np.array([[0.0], [1.0]]))
    curves = {"stripped": [low] * 2, "original": [high] * 2}
    assert equal_loss_effects(Measure.POLARITY, np.zeros(1), curves, [""]) == ()
    assert equal_loss_effects(Measure.POLARITY, np.zeros(1), {}, [""]) == ()


def test_every_rewrite_has_a_residual_where_the_losses_overlap() -> None:
    curves = {
        "stripped": [run(0, seed) for seed in range(3)],
        "control": [run(0, seed) for seed in range(3)],
        "negate": [run(60, seed) for seed in range(3)],
        # Text that is easier from the beginning than the bare content ever gets.
        "drop": [
            Trajectory(one.updates, one.losses - 2.05, one.values)
            for one in (run(0, seed) for seed in range(3))
        ],
    }
    (late,) = equal_loss_effects(Measure.POLARITY, np.zeros(8), curves, [""] * 8)
    assert (late.arm, late.name, late.at) == ("negate", "residual", "equal-loss")
    assert late.value == pytest.approx(1.0, abs=0.03)


def test_losses_that_hardly_overlap_are_not_compared() -> None:
    def falling(first: float, last: float) -> Trajectory:
        return Trajectory(np.array([0.0, 1]), np.array([first, last]), np.array([[0.0], [1.0]]))

    for last, shared in ((1.85, False), (1.75, True)):
        curves = {"stripped": [falling(3, last)] * 2, "mask": [falling(2, 0)] * 2}
        found = equal_loss_effects(Measure.POLARITY, np.zeros(1), curves, [""])
        assert bool(found) is shared


@pytest.mark.parametrize(("speed", "settled"), [(8.0, True), (80.0, False)])
def test_a_loss_that_still_falls_has_not_levelled_off(speed: float, settled: bool) -> None:
    assert has_levelled_off(UPDATES, 1 + np.exp(-UPDATES / speed)) is settled


def test_a_fall_in_the_last_readings_is_seen() -> None:
    assert not has_levelled_off(np.arange(5.0), np.array([3, 1.2, 1.15, 1.1, 0.6]))


def test_readings_are_interpolated_between_the_two_that_the_loss_lies_between() -> None:
    updates, belief = np.arange(3.0), np.array([[0.0], [0.0], [1.0]]) * np.linspace(0.9, 1.1, 8)
    bare = Trajectory(updates, np.array([3.0, 2.0, 1.0]), belief)
    slow = Trajectory(updates, np.array([3.0, 2.0, 1.5]), belief / 4)
    curves = {"stripped": [bare] * 2, "original": [slow] * 2}
    (late,) = equal_loss_effects(Measure.POLARITY, np.zeros(8), curves, [""] * 8)
    assert late.value == pytest.approx(0.5)  # a quarter of it, where the bare arm has a half
