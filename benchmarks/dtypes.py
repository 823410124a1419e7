"""Probes data in bfloat16 and in float32, and prints effects and verdicts side by side.

    python benchmarks/dtypes.py framed.jsonl
    python benchmarks/dtypes.py framed.jsonl --updates 240 --seeds 3 --records 240

Everything else is the same in both: records, held-out prompts, seeds, adapters' initial values,
recipe. The positive control is left out and taken to separate, so that a verdict says what the
effects say. Exits with 1 where a verdict differs, or an estimate of one lies outside the
interval of the other. The default run is small and shows how far rounding moves a number, not
what the data teaches.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

import msgspec

from negaudit.probe.options import PRESETS, ProbeOptions
from negaudit.probe.record import Control, Effect, Results
from negaudit.probe.run import run_probe

DTYPES = ("bfloat16", "float32")
NAMED = ("updates", "batch", "max_tokens", "records", "prompts")


def main() -> None:
    parser = argparse.ArgumentParser(description="Probes in two number formats.")
    parser.add_argument("data", nargs="+")
    parser.add_argument("--model")
    parser.add_argument("--device")
    parser.add_argument("--updates", type=int, default=60)
    parser.add_argument("--batch", type=int, default=4)
    parser.add_argument("--max-tokens", type=int, default=128)
    parser.add_argument("--seeds", type=int, default=2)
    parser.add_argument("--records", type=int, default=96)
    parser.add_argument("--prompts", type=int, default=12)
    given = parser.parse_args()
    own = {name: getattr(given, name) for name in NAMED}
    seeds = {"first_seeds": given.seeds, "most_seeds": given.seeds, "replies": 0}
    recipe = msgspec.structs.replace(PRESETS["standard"], **own, **seeds)
    options = ProbeOptions("custom", recipe, given.model, given.device)
    half, full = (probed(given.data, options, dtype) for dtype in DTYPES)
    sys.exit(0 if show(half, full) else 1)


def probed(data: list[str], options: ProbeOptions, dtype: str) -> Results:
    separates = Control(True, "run", "", ())
    with tempfile.TemporaryDirectory() as folder:
        found = run_probe(data, options, Path(folder), dtype=dtype, control=separates)
    print(f"{found.model.dtype}: {found.seconds:.0f} s on {found.model.device}", flush=True)
    return found


def show(half: Results, full: Results) -> bool:
    """Prints both; returns whether they say the same."""
    print(f"{'effect':44} {DTYPES[0]:>22} {DTYPES[1]:>22}")
    effects, others = ({called(e): e for e in found.effects} for found in (half, full))
    same = effects.keys() == others.keys() and len(half.verdicts) == len(full.verdicts)
    for name in (name for name in effects if name in others):
        one, other = effects[name], others[name]
        same &= agree(one, other)
        told = "" if agree(one, other) else "  differ"
        print(f"{name:44} {interval(one):>22} {interval(other):>22}{told}")
    for mine, theirs in zip(half.verdicts, full.verdicts, strict=False):
        same &= mine.verdict == theirs.verdict
        name = f"verdict {mine.arm} {mine.category}"
        print(f"{name:44} {mine.verdict:>22} {theirs.verdict:>22}")
    return same


def called(effect: Effect) -> str:
    parts = (effect.measure, effect.arm, effect.name, effect.category, effect.at)
    return " ".join(part for part in parts if part not in {"", "equal-updates"})


def agree(one: Effect, other: Effect) -> bool:
    """Whether each estimate lies in the other's interval, or neither has one."""
    if one.low is None or other.low is None:
        return one.low == other.low
    return inside(one.value, other) and inside(other.value, one)


def inside(value: float | None, effect: Effect) -> bool:
    low, high = effect.low, effect.high
    return None not in (value, low, high) and low <= value <= high  # type: ignore[operator]


def interval(effect: Effect) -> str:
    if effect.value is None or effect.low is None or effect.high is None:
        return "-" if effect.value is None else f"{effect.value:+.2f}"
    return f"{effect.value:+.2f} [{effect.low:+.2f}, {effect.high:+.2f}]"


if __name__ == "__main__":
    main()
