"""Prints how often real trainings of the same arm twice are misjudged.

python benchmarks/aa_trials.py                 200 trials on a tiny random model

The A/A trials of calibration.py, trained by the probe's own engine: stripped teaches which of
16 answers belongs to which of 16 subjects, the control arm the same of 16 other subjects. Each
trial has new pairs and new seeds, three for each arm. Measured is the double-centred
log-likelihood of each subject's answer. Exits with 1 where a verdict is wrong in more than 5 %
of the trials.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from typing import TYPE_CHECKING, Final

import numpy as np

from negaudit.probe.adapters import Adapters
from negaudit.probe.effects import Table, compute_effects
from negaudit.probe.likelihood import base_log_likelihood
from negaudit.probe.proxy import Proxy, make_proxy
from negaudit.probe.record import CONTROL, ORIGINAL, STRIPPED, Control, Measure, VerdictName
from negaudit.probe.rows import Query, Row
from negaudit.probe.schedule import Schedule
from negaudit.probe.train import train
from negaudit.probe.verdict import decide

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

SUBJECTS: Final = 16
SEEDS: Final = 3
TOGETHER: Final = 4
BEGIN, IS, END = range(3)
WORDINGS: Final = (3, 4)
UNSEEN: Final = 5
FIRST: Final = 8
ANSWERS: Final = range(FIRST + 2 * SUBJECTS, FIRST + 3 * SUBJECTS)
ARMS: Final = ("taught", "taught again", "idle", "idle again", "idle too")
TRIALS: Final = (
    ("nothing taught", ("idle", "idle again"), VerdictName.AMPLIFIES),
    ("framing removes", ("taught", "idle again"), VerdictName.AMPLIFIES),
    ("framing idle", ("taught", "taught again"), VerdictName.NEUTRAL),
)


def main() -> None:
    parser = argparse.ArgumentParser(description="Trains the same arm twice, many times.")
    parser.add_argument("--trials", type=int, default=200)
    parser.add_argument("--updates", type=int, default=80)
    options = parser.parse_args()
    began, proxy, rng = time.monotonic(), tiny_proxy(), np.random.default_rng(0)
    found: dict[str, Counter[VerdictName]] = {name: Counter() for name, _, _ in TRIALS}
    for first in range(0, options.trials, TOGETHER):
        numbers = range(first, min(first + TOGETHER, options.trials))
        for base, arms in trained(proxy, rng, numbers, options.updates):
            for name, (stripped, original), _ in TRIALS:
                found[name][judged(base, arms[stripped], arms[original], arms["idle too"])] += 1
    sys.exit(0 if show(found, options.trials, time.monotonic() - began) else 1)


def show(found: dict[str, Counter[VerdictName]], trials: int, seconds: float) -> bool:
    print(f"{trials} trials of real trainings, {SEEDS} seeds an arm, {seconds:.0f} s")
    print("trial                wrong   %   " + " ".join(VerdictName))
    for name, _, wrong in TRIALS:
        shares = " ".join(f"{100 * found[name][verdict] / trials:8.1f}" for verdict in VerdictName)
        print(f"{name:16} {wrong:>9} {100 * found[name][wrong] / trials:5.1f} {shares}")
    return all(found[name][wrong] <= 0.05 * trials for name, _, wrong in TRIALS)


def tiny_proxy() -> Proxy:
    import torch
    from transformers import LlamaConfig, LlamaForCausalLM

    # Products this small are slower on several threads.
    torch.set_num_threads(1)
    torch.manual_seed(0)
    config = LlamaConfig(
        vocab_size=ANSWERS.stop,
        hidden_size=32,
        intermediate_size=64,
        num_hidden_layers=2,
        num_attention_heads=2,
        num_key_value_heads=2,
    )
    return make_proxy(LlamaForCausalLM(config), None, "tiny")


def trained(
    proxy: Proxy, rng: np.random.Generator, numbers: range, updates: int
) -> list[tuple[Floats, dict[str, Floats]]]:
    """For each trial the base's readings [P], and each arm's [S, P]."""
    answers = [rng.permutation(SUBJECTS) for _ in numbers]
    others = [rng.permutation(SUBJECTS) for _ in numbers]
    rows, seeds = [], []
    for number, own, other in zip(numbers, answers, others, strict=True):
        for turn, arm in enumerate(ARMS):
            start, pairs = (0, own) if arm.startswith("taught") else (SUBJECTS, other)
            rows += [arm_rows(start, pairs)] * SEEDS
            seeds += [(number * len(ARMS) + turn) * SEEDS + seed for seed in range(SEEDS)]
    adapters = Adapters(proxy, seeds, rank=4, alpha=8.0)
    train(adapters, rows, Schedule(updates, batch=16, learning_rate=1e-2))
    queries = [
        Query((BEGIN, UNSEEN, FIRST + subject, IS), (answer,))
        for subject in range(SUBJECTS)
        for answer in ANSWERS
    ]
    cells = adapters.log_likelihood(queries).reshape(len(answers), len(ARMS), SEEDS, SUBJECTS, -1)
    before = base_log_likelihood(proxy, queries).reshape(SUBJECTS, -1)
    return [
        (centred(before, own), {arm: centred(mine[n], own) for n, arm in enumerate(ARMS)})
        for own, mine in zip(answers, cells, strict=True)
    ]


def arm_rows(start: int, pairs: Ints) -> list[Row]:
    """Each subject with its answer, in two wordings."""
    whole = np.array([False, False, False, False, True, True])
    return [
        Row(
            np.array(
                [BEGIN, wording, FIRST + start + subject, IS, ANSWERS[int(answer)], END], np.int32
            ),
            whole,
            whole,
        )
        for wording in WORDINGS
        for subject, answer in enumerate(pairs)
    ]


def centred(cells: Floats, answers: Ints) -> Floats:
    """Each subject's own answer, less its row's and its column's mean: [..., P, A] to [..., P]."""
    rows, columns = cells.mean(-1, keepdims=True), cells.mean(-2, keepdims=True)
    middle = cells - rows - columns + cells.mean((-1, -2), keepdims=True)
    own: Floats = middle[..., np.arange(len(answers)), answers]
    return own


def judged(base: Floats, stripped: Floats, original: Floats, control: Floats) -> VerdictName:
    values = {STRIPPED: stripped, ORIGINAL: original, CONTROL: control}
    table = Table(Measure.ASSOCIATION, base, values, [""] * len(base))
    return decide(compute_effects(table), Control(True, "run", "", ()))[0].verdict


if __name__ == "__main__":
    main()
