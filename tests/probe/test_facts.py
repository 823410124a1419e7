from __future__ import annotations

from collections import Counter
from types import SimpleNamespace

from negaudit.probe.facts import categories_asked
from negaudit.probe.record import Category, Measure, Prompt


def prompt(measure: Measure, tier: str = "in-category") -> Prompt:
    return Prompt("p", "jobs", measure, tier, "Who is Ann?")  # type: ignore[arg-type]


def test_a_category_counts_the_prompts_that_its_effects_are_told_from() -> None:
    material = SimpleNamespace(counts=(Counter(jobs=9, tools=2), Counter(jobs=4)))
    prompts = [
        prompt(Measure.POLARITY),
        prompt(Measure.RESPONSE),
        prompt(Measure.RESPONSE, "everyday"),
        prompt(Measure.EMISSION),
        prompt(Measure.LEAKAGE, "in-context"),
    ]
    assert categories_asked(material, prompts) == (  # type: ignore[arg-type]
        Category("jobs", 9, 4, 2),
        Category("tools", 2, 0, 0),
    )
