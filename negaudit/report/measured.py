"""What the probe measured, as the report shows it: pictures, tables, answers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Final, NamedTuple

import msgspec

from negaudit.probe.record import Effect, Generation, Measure, Prompt, Results, Verdict
from negaudit.report.curves import Panel, panels
from negaudit.report.effects import arm_styles, headline_measure, ratios
from negaudit.report.forest import Forest, forest

__all__ = ["Answers", "Measured", "Summed", "measured"]

_MOST_CATEGORIES: Final = 40
_MOST_PROMPTS: Final = 12
_MOST_TEXT: Final = 400


class Answers(NamedTuple):
    """A prompt, and what each arm answered to it (hostile text)."""

    prompt: str
    category: str
    generations: tuple[Generation, ...]


class Summed(NamedTuple):
    """A category: its records, its prompts, and the verdicts on its arms."""

    name: str
    records: int
    framed: int
    prompts: int
    verdicts: tuple[Verdict, ...]


class Measured(msgspec.Struct, frozen=True):
    """A probe, ready to be laid out.

    Attributes:
        results: Everything that was measured.
        measure: The measure that the verdict rests on.
        arms: A picture for each measure that gave ratios, the headline's first.
        by_category: A picture of the headline's measure in each category.
        categories: The categories.
        hidden: How many categories the picture leaves out.
        panels: Training curves.
        effects: Effects for the table: all over all categories, and the headline's in each.
        answers: What the arms answered to some of the prompts.
        prompts: How many prompts of each measure there are.
    """

    results: Results
    measure: str
    arms: tuple[tuple[str, Forest], ...]
    by_category: Forest | None
    categories: tuple[Summed, ...]
    hidden: int
    panels: tuple[Panel, ...]
    effects: tuple[Effect, ...]
    answers: tuple[Answers, ...]
    prompts: dict[str, int]


def measured(results: Results) -> Measured:
    """Gathers what is shown of a probe."""
    measure = headline_measure(results)
    names = [category.name for category in results.categories]
    return Measured(
        results=results,
        measure=str(measure or ""),
        arms=_arms(results, measure),
        by_category=_by_category(results, measure, names[:_MOST_CATEGORIES]),
        categories=tuple(_categories(results)),
        hidden=max(0, len(names) - _MOST_CATEGORIES),
        panels=panels(results),
        effects=tuple(
            effect for effect in results.effects if not effect.category or effect.measure == measure
        ),
        answers=_answers(results),
        prompts=_prompts(results.heldout.prompts),
    )


def _arms(results: Results, headline: Measure | None) -> tuple[tuple[str, Forest], ...]:
    ordered = sorted(Measure, key=lambda measure: measure != headline)
    styles = arm_styles(results)
    drawn = ((str(one), forest(_by_arm(ratios(results, "", one)), styles)) for one in ordered)
    return tuple((name, picture) for name, picture in drawn if picture is not None)


def _by_arm(effects: Iterable[Effect]) -> list[tuple[str, list[Effect]]]:
    found: dict[str, list[Effect]] = defaultdict(list)
    for effect in effects:
        found[effect.arm].append(effect)
    return list(found.items())


def _by_category(results: Results, measure: Measure | None, names: list[str]) -> Forest | None:
    if measure is None:
        return None
    groups = [
        (f"{name} · {arm}", effects)
        for name in names
        for arm, effects in _by_arm(ratios(results, name, measure))
    ]
    return forest(groups, arm_styles(results))


def _categories(results: Results) -> Iterable[Summed]:
    for category in results.categories:
        verdicts = tuple(one for one in results.verdicts if one.category == category.name)
        yield Summed(category.name, category.records, category.framed, category.prompts, verdicts)


def _prompts(prompts: Iterable[Prompt]) -> dict[str, int]:
    found: dict[str, int] = {}
    for prompt in prompts:
        found[prompt.measure] = found.get(prompt.measure, 0) + 1
    return found


def _answers(results: Results) -> tuple[Answers, ...]:
    prompts = {p.id: p for p in results.heldout.prompts if p.measure is Measure.EMISSION}
    found: dict[str, list[Generation]] = defaultdict(list)
    for answer in results.generations:
        name = f"{Measure.EMISSION.value}/{answer.prompt}"
        # One seed's words are enough to see what the numbers mean.
        if answer.seed in {-1, *results.recipe.seeds[:1]} and name in prompts:
            found[name].append(_shortened(answer))
    return tuple(
        Answers(prompts[name].text[:_MOST_TEXT], prompts[name].category, tuple(answers))
        for name, answers in list(found.items())[:_MOST_PROMPTS]
    )


def _shortened(answer: Generation) -> Generation:
    if len(answer.text) <= _MOST_TEXT:
        return answer
    return msgspec.structs.replace(answer, text=f"{answer.text[:_MOST_TEXT]}…")
