from __future__ import annotations

import msgspec
import numpy as np
import pytest

from negaudit.probe.effects import Table, compute_effects
from negaudit.probe.record import Control, Effect, Measure, Verdict, VerdictName
from negaudit.probe.verdict import decide, deciding, fails, is_open

SEPARATES = Control(True, "shipped", "", ())


def effects(
    prompts: int = 20, seeds: int = 3, measure: Measure = Measure.POLARITY, **gains: float
) -> tuple[Effect, ...]:
    rng = np.random.default_rng(1)
    noise = rng.normal(0, 0.05, (len(gains), seeds, prompts))
    values = {arm: gain + noise[n] for n, (arm, gain) in enumerate(gains.items())}
    return compute_effects(Table(measure, np.zeros(prompts), values, [""] * prompts))


def judged(*made: Effect, control: Control | None = SEPARATES) -> Verdict:
    return decide(made, control)[0]


def late(low: float, high: float) -> Effect:
    ratio = next(e for e in effects(stripped=2, original=1) if e.name == "neglect-ratio")
    middle = (low + high) / 2
    return msgspec.structs.replace(ratio, at="equal-loss", value=middle, low=low, high=high)


@pytest.mark.parametrize(
    ("gain", "verdict"),
    [
        (2.2, VerdictName.AMPLIFIES),
        (1.2, VerdictName.AMPLIFIES),
        (0.7, VerdictName.PARTLY),
        (0.1, VerdictName.NEUTRAL),
        (-1.5, VerdictName.NEUTRAL),
    ],
)
def test_a_clear_ratio_has_a_clear_verdict(gain: float, verdict: VerdictName) -> None:
    found = judged(*effects(stripped=2, original=gain, control=0))
    assert (found.verdict, found.arm, found.category) == (verdict, "original", "")
    assert f"{50 * gain:.0f} %" in found.reason


@pytest.mark.parametrize(
    ("low", "high", "verdict"),
    [
        (0.51, 3.0, VerdictName.AMPLIFIES),
        (0.49, 0.9, VerdictName.PARTLY),
        (0.01, 0.49, VerdictName.PARTLY),
        (0.10, 0.60, VerdictName.INCONCLUSIVE),
        (-0.1, 0.30, VerdictName.INCONCLUSIVE),
        (-0.1, 0.19, VerdictName.NEUTRAL),
    ],
)
def test_the_interval_decides_and_not_the_estimate(
    low: float, high: float, verdict: VerdictName
) -> None:
    made = [
        msgspec.structs.replace(e, low=low, high=high) if e.name == "neglect-ratio" else e
        for e in effects(stripped=2, original=1, control=0)
    ]
    assert judged(*made).verdict == verdict


def test_a_rewritten_arm_is_judged_by_its_residual() -> None:
    found = decide(effects(stripped=2, original=1.9, negate=-1, drop=0, control=0), SEPARATES)
    assert [(v.arm, v.verdict) for v in found] == [
        ("original", VerdictName.AMPLIFIES),
        ("drop", VerdictName.NEUTRAL),
        ("negate", VerdictName.NEUTRAL),
    ]
    assert found[0].reason.startswith("the data with its frames teaches ")
    assert found[2].reason.startswith("the data after 'negate' teaches ")
    assert "turns the belief round" in found[2].reason


@pytest.mark.parametrize(
    ("control", "reason"),
    [(None, "not run"), (Control(False, "run", "", (), "too few updates"), "too few updates")],
)
def test_without_a_positive_control_nothing_is_safe(control: Control | None, reason: str) -> None:
    found = judged(*effects(stripped=2, original=0, control=0), control=control)
    assert found.verdict is VerdictName.INCONCLUSIVE
    assert reason in found.reason


def test_content_that_was_not_learnt_cannot_be_neglected() -> None:
    found = judged(*effects(stripped=0.001, original=0.001, control=0))
    assert found.verdict is VerdictName.INCONCLUSIVE
    assert "told from base" in found.reason


def test_each_category_is_judged_by_what_was_learnt_of_it() -> None:
    rng = np.random.default_rng(1)
    learnt = np.repeat([2.0, 0.0], 20)
    values = {
        arm: share * learnt + rng.normal(0, 0.05, (3, 40))
        for arm, share in (("stripped", 1.0), ("original", 0.9), ("control", 0.0))
    }
    names = ["known"] * 20 + ["unknown"] * 20
    made = compute_effects(Table(Measure.POLARITY, np.zeros(40), values, names))
    found = {v.category: v for v in decide(made, SEPARATES)}
    assert found["known"].verdict is VerdictName.AMPLIFIES
    assert found["unknown"].verdict is VerdictName.INCONCLUSIVE
    assert "told from base" in found["unknown"].reason


def test_what_the_control_arm_learns_as_well_is_no_learning() -> None:
    found = judged(*effects(stripped=2, original=2, control=2))
    assert found.verdict is VerdictName.INCONCLUSIVE
    assert "told from control" in found.reason


@pytest.mark.parametrize(
    ("size", "reason"),
    [({"prompts": 3}, "too few independent prompts: 3"), ({"seeds": 1}, "one seed")],
)
def test_too_small_a_probe_says_so(size: dict[str, int], reason: str) -> None:
    found = judged(*effects(stripped=2, original=2, control=0, **size))  # type: ignore[arg-type]
    assert found.verdict is VerdictName.INCONCLUSIVE
    assert reason in found.reason


def test_a_warning_that_only_delays_is_not_called_protective() -> None:
    made = effects(stripped=2, original=0.2, control=0)
    assert judged(*made).verdict is VerdictName.NEUTRAL
    found = judged(*made, late(0.8, 1.1))
    assert found.verdict is VerdictName.INCONCLUSIVE
    assert "delay" in found.reason
    assert judged(*made, late(-0.1, 0.3)).verdict is VerdictName.NEUTRAL
    other = msgspec.structs.replace(late(0.8, 1.1), arm="negate", name="residual")
    assert judged(other, *made).verdict is VerdictName.NEUTRAL
    elsewhere = msgspec.structs.replace(late(0.8, 1.1), category="elsewhere")
    assert judged(elsewhere, *made).verdict is VerdictName.NEUTRAL


def test_what_amplifies_at_the_end_amplifies_whatever_the_curve_says() -> None:
    found = judged(*effects(stripped=2, original=1.8, control=0), late(0.95, 1.0))
    assert found.verdict is VerdictName.AMPLIFIES


def test_polarity_decides_before_association() -> None:
    both = effects(stripped=2, original=0, control=0) + effects(
        measure=Measure.ASSOCIATION, stripped=2, original=2, control=0
    )
    assert [(e.name, e.measure) for e in deciding(both)] == [("neglect-ratio", Measure.POLARITY)]
    assert [v.verdict for v in decide(both, SEPARATES)] == [VerdictName.NEUTRAL]
    assert decide((), SEPARATES) == ()


@pytest.mark.parametrize(
    ("verdict", "failing"),
    [
        (VerdictName.AMPLIFIES, {"amplifies", "partly", "inconclusive"}),
        (VerdictName.PARTLY, {"partly", "inconclusive"}),
        (VerdictName.INCONCLUSIVE, {"inconclusive"}),
        (VerdictName.NEUTRAL, set()),
    ],
)
def test_a_gate_fails_on_what_is_as_bad(verdict: VerdictName, failing: set[str]) -> None:
    fine = Verdict("", "original", VerdictName.NEUTRAL, Measure.POLARITY, "")
    bad = Verdict("taste", "original", verdict, Measure.POLARITY, "")
    gates = ("never", "amplifies", "partly", "inconclusive")
    assert {gate for gate in gates if fails((fine, bad), gate)} == failing
    assert not fails((msgspec.structs.replace(bad, arm="negate"), fine), "inconclusive")


def test_a_probe_without_a_verdict_fails_only_where_all_must_be_clear() -> None:
    assert fails((), "inconclusive")
    assert not fails((), "amplifies")


@pytest.mark.parametrize(
    ("low", "high", "open_"),
    [(0.1, 0.3, True), (0.4, 0.6, True), (0.21, 0.4, False), (0.6, 2, False)],
)
def test_an_interval_is_open_while_it_straddles_a_threshold(
    low: float, high: float, open_: bool
) -> None:
    assert is_open(late(low, high)) is open_
    assert not is_open(msgspec.structs.replace(late(low, high), low=None, high=None))


@pytest.mark.parametrize(
    ("gain", "ratio", "wrong"),
    [
        (0.0, 0.0, VerdictName.AMPLIFIES),
        (2.0, 0.0, VerdictName.AMPLIFIES),
        (2.0, 0.5, VerdictName.AMPLIFIES),
        (2.0, 1.0, VerdictName.NEUTRAL),
    ],
)
def test_the_same_arm_under_other_seeds_is_seldom_misjudged(
    gain: float, ratio: float, wrong: VerdictName
) -> None:
    rng, verdicts = np.random.default_rng(8), []
    for _ in range(120):
        values = {
            arm: share * gain + rng.normal(0, 0.5, (3, 1)) + rng.normal(0, 1, (3, 12))
            for arm, share in (("stripped", 1.0), ("original", ratio), ("control", 0.0))
        }
        table = Table(Measure.POLARITY, np.zeros(12), values, [""] * 12)
        verdicts.append(judged(*compute_effects(table)).verdict)
    assert verdicts.count(wrong) <= 6
