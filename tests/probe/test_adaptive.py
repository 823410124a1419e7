from __future__ import annotations

import msgspec
import numpy as np
import pytest

from negaudit.errors import UsageError
from negaudit.probe.adaptive import SeedSchedule, seeds_to_add
from negaudit.probe.effects import Table, compute_effects
from negaudit.probe.record import Effect, Measure


def effects(low: float, high: float, **changes: object) -> tuple[Effect, ...]:
    values = {"stripped": np.ones((3, 4)), "original": np.ones((3, 4))}
    made = compute_effects(Table(Measure.POLARITY, np.zeros(4), values, [""] * 4))
    (ratio,) = [effect for effect in made if effect.name == "neglect-ratio"]
    return (msgspec.structs.replace(ratio, low=low, high=high, **changes),)


def test_seeds_are_added_while_the_answer_is_open() -> None:
    assert seeds_to_add(SeedSchedule(3, 6), 3, effects(0.3, 0.7)) == 3


def test_no_seed_is_added_once_the_answer_is_clear() -> None:
    assert seeds_to_add(SeedSchedule(3, 6), 3, effects(0.6, 1.4)) == 0


def test_no_seed_is_added_beyond_the_schedule() -> None:
    assert seeds_to_add(SeedSchedule(3, 6), 6, effects(0.3, 0.7)) == 0
    assert seeds_to_add(SeedSchedule(3, 3), 3, effects(0.3, 0.7)) == 0


@pytest.mark.parametrize(
    ("changes", "more"),
    [
        ({"category": "a"}, 3),
        ({"category": "a", "measure": Measure.RESPONSE}, 3),
        ({"arm": "negate", "name": "residual"}, 3),
        # No verdict is told from these.
        ({"at": "equal-loss"}, 0),
        ({"measure": Measure.ASSOCIATION}, 0),
        # No seed makes a verdict of so few prompts.
        ({"category": "a", "prompts": 3}, 0),
    ],
)
def test_every_ratio_that_a_verdict_is_told_from_adds_seeds(
    changes: dict[str, object], more: int
) -> None:
    found = effects(0.6, 1.4) + effects(0.3, 0.7, **changes)
    assert seeds_to_add(SeedSchedule(3, 6), 3, found) == more


def test_each_of_two_looks_has_pococks_level() -> None:
    assert SeedSchedule(3, 6).counts == (3, 6)
    assert SeedSchedule(3, 6).level == pytest.approx(1 - 0.0294)


def test_a_schedule_that_looks_once_keeps_the_full_level() -> None:
    assert SeedSchedule(3, 3).counts == (3,)
    assert SeedSchedule(3, 3).level == pytest.approx(0.95)


@pytest.mark.parametrize("wrong", [(0, 3), (4, 3)])
def test_a_schedule_that_cannot_be_followed_is_refused(wrong: tuple[int, int]) -> None:
    with pytest.raises(UsageError):
        SeedSchedule(*wrong)
