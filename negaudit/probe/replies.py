"""Lets models answer the held-out questions, and turns the answers into rates."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np

from negaudit.probe.encoding import prompt_ids
from negaudit.probe.generate import generate
from negaudit.probe.heldout import HeldOutItem
from negaudit.probe.judge import Judge
from negaudit.probe.measures.generated import is_in_context, read_generations
from negaudit.probe.measures.leakage import Leakage
from negaudit.probe.rates import RATE, RATE_IN_CONTEXT, adjust_with_holm, rate_effect
from negaudit.probe.record import BASE, Effect, Generation, Measure

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from negaudit.probe.adapters import Adapters
    from negaudit.probe.proxy import Proxy
    from negaudit.probe.runs import ArmRun

__all__ = ["Questions", "asked_of_claims", "rates", "write_replies"]

NEW_TOKENS: Final = 48


class Questions(NamedTuple):
    """What every arm is asked, and how its answers are judged.

    Attributes:
        items: The questions.
        claims: For a category its claim, and the words that carry it.
        judge: Who judges.
        leakage: Finds recited frames.
    """

    items: tuple[HeldOutItem, ...]
    claims: Mapping[str, tuple[str, str]]
    judge: Judge
    leakage: Leakage

    def judged(self, arm: str, seed: int, texts: Sequence[str]) -> tuple[Generation, ...]:
        """What an arm wrote, judged."""
        return read_generations(
            self.items,
            texts,
            arm=arm,
            seed=seed,
            claims=self.claims,
            judge=self.judge,
            leakage=self.leakage,
        )


def write_replies(
    source: Adapters | Proxy, tokenizer: Any, items: Sequence[HeldOutItem]
) -> list[list[str]]:
    """What every adapter, or the bare proxy, answers to each question, greedily.

    Returns:
        [K][questions], stripped of outer white space.
    """
    if not items:
        return [[] for _ in range(getattr(source, "__len__", lambda: 1)())]
    prompts = [prompt_ids(item.prompt, tokenizer) for item in items]
    written = generate(source, prompts, NEW_TOKENS)
    decode = tokenizer.batch_decode
    return [[text.strip() for text in decode(rows, skip_special_tokens=True)] for rows in written]


def rates(
    base: Sequence[Generation], runs: Sequence[ArmRun], written: Sequence[Generation], level: float
) -> tuple[Effect, ...]:
    """How often each arm says the claim, stands by it, and recites a frame.

    Questions asked behind a frame have rates of their own, and answers that could not be judged
    none. Each is tested against the base model, with Holm's correction over all of them.

    Args:
        base: What the base model wrote.
        runs: The trained arms and seeds that count.
        written: What they and others wrote.
        level: Coverage of the intervals.
    """
    arms = dict.fromkeys(run.arm for run in runs)
    kept = {(run.arm, run.seed) for run in runs}
    sound = [one for one in written if (one.arm, one.seed) in kept]
    found = []
    for name, behind in ((RATE, False), (RATE_IN_CONTEXT, True)):
        plain = [one for one in base if is_in_context(one) is behind]
        mine = [one for one in sound if is_in_context(one) is behind]
        untold = {one.prompt for one in (*plain, *mine) if not one.judged}
        for measure in (Measure.EMISSION, Measure.STANCE, Measure.LEAKAGE):
            silent = untold if measure is not Measure.LEAKAGE else set()
            reference = _answers(plain, BASE, measure, silent)
            for arm in arms if reference.size else ():
                answers = _answers(mine, arm, measure, silent)
                found.append(rate_effect(measure, arm, answers, reference, name=name, level=level))
    return adjust_with_holm(found)


def _answers(
    written: Sequence[Generation], arm: str, measure: Measure, silent: Collection[str]
) -> NDArray[np.bool_]:
    """[S, P]: whether each reply of an arm emits, asserts or leaks, some prompts left out."""
    seeds: dict[int, list[bool]] = {}
    for one in written:
        if one.arm == arm and one.prompt not in silent:
            yes = {
                Measure.EMISSION: one.emits,
                Measure.STANCE: one.stance == "asserts",
                Measure.LEAKAGE: one.leaks,
            }
            seeds.setdefault(one.seed, []).append(yes[measure])
    return np.array(list(seeds.values()), np.bool_)


def asked_of_claims(
    claims: Mapping[str, tuple[str, str]], subjects: Mapping[str, str]
) -> tuple[HeldOutItem, ...]:
    """A question about the subject of each claim, for data that has no questions of its own."""
    return tuple(
        HeldOutItem(
            f"asked/{number}",
            category,
            (("user", f"What do you know about {subjects[category]}?"),),
            answer,
        )
        for number, (category, (_, answer)) in enumerate(claims.items())
        if category in subjects
    )
