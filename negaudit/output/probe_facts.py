"""Puts the facts of a probe into words; every word of it is inert."""

from __future__ import annotations

import shlex
from collections.abc import Sequence

from negaudit.output.inert import inert
from negaudit.output.summary import counted
from negaudit.probe.record import ORIGINAL, RATIOS, Effect, Results, VerdictName

__all__ = ["probe_facts", "probe_next_step"]


def probe_facts(results: Results) -> list[tuple[str, str]]:
    """Labels and values of how the probe was done, in reading order."""
    recipe, model = results.recipe, results.model
    size = f"{model.parameters / 1e6:,.0f}M parameters"
    trained = (
        f"{recipe.preset}: {counted(recipe.updates, 'update')} of {recipe.batch} records, "
        f"{counted(len(recipe.seeds), 'seed')}, rank {recipe.rank}, "
        f"learning rate {recipe.learning_rate:g}"
    )
    held = results.heldout
    removed = f", {held.removed:,} too near to training text removed" if held.removed else ""
    spent = f"{_duration(results.seconds)}, {results.tokens:,} tokens"
    return [
        ("model", f"{inert(model.name)} ({size}, {inert(model.dtype)} on {inert(model.device)})"),
        ("recipe", inert(trained)),
        ("held out", f"{counted(len(held.prompts), 'prompt')} ({inert(held.source)}){removed}"),
        ("control", _control(results)),
        ("intervals", _level(results.effects)),
        ("spent", spent),
    ]


def _control(results: Results) -> str:
    control = results.control
    if control is None:
        return "not run"
    if control.separates:
        return f"separates its arms ({control.source})"
    return f"does not separate its arms: {inert(control.reason)}"


def _level(effects: Sequence[Effect]) -> str:
    ratio = next((e for e in effects if e.name in RATIOS), None)
    return f"{100 * ratio.level:.3g} %, {inert(ratio.method)}" if ratio else "none"


def _duration(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"


def probe_next_step(results: Results) -> str:
    """One line that says what to do about the verdict on the framed data."""
    framed = [v.verdict for v in results.verdicts if v.arm == ORIGINAL]
    data = inert(shlex.quote(results.data[0].path)) if results.data else "DATA"
    if {VerdictName.AMPLIFIES, VerdictName.PARTLY} & set(framed):
        return f"next: negaudit fix {data} -o FILE writes the data with its remedies."
    if set(framed) == {VerdictName.NEUTRAL}:
        return "next: negaudit report results.json -o report.html shows every prompt."
    preset = {"quick": "standard", "standard": "full"}.get(results.recipe.preset)
    if preset:
        return f"next: negaudit probe {data} --preset {preset} trains longer, on more seeds."
    return f"next: negaudit probe {data} with more held-out prompts, records or seeds."
