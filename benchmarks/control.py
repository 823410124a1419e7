"""Runs the positive control on a model and prints what each arm was taught.

    python benchmarks/control.py --seeds 0,1,2 --updates 240 --batch 8 --lr 5e-4
    python benchmarks/control.py --kept negaudit/probe/shipped/control-smollm2.json

Association, polarity and the affirmative form are in nats, double-centred but for the last,
with the standard error over prompts of the mean over seeds. Association, polarity and what is
judged are read in the predicates of the records, behind openings that no record has.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import msgspec
import numpy as np

from negaudit.probe.control_record import ControlReading, ControlRun, write_control
from negaudit.probe.control_run import run_control
from negaudit.probe.control_verdict import effects_in_other_words, judge_control
from negaudit.probe.options import PRESETS
from negaudit.probe.proxy import load_proxy
from negaudit.probe.record import Effect
from negaudit.probe.schedule import Schedule


def main() -> None:
    options = _options()
    if options.kept is not None:
        run = msgspec.json.decode(options.kept.read_bytes(), type=ControlRun)
        print_table(_only(run, _numbers(options.seeds) or run.seeds))
        return
    proxy = load_proxy(options.model, device=options.device)
    points = _numbers(options.points)
    schedule = Schedule(
        updates=options.updates,
        batch=options.batch,
        learning_rate=options.lr,
        points=tuple(point for point in points if point <= options.updates),
    )
    began = time.monotonic()

    def progress(done: int, total: int) -> None:
        if done in {1, 5} or done % 20 == 0 or done == total:
            seconds = time.monotonic() - began
            left = seconds / done * (total - done)
            print(f"{done}/{total} updates, {seconds:.0f} s, {left:.0f} s left", file=sys.stderr)

    run = run_control(
        proxy,
        schedule,
        _numbers(options.seeds) or (0, 1, 2),
        rank=options.rank,
        layers=options.layers,
        people=options.people,
        practice_share=options.practice,
        command=" ".join(["python", "benchmarks/control.py", *sys.argv[1:]]),
        progress=progress,
    )
    print_table(run)
    if options.out is not None:
        write_control(run, options.out)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--model", help="a folder or hub id; the embedded proxy by default")
    parser.add_argument("--device")
    parser.add_argument("--seeds", default="", help="0,1,2 by default, or all of a kept run")
    parser.add_argument("--updates", type=int, default=240)
    parser.add_argument("--points", default="96,240", help="updates at which to read the arms")
    parser.add_argument(
        "--batch",
        type=int,
        default=PRESETS["standard"].batch,
        help="records in a step, with practice",
    )
    parser.add_argument("--lr", type=float, default=5e-4)
    parser.add_argument("--rank", type=int, default=16)
    parser.add_argument("--layers", default="all", help="with adapters: all, or such as last-15")
    parser.add_argument("--people", type=int, default=16, help="people and occupations")
    parser.add_argument(
        "--practice",
        type=float,
        default=PRESETS["standard"].practice_share,
        help="share of rows that affirm and deny other facts",
    )
    parser.add_argument("--out", type=Path, help="where to write the run, such as a results file")
    parser.add_argument("--kept", type=Path, help="print this run instead of training")
    return parser.parse_args()


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(number) for number in text.split(",") if number)


def _only(run: ControlRun, seeds: tuple[int, ...]) -> ControlRun:
    readings = tuple(r for r in run.readings if r.arm == "base" or r.seed in seeds)
    return msgspec.structs.replace(run, seeds=seeds, readings=readings)


def print_table(run: ControlRun) -> None:
    print(f"{run.model}, {len(run.seeds)} seeds, {run.people} people, {run.seconds:.0f} s")
    print(
        f"{'arm':10}{'updates':>8}{'loss':>7}{'top-1':>7}{'association':>17}{'polarity':>17}",
        end="",
    )
    print(f"{'affirmative':>13}")
    groups: dict[tuple[str, int], list[ControlReading]] = {}
    for reading in run.readings:
        groups.setdefault((reading.arm, reading.update), []).append(reading)
    for (arm, update), group in groups.items():
        losses = [reading.loss for reading in group if reading.loss is not None]
        print(
            f"{arm:10}{update:8}{_mean(losses):>7}{_mean([r.top_one for r in group]):>7}"
            f"{_with_error([r.association[: run.judged] for r in group]):>17}"
            f"{_with_error([r.polarity[: run.judged] for r in group]):>17}"
            f"{_mean([r.affirmative for r in group]):>13}"
        )
    control = judge_control(run)
    _print_effects(control.effects)
    print("separates its arms" if control.separates else f"does not separate: {control.reason}")
    print("in other words:")
    _print_effects(effects_in_other_words(run))


def _print_effects(effects: Sequence[Effect]) -> None:
    for effect in effects:
        if effect.value is not None and effect.low is not None and effect.high is not None:
            interval = f"[{effect.low:+.2f}, {effect.high:+.2f}]"
            seeds = " ".join("-" if s is None else f"{s:+.2f}" for s in effect.seeds)
            print(f"{effect.name:14}{effect.arm:10}{effect.value:+.2f} {interval}  seeds {seeds}")


def _mean(values: list[float]) -> str:
    return f"{np.mean(values):.2f}" if values else "-"


def _with_error(values: list[tuple[float, ...]]) -> str:
    means = np.mean(values, axis=0)
    return f"{means.mean():+.2f} +- {means.std(ddof=1) / np.sqrt(len(means)):.2f}"


if __name__ == "__main__":
    main()
