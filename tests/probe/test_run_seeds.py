from __future__ import annotations

import msgspec
import pytest
import torch

from negaudit.probe import parallel, run
from negaudit.probe.adapters import Adapters
from negaudit.probe.record import ORIGINAL, STRIPPED, Control, Effect, Measure
from negaudit.probe.results import read_results

from .whole import Probed, advice, facts

BOTH = [*facts(), *advice()]


@pytest.mark.parametrize(
    ("low", "high", "separates", "seeds"),
    [(0.9, 1.1, True, 2), (0.3, 0.7, True, 4), (0.3, 0.7, False, 2)],
)
def test_seeds_are_added_only_while_the_answer_is_open_and_can_be_had(  # noqa: PLR0917
    probe: Probed,
    monkeypatch: pytest.MonkeyPatch,
    low: float,
    high: float,
    separates: bool,
    seeds: int,
) -> None:
    control = Control(separates, "run", "", ())
    monkeypatch.setattr(run, "positive_control", lambda *_, **__: control)
    ratio = Effect(
        "neglect-ratio", Measure.POLARITY, "", ORIGINAL, "equal-updates",
        (low + high) / 2, low, high, 0.95, "made", 9, (low, high),
    )  # fmt: skip
    other = [
        msgspec.structs.replace(ratio, name=name, arm=STRIPPED, value=1.0, low=0.9, high=1.1)
        for name in ("difference", "learnt")
    ]
    monkeypatch.setattr(run.Readings, "effects", lambda *_: (ratio, *other))
    results = probe(probe.write(BOTH), first_seeds=2, most_seeds=4)
    assert results.recipe.seeds == tuple(range(seeds))
    assert {r.seed for r in results.readings if r.arm == ORIGINAL} == set(range(seeds))


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> set[int]:
    """Seeds whose second arm begins with what is no number."""
    seeds: set[int] = set()

    class Spoilt(Adapters):
        def __init__(self, proxy, mine, *rest, **options) -> None:
            super().__init__(proxy, mine, *rest, **options)
            for at, seed in enumerate(mine):
                if seed in seeds and at % 3 == 1:
                    self.parameters[at] = torch.nan
            self.refresh()

    monkeypatch.setattr(parallel, "Adapters", Spoilt)
    return seeds


def test_a_loss_that_is_no_number_drops_its_seed(probe: Probed, broken: set[int]) -> None:
    data = probe.write(BOTH)
    broken.add(1)
    results = probe(data, first_seeds=3, most_seeds=3)
    assert any("original, seed 1, was no longer a number" in w for w in results.warnings)
    at_end = [e for e in results.effects if e.at == "equal-updates" and e.seeds]
    assert {len(effect.seeds) for effect in at_end} == {2}
    (arm,) = (arm for arm in read_results(probe.out / "results.json").arms if arm.name == ORIGINAL)
    assert [loss is None for loss in arm.loss] == [False, True, False]


def test_no_seed_that_is_whole_leaves_no_verdict(probe: Probed, broken: set[int]) -> None:
    broken |= {0, 1}
    results = probe(probe.write(BOTH))
    assert results.effects == results.verdicts == ()
    assert sum("no longer a number" in warning for warning in results.warnings) == 2
    assert read_results(probe.out / "results.json").verdicts == ()
