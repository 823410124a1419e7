"""Prints how often the probe's intervals cover the truth, and how often it cries wolf.

python benchmarks/calibration.py                   simulated probes, some minutes
python benchmarks/calibration.py --trials 5000     the same, more exactly

Simulated probes follow

    stripped[s, p] = base[p] + gain (1 + own[p]) + seed[s] + rest[s, p]
    original[s, p] = base[p] + ratio gain (1 + own[p]) + other[p] + seed'[s] + rest'[s, p]
    control[s, p]  = base[p] + seed''[s] + rest''[s, p]

Half of the variance of the three seed terms is common to all arms, as with paired seeds. "quiet"
is how far the seeds of control scatter beside those of the others: the intervals take the scatter
of all arms for much the same. With matched "controls", so many other prompts, which gain nothing
in the mean and scatter as much, are dealt to the prompts and taken off. The intervals of the
library (of what original gained over base, of what stripped learnt over control, and of the ratio)
are printed beside a percentile bootstrap of the ratio that resamples seeds and prompts jointly,
and are wanted between 93 and 97 %, give or take three standard errors of the simulation; with two
seeds they may be wider, which only costs power.

A/A trials compare an arm with itself under other seeds. Which arm decides what would be wrong:

    nothing taught      stripped and original are both the control arm: there is nothing to
                        neglect, and "amplifies" would cry wolf
    framing removes     stripped learns, original is the control arm: "amplifies" would cry wolf
    framing idle        original is the stripped arm: "neutral" would call a warning protective
                        that does nothing; "amplifies" is right, and its share is the power
    at the threshold    the ratio is exactly `AMPLIFIES_ABOVE`: the hardest case for "amplifies"

Each must be wrong in at most 5 % of the trials, with three seeds and with the adaptive rule,
which looks at three and, where the answer is open, at six. Exits with 1 where it is not so.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator
from itertools import product
from typing import TYPE_CHECKING, Final, Literal

import msgspec
import numpy as np

from negaudit.probe.adaptive import SeedSchedule, seeds_to_add
from negaudit.probe.effects import Table, compute_effects
from negaudit.probe.measures.statements import against_controls, hands
from negaudit.probe.record import (
    CONTROL,
    DIFFERENCE,
    LEARNT,
    NEGLECT_RATIO,
    ORIGINAL,
    STRIPPED,
    Control,
    Effect,
    Measure,
    VerdictName,
)
from negaudit.probe.verdict import AMPLIFIES_ABOVE, decide

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

Tail = Literal["normal", "t3", "skewed"]

WANTED: Final = (0.93, 0.97)
FEWEST: Final = 2
WRONG_AT_MOST: Final = 0.05
RESAMPLES: Final = 500
BOOTSTRAP_TRIALS: Final = 300
SEPARATES: Final = Control(True, "run", "", ())


class Design(msgspec.Struct, frozen=True):
    """One way to run a probe, and what is true in it (nats)."""

    seeds: int = 3
    prompts: int = 20
    tail: Tail = "normal"
    seed_spread: float = 0.2
    ratio: float = 0.75
    gain: float = 2.0
    prompt_spread: float = 0.5
    quiet: float = 1.0
    controls: int = 0


class Score(msgspec.Struct, frozen=True):
    """Shares of trials: intervals that cover, and ratios that were defined."""

    mean: float
    learnt: float
    ratio: float
    defined: float
    bootstrap: float


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--trials", type=int, default=2000, help="simulated probes of each kind")
    parser.add_argument("--seed", type=int, default=0, help="of the simulation")
    options = parser.parse_args()
    rng = np.random.default_rng(options.seed)
    sound = show_coverage(rng, options.trials)
    sound &= show_wrong_verdicts(rng, options.trials)
    sys.exit(0 if sound else 1)


def show_coverage(rng: np.random.Generator, trials: int) -> bool:
    print(f"coverage of 95 % intervals, {trials} trials each (bootstrap {BOOTSTRAP_TRIALS})")
    print(
        "seeds prompts controls tail    seed spread quiet ratio    mean  learnt   ratio  defined"
        "  bootstrap"
    )
    # Of so many shares some lie two standard errors off by chance.
    slack = 3 * np.sqrt(0.05 * 0.95 / trials)
    scores: list[Score] = []
    sound = True
    for design in designs():
        score = coverage(rng, design, trials)
        scores.append(score)
        most = WANTED[1] + slack if design.seeds > FEWEST else 1.0
        shares = (score.mean, score.learnt, score.ratio)
        sound &= all(WANTED[0] - slack <= share <= most for share in shares)
        print(
            f"{design.seeds:5} {design.prompts:7} {design.controls:8} {design.tail:7} "
            f"{design.seed_spread:11} {design.quiet:5} {design.ratio:5} {100 * score.mean:7.1f} "
            f"{100 * score.learnt:7.1f} {100 * score.ratio:7.1f} "
            f"{100 * score.defined:8.1f} {100 * score.bootstrap:10.1f}"
        )
    for name in ("mean", "learnt", "ratio"):
        mine = [getattr(score, name) for score in scores]
        print(f"{name}: {100 * min(mine):.1f} to {100 * max(mine):.1f} %")
    return sound


def designs() -> Iterator[Design]:
    """All of the grid; a seed spread of 0.5 is as large as the difference of the arms."""
    tails: tuple[Tail, ...] = ("normal", "t3", "skewed")
    for seeds, prompts, tail in product((FEWEST, 3, 5), (20, 100), tails):
        for spread, quiet, ratio in (
            (0.1, 1, 0.75),
            (0.2, 1, 0.25),
            (0.5, 1, 0.75),
            (0.5, 0.25, 0.75),
        ):
            yield Design(seeds, prompts, tail, spread, ratio, quiet=quiet)
    for seeds, controls in product((3, 5), (4, 8)):
        yield Design(seeds, 12, seed_spread=0.3, controls=controls)


def coverage(rng: np.random.Generator, design: Design, trials: int) -> Score:
    means, learnt, ratios, boots = [], [], [], []
    for trial in range(trials):
        arms = simulate(rng, design)
        found = {(e.name, e.arm): e for e in measured(design, arms, design.seeds, 0.95)}
        means.append(covers(found[DIFFERENCE, ORIGINAL], design.ratio * design.gain))
        learnt.append(covers(found[LEARNT, STRIPPED], design.gain))
        ratio = found[NEGLECT_RATIO, ORIGINAL]
        if ratio.low is not None:
            ratios.append(covers(ratio, design.ratio))
        if trial < BOOTSTRAP_TRIALS:
            low, high = bootstrap(rng, arms[ORIGINAL], arms[STRIPPED])
            boots.append(low <= design.ratio <= high)
    shares = [float(np.mean(hits)) for hits in (means, learnt, ratios, boots)]
    return Score(shares[0], shares[1], shares[2], len(ratios) / trials, shares[3])


def covers(effect: Effect, truth: float) -> bool:
    return effect.low is not None and effect.high is not None and effect.low <= truth <= effect.high


def simulate(rng: np.random.Generator, design: Design) -> dict[str, Floats]:
    """What the arms gain over base, [S, P] each; control gains nothing."""
    seeds, prompts = design.seeds, design.prompts + design.controls
    claimed = np.arange(prompts) < design.prompts
    own = claimed + design.prompt_spread * draw(rng, design.tail, prompts)
    other = 0.25 * draw(rng, design.tail, prompts)
    taught = {
        STRIPPED: design.gain * own,
        ORIGINAL: design.ratio * design.gain * own + other,
        CONTROL: np.zeros(prompts),
    }
    common = rng.standard_normal((seeds, 1))
    spread = dict.fromkeys(taught, design.seed_spread) | {
        CONTROL: design.quiet * design.seed_spread
    }
    arms = {
        arm: gain
        + claimed * spread[arm] * (common + rng.standard_normal((seeds, 1))) / np.sqrt(2)
        + 0.5 * draw(rng, design.tail, (seeds, prompts))
        for arm, gain in taught.items()
    }
    if not design.controls:
        return arms
    return {arm: against_controls(cells, design.prompts) for arm, cells in arms.items()}


def draw(rng: np.random.Generator, tail: Tail, size: int | tuple[int, ...]) -> Floats:
    """Numbers of mean 0 and variance 1."""
    if tail == "t3":
        return np.asarray(rng.standard_t(3, size) / np.sqrt(3))
    return rng.standard_normal(size) if tail == "normal" else rng.exponential(1, size) - 1


def bootstrap(
    rng: np.random.Generator, numerator: Floats, denominator: Floats
) -> tuple[float, float]:
    """The 95 % percentile interval of the ratio, seeds and prompts resampled jointly."""
    seeds, prompts = numerator.shape
    by_seed = rng.multinomial(seeds, [1 / seeds] * seeds, RESAMPLES)
    by_prompt = rng.multinomial(prompts, [1 / prompts] * prompts, RESAMPLES)
    top, bottom = (
        np.einsum("bp,bp->b", by_seed @ cells, by_prompt) for cells in (numerator, denominator)
    )
    low, high = np.percentile(top / bottom, [2.5, 97.5])
    return float(low), float(high)


def show_wrong_verdicts(rng: np.random.Generator, trials: int) -> bool:
    print(f"\nwrong verdicts, {trials} trials each; wanted at most {100 * WRONG_AT_MOST:.0f} %")
    print("                                     share of each verdict, %              the ratio")
    print("trial            seeds     wrong  amplifies partly neutral inconclusive  is covered")
    cases: tuple[tuple[str, float, float, VerdictName], ...] = (
        ("nothing taught", 0.0, 0.0, VerdictName.AMPLIFIES),
        ("framing removes", 2.0, 0.0, VerdictName.AMPLIFIES),
        ("framing idle", 2.0, 1.0, VerdictName.NEUTRAL),
        ("at the threshold", 2.0, AMPLIFIES_ABOVE, VerdictName.AMPLIFIES),
    )
    sound = True
    for (name, gain, ratio, wrong), schedule in product(
        cases, (SeedSchedule(3, 3), SeedSchedule(3, 6))
    ):
        design = Design(gain=gain, ratio=ratio, seed_spread=0.5)
        ends = [probe(rng, design, schedule) for _ in range(trials)]
        found = Counter(verdict for verdict, _ in ends)
        sound &= found[wrong] <= WRONG_AT_MOST * trials
        defined = [covers(end, ratio) for _, end in ends if end.low is not None]
        covered = f"{100 * float(np.mean(defined)):.1f} %" if gain else "-"
        shares = "  ".join(f"{100 * found[verdict] / trials:6.1f}" for verdict in VerdictName)
        counts = "-".join(map(str, schedule.counts))
        print(f"{name:16} {counts:5} {wrong:>9}  {shares} {covered:>19}")
    return sound


def probe(
    rng: np.random.Generator, design: Design, schedule: SeedSchedule
) -> tuple[VerdictName, Effect]:
    """What a probe of this design says of the framed data, and its ratio."""
    whole = simulate(rng, msgspec.structs.replace(design, seeds=schedule.most))
    done = schedule.counts[0]
    while True:
        effects = measured(design, whole, done, schedule.level)
        more = seeds_to_add(schedule, done, effects)
        if not more:
            ratio = next(effect for effect in effects if effect.name == NEGLECT_RATIO)
            return decide(effects, SEPARATES)[0].verdict, ratio
        done += more


def measured(
    design: Design, arms: dict[str, Floats], seeds: int, level: float
) -> tuple[Effect, ...]:
    values = {arm: cells[:seeds] for arm, cells in arms.items()}
    prompts = design.prompts
    draws = [str(hand) for hand in hands(prompts, design.controls or prompts)]
    table = Table(Measure.POLARITY, np.zeros(prompts), values, [""] * prompts, draws)
    return compute_effects(table, level=level)


if __name__ == "__main__":
    main()
