from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from negaudit.probe.arm_rows import ArmRows
from negaudit.probe.cautions import still_falling
from negaudit.probe.facts import arm_of
from negaudit.probe.measures.readout import Readout
from negaudit.probe.readings import Readings
from negaudit.probe.record import CONTROL, ORIGINAL, STRIPPED, Arm, Measure, Prompt
from negaudit.probe.runs import ArmRun

GAINS = {STRIPPED: 4.0, ORIGINAL: 3.0, CONTROL: 0.0, "negate": -2.0}


def readout(name: str, measure: Measure, tier="in-category") -> Readout:
    prompts = tuple(
        Prompt(f"{name}{at}", category, measure, tier, "Is it so?")
        for at, category in enumerate("ababab")
    )
    return Readout(measure, prompts, (), lambda values: values)


READOUTS = (
    readout("p", Measure.POLARITY),
    readout("q", Measure.POLARITY),
    readout("r", Measure.RESPONSE),
    readout("e", Measure.RESPONSE, tier="everyday"),
)
BASE = [np.full(6, 0.5 * number) for number in range(4)]


def run(arm: str, seed: int, stopped: int | None = None) -> ArmRun:
    """Learns in a straight line; every prompt and seed a little otherwise."""
    updates = np.array([0.0, 4.0, 8.0])
    own = GAINS[arm] + 0.1 * np.sin(np.arange(6) + seed)
    values = tuple(base + np.outer(updates / 8, own) for base in BASE)
    return ArmRun(arm, seed, updates, 3 - updates / 4, values, (), stopped)


RUNS = [run(arm, seed) for seed in (0, 1, 2) for arm in GAINS]


def test_readouts_of_one_measure_are_one_table() -> None:
    effects = Readings(READOUTS, BASE, RUNS).effects(0.95)
    ratios = {
        (e.measure, e.category): e
        for e in effects
        if e.name == "neglect-ratio" and e.at == "equal-updates"
    }
    assert {m for m, _ in ratios} == {Measure.POLARITY, Measure.RESPONSE}
    assert {c for _, c in ratios} == {"", "a", "b"}
    assert ratios[Measure.POLARITY, ""].prompts == 12
    assert ratios[Measure.RESPONSE, ""].prompts == 6  # not the everyday tier
    assert ratios[Measure.POLARITY, ""].value == pytest.approx(0.75, abs=0.03)
    gained = {e.arm: e.value for e in effects if e.name == "difference" and not e.category}
    assert gained == {arm: pytest.approx(gain, abs=0.1) for arm, gain in GAINS.items()}


def test_prompts_with_a_wording_in_common_count_as_one() -> None:
    shared = [dataclasses.replace(one, draws=tuple("xxyyzz")) for one in READOUTS[:1]]
    found = Readings(shared, BASE[:1], RUNS).effects(0.95)
    assert {(e.at, e.prompts) for e in found if not e.category} == {
        ("equal-updates", 3),
        ("equal-loss", 3),
    }


def test_the_ratio_is_also_given_at_equal_loss() -> None:
    found = Readings(READOUTS, BASE, RUNS).effects(0.9)
    late = [e for e in found if e.at == "equal-loss" and not e.category]
    assert {(e.measure, e.arm) for e in late} == {
        (measure, arm)
        for measure in (Measure.POLARITY, Measure.RESPONSE)
        for arm in (ORIGINAL, "negate")
    }
    assert all(e.level == 0.9 for e in found)


def test_every_number_at_the_end_is_a_reading() -> None:
    readings = Readings(READOUTS, BASE, RUNS).readings()
    assert len(readings) == (1 + len(RUNS)) * 24
    values = {(r.prompt, r.arm, r.seed): r.value for r in readings}
    assert values["q0", "base", -1] == 0.5
    assert values["p1", ORIGINAL, 2] == RUNS[9].values[0][-1][1]


def test_the_curve_has_the_mean_of_each_measure() -> None:
    curve = Readings(READOUTS, BASE, RUNS).curve()
    assert [p.update for p in curve[:3]] == [0, 4, 8]
    assert curve[2].loss == 1.0
    expected = np.concatenate([RUNS[0].values[n][-1] for n in (0, 1)]).mean()
    assert curve[2].values["polarity"] == pytest.approx(expected)
    assert set(curve[2].values) == {"polarity", "response"}


def test_an_arm_that_left_all_content_out_has_readings_and_no_loss() -> None:
    silent = [r._replace(losses=np.full(3, np.nan)) if r.arm == "negate" else r for r in RUNS]
    found = Readings(READOUTS, BASE, silent)
    assert {p.loss is None for p in found.curve() if p.arm == "negate"} == {True}
    assert {p.loss is None for p in found.curve() if p.arm != "negate"} == {False}
    assert found.effects(0.95)
    (warning,) = still_falling(silent)
    assert "negate" not in warning
    rows = ArmRows(Arm("negate", "negate", 0, 0, 0), ())
    assert (arm_of(rows, silent).loss, len(arm_of(rows, RUNS).loss)) == ((), 3)


def test_a_broken_seed_is_left_out_of_all_arms_and_told() -> None:
    runs = [run(r.arm, r.seed, 4 if (r.arm, r.seed) == (ORIGINAL, 1) else None) for r in RUNS]
    found = Readings(READOUTS, BASE, runs)
    assert {r.seed for r in found.runs} == {0, 2}
    (warning,) = found.warnings
    assert warning.startswith("the loss of original, seed 1, was no longer a number after update 4")
    assert {len(e.seeds) for e in found.effects(0.95) if e.at == "equal-updates"} == {2}
    assert len(found.readings()) == len(Readings(READOUTS, BASE, RUNS).readings())


def test_no_whole_seed_leaves_no_effect() -> None:
    assert Readings(READOUTS, BASE, [run(ORIGINAL, 0, 0)]).effects(0.95) == ()
