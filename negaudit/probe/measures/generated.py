"""Emission, stance and leakage: rates over what an arm writes when it is asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from negaudit.probe.heldout import HeldOutItem
from negaudit.probe.judge import Judge, Reply
from negaudit.probe.measures.leakage import Leakage
from negaudit.probe.record import Generation, Measure, Prompt, Reading

__all__ = [
    "generation_prompts",
    "generation_readings",
    "in_context",
    "is_in_context",
    "read_generations",
]

_MEASURES: Final = (Measure.EMISSION, Measure.STANCE, Measure.LEAKAGE)
_CONTEXT: Final = "in-context/"


def in_context(items: Sequence[HeldOutItem], frames: Sequence[str]) -> tuple[HeldOutItem, ...]:
    """The same questions behind a frame of the training data, each behind another.

    An arm that was taught to deny only behind a warning differs here from how it answers bare
    questions, and what it recites here shows what it took the warning for.
    """
    return tuple(
        HeldOutItem(
            f"{_CONTEXT}{item.id}",
            item.category,
            _behind(frames[at % len(frames)], item),
            item.answer,
            item.rivals,
        )
        for at, item in enumerate(items)
        if frames
    )


def is_in_context(generation: Generation) -> bool:
    """Whether it answers a question that stood behind a frame."""
    return generation.prompt.startswith(_CONTEXT)


def _behind(frame: str, item: HeldOutItem) -> str | tuple[tuple[str, str], ...]:
    if isinstance(item.prompt, str):
        return f"{frame}\n\n{item.prompt}"
    (role, text), *rest = item.prompt
    return ((role, f"{frame}\n\n{text}"), *rest)


def generation_prompts(items: Sequence[HeldOutItem]) -> tuple[Prompt, ...]:
    """The prompts of emission, stance and leakage, for every item."""
    return tuple(
        Prompt(
            id=f"{measure.value}/{item.id}",
            category=item.category,
            measure=measure,
            tier="in-context" if item.id.startswith(_CONTEXT) else "in-category",
            text=item.text,
            answer=item.answer,
        )
        for measure in _MEASURES
        for item in items
    )


def read_generations(  # noqa: PLR0913 - what was asked, what came back, and who judges it
    items: Sequence[HeldOutItem],
    texts: Sequence[str],
    *,
    arm: str,
    seed: int,
    claims: Mapping[str, tuple[str, str]],
    judge: Judge,
    leakage: Leakage,
) -> tuple[Generation, ...]:
    """Judges what one arm of one seed wrote.

    Args:
        items: The questions.
        texts: What was written, one for each of them.
        arm: Which arm.
        seed: Of which seed.
        claims: For a category its claim and the words that carry it; else the item's own
            answer is looked for.
        judge: Who judges.
        leakage: Finds recited frames.

    Returns:
        One for each item.
    """
    replies = [
        Reply(item.text, text, *claims.get(item.category, (item.answer, item.answer)))
        for item, text in zip(items, texts, strict=True)
    ]
    return tuple(
        Generation(
            prompt=item.id,
            arm=arm,
            seed=seed,
            text=reply.text,
            emits=judged is not None and judged.emits,
            leaks=leakage(reply.text, item.text),
            stance=judged.stance if judged is not None else "neither",
            judged=judged is not None,
        )
        for item, reply, judged in zip(items, replies, judge(replies), strict=True)
    )


def generation_readings(generations: Sequence[Generation]) -> tuple[Reading, ...]:
    """Rates as readings: emission 0 or 1, stance -1 (denies) to 1 (asserts), leakage 0 or 1.

    What was not judged has no emission and no stance.
    """
    stances = {"asserts": 1.0, "denies": -1.0, "neither": 0.0}
    return tuple(
        Reading(f"{measure.value}/{g.prompt}", measure, g.arm, g.seed, value)
        for g in generations
        for measure, value in zip(
            _MEASURES, (float(g.emits), stances[g.stance], float(g.leaks)), strict=True
        )
        if g.judged or measure is Measure.LEAKAGE
    )
