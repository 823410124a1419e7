"""Hand-made results of a probe."""

from __future__ import annotations

import numpy as np

from negaudit.probe.effects import Table, compute_effects
from negaudit.probe.record import (
    Arm,
    Category,
    Control,
    CurvePoint,
    DataFile,
    Generation,
    HeldOut,
    Measure,
    Model,
    Prompt,
    Reading,
    Recipe,
    Results,
)
from negaudit.probe.verdict import decide

SEEDS = (0, 1, 2)
GAINS = {"stripped": 2.0, "original": 1.8, "negate": -1.2, "control": 0.0}
CONTROL = Control(True, "shipped", "negaudit proxy control", ())


def made_results(noise: float = 0.3, text: str = "") -> Results:
    """A probe of 24 prompts in two categories; `text` ends every string that comes from data."""
    rng = np.random.default_rng(7)
    ids = [f"p{number}" for number in range(24)]
    categories = [f"{name}{text}" for name in ("dentists", "tastes") for _ in range(12)]
    base = rng.normal(0, 0.5, 24)
    values = {
        arm + text * (arm == "negate"): base + gain + rng.normal(0, noise, (3, 24))
        for arm, gain in GAINS.items()
    }
    effects = compute_effects(Table(Measure.POLARITY, base, values, categories))
    read = [("base", 0, base)]
    read += [(arm, seed, values[arm][seed]) for arm in values for seed in SEEDS]
    readings = [
        Reading(i, Measure.POLARITY, arm, seed, float(value))
        for arm, seed, row in read
        for i, value in zip(ids, row, strict=True)
    ]
    prompts = [
        Prompt(i, name, Measure.POLARITY, "in-category", f"Is it so?{text}")
        for i, name in zip(ids, categories, strict=True)
    ]
    return Results(
        version="1.0",
        data=(DataFile(f"chats{text}.jsonl", "0" * 64, 200, 120),),
        model=Model(f"SmolLM2{text}", "abc", 134_515_008, "cpu", "bfloat16"),
        recipe=Recipe("quick", 5e-4, 16, 32.0, 240, 8, SEEDS, 0.1, 256),
        arms=tuple(Arm(arm, "", 200, 9000, 5000, loss=(0.4, 0.5, 0.4)) for arm in values),
        categories=tuple(Category(name, 100, 60, 12) for name in sorted(set(categories))),
        heldout=HeldOut("split", tuple(prompts), 3),
        readings=tuple(readings),
        curve=tuple(
            CurvePoint(
                arm, seed, 60 * step, 3.0 - 0.6 * step, {"polarity": float(cells.mean()) * step / 4}
            )
            for arm, cells in values.items()
            for seed in SEEDS
            for step in range(5)
        ),
        effects=effects,
        verdicts=decide(effects, CONTROL),
        control=CONTROL,
        generations=(Generation("p0", "original", 0, f"He is.{text}", True, False, "asserts"),),
        warnings=(f"2 texts were split{text}",),
        environment={"torch": "2.13", "python": "3.11"},
        seconds=312.4,
        tokens=1_234_567,
    )
