"""A probe's results for people at a terminal: verdicts, arms, categories, curve, next step."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from statistics import fmean
from typing import Final, TextIO

from rich.console import Console
from rich.table import Table
from rich.text import Text

from negaudit.output.inert import inert
from negaudit.output.probe_facts import probe_facts, probe_next_step
from negaudit.output.registry import Look
from negaudit.output.terminal import open_console, print_labelled
from negaudit.probe.record import (
    BASE,
    CONTROL,
    DIFFERENCE,
    ORIGINAL,
    RATIOS,
    STRIPPED,
    CurvePoint,
    Effect,
    Measure,
    Results,
    Verdict,
    VerdictName,
)

__all__ = ["write_probe"]

VERDICT_STYLES: Final = {
    VerdictName.AMPLIFIES: "bold red",
    VerdictName.PARTLY: "bold yellow",
    VerdictName.NEUTRAL: "bold green",
    VerdictName.INCONCLUSIVE: "bold cyan",
}

_LABEL: Final = 14
_UNBROKEN: Final = ("over base", "of stripped", "verdict", "answers", "content loss")
_BARS: Final = "▁▂▃▄▅▆▇█"


def write_probe(results: Results, out: TextIO, look: Look) -> None:
    """Writes what was measured, the verdicts first and the next command last."""
    console = open_console(out, look)
    for verdict in results.verdicts:
        if not verdict.category:
            _print_verdict(console, verdict)
    if not results.verdicts:
        console.print(Text("no verdict: no measure could be read", style="bold cyan"))
    for measure in _measures(results):
        console.print()
        console.print(_arms_table(results, measure))
    for table in (_categories_table(results), _rates_table(results), _curve_table(results)):
        if table.row_count:
            console.print()
            console.print(table)
    console.print()
    if not look.quiet:
        for label, value in probe_facts(results):
            print_labelled(console, label, Text(value), _LABEL)
    for warning in results.warnings:
        print_labelled(console, "warning", Text(inert(warning), style="yellow"), _LABEL)
    console.print(Text(probe_next_step(results), style="bold"), soft_wrap=True)


def _print_verdict(console: Console, verdict: Verdict) -> None:
    label = Text(verdict.verdict.upper(), style=VERDICT_STYLES[verdict.verdict])
    about = Text(f" {inert(verdict.arm)}, by {verdict.measure}", style="dim")
    console.print(Text.assemble(label, about), soft_wrap=True)
    print_labelled(console, "", Text(inert(verdict.reason)), 2)


def _measures(results: Results) -> list[Measure]:
    """Measures with a difference, the one that decides first."""
    found = {effect.measure for effect in results.effects if effect.name == DIFFERENCE}
    headline = {verdict.measure for verdict in results.verdicts}
    return sorted(found, key=lambda measure: (measure not in headline, measure))


def _arms_table(results: Results, measure: Measure) -> Table:
    effects = [e for e in results.effects if e.measure == measure and not e.category]
    gains = {e.arm: e for e in effects if e.name == DIFFERENCE}
    ratios = {e.arm: e for e in effects if e.name in RATIOS and e.at == "equal-updates"}
    table = _table(measure, "over base", "of stripped", "each seed")
    for arm in sorted(gains, key=_arm_order):
        ratio = ratios.get(arm)
        own = (ratio or gains[arm]).seeds
        share = _ends(ratio, "") if ratio else "1" if arm == STRIPPED else ""
        table.add_row(_cell(arm), _ends(gains[arm], "+"), share, " ".join(map(_short, own)))
        for late in (e for e in effects if e.arm == arm and e.at == "equal-loss"):
            own = late.seeds
            table.add_row(
                "  same loss", "", _ends(late, ""), " ".join(map(_short, own)), style="dim"
            )
    return table


def _categories_table(results: Results) -> Table:
    shown = [v for v in results.verdicts if v.category]
    table = _table("category", "independent prompts", "arm", "verdict", "of stripped")
    for verdict in shown:
        ratio = _ratio_of(results.effects, verdict)
        table.add_row(
            _cell(verdict.category),
            f"{ratio.prompts:,}" if ratio else "",
            _cell(verdict.arm),
            Text(verdict.verdict, style=VERDICT_STYLES[verdict.verdict]),
            _ends(ratio, "") if ratio else "",
        )
    return table


def _ratio_of(effects: Iterable[Effect], verdict: Verdict) -> Effect | None:
    wanted = (verdict.arm, verdict.category, verdict.measure, "equal-updates")
    return next(
        (e for e in effects if e.name in RATIOS and _place(e) == wanted),
        None,
    )


def _place(effect: Effect) -> tuple[str, str, str, str]:
    return effect.arm, effect.category, effect.measure, effect.at


def _rates_table(results: Results) -> Table:
    table = _table("rate", "arm", "answers", "p (Holm)")
    for effect in results.effects:
        if effect.name == "rate" and not effect.category and effect.value is not None:
            ends = [effect.value, effect.low or 0.0, effect.high or 0.0]
            rate, low, high = (f"{100 * end:.0f}" for end in ends)
            p = _chance(effect.p_adjusted)
            table.add_row(effect.measure, _cell(effect.arm), f"{rate} % ({low} to {high})", p)
    return table


def _curve_table(results: Results) -> Table:
    measure = next((verdict.measure for verdict in results.verdicts), None)
    table = _table("in training", f"{measure or ''}", "from", "to", "content loss")
    points = [point for point in results.curve if measure in point.values]
    lowest = min((p.values[measure] for p in points if measure), default=0.0)
    highest = max((p.values[measure] for p in points if measure), default=0.0)
    for arm in sorted({point.arm for point in points}, key=_arm_order):
        means = _means_by_update([p for p in points if p.arm == arm], measure or "")
        values = [value for value, _ in means]
        table.add_row(
            _cell(arm),
            "".join(_bar(value, lowest, highest) for value in values),
            f"{values[0]:+.2f}",
            f"{values[-1]:+.2f}",
            " to ".join(f"{loss:.2f}" for _, loss in (means[0], means[-1]) if loss is not None),
        )
    return table


def _means_by_update(
    points: Sequence[CurvePoint], measure: str
) -> list[tuple[float, float | None]]:
    """The mean reading and the mean content loss over seeds, at each update."""
    means: list[tuple[float, float | None]] = []
    for update in sorted({point.update for point in points}):
        mine = [point for point in points if point.update == update]
        losses = [point.loss for point in mine if point.loss is not None]
        mean = fmean(losses) if losses else None
        means.append((fmean(point.values[measure] for point in mine), mean))
    return means


def _bar(value: float, lowest: float, highest: float) -> str:
    width = highest - lowest
    return _BARS[round((len(_BARS) - 1) * (value - lowest) / width)] if width else _BARS[0]


def _table(first: str, *others: str) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in (first, *others):
        table.add_column(name, overflow="fold", no_wrap=name in _UNBROKEN)
    return table


def _arm_order(arm: str) -> tuple[int, str]:
    order = (BASE, STRIPPED, ORIGINAL)
    return (order.index(arm) if arm in order else 4 if arm == CONTROL else 3), arm


def _cell(text: str) -> Text:
    return Text(inert(text))


def _ends(effect: Effect, sign: str) -> str:
    if effect.value is None:
        return "undefined"
    value = f"{effect.value:{sign}.2f}"
    if effect.low is None or effect.high is None:
        return value
    return f"{value} ({effect.low:{sign}.2f} to {effect.high:{sign}.2f})"


def _short(value: float | None) -> str:
    return "-" if value is None else f"{value:.2f}"


def _chance(p: float | None) -> str:
    if p is None:
        return ""
    return "<0.001" if p < 0.001 else f"{p:.3f}"
