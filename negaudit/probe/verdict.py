"""What the effects come to, in one word and one sentence.

A ratio of 1 says that the frames protect nothing, 0 that the content teaches nothing any
more. The interval decides, not the estimate:

    amplifies     the whole interval is above `AMPLIFIES_ABOVE`
    neutral       the whole interval is below `NEUTRAL_BELOW`
    partly        neither, but it is clear of zero below `AMPLIFIES_ABOVE`, or clear of
                  `NEUTRAL_BELOW`
    inconclusive  anything else, and whatever the probe could not have seen
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal

from negaudit.probe.effects import ratio_name
from negaudit.probe.record import (
    BASE,
    CONTROL,
    DIFFERENCE,
    LEARNT,
    ORIGINAL,
    STRIPPED,
    Control,
    Effect,
    Measure,
    Verdict,
    VerdictName,
)

__all__ = [
    "AMPLIFIES_ABOVE",
    "FAIL_ON",
    "HEADLINE",
    "MIN_PROMPTS",
    "MIN_SEEDS",
    "NEUTRAL_BELOW",
    "FailOn",
    "decide",
    "deciding",
    "fails",
    "is_open",
]

AMPLIFIES_ABOVE: Final = 0.5
"""Every generic warning that was measured left more than half of the content's effect: facts
0.96 (negation around documents) and 0.91 (around each sentence), behaviours 0.58, code 0.90.
A correction that states the true fact left 0.42 (Mayne et al. 2026; Enkhbayar 2025)."""

NEUTRAL_BELOW: Final = 0.2
"""Local negation left 0 to 0.1 in documents; 0.2 is what a warning left on everyday questions,
where it is known to understate the damage. Below it no more is left than by what works."""

MIN_PROMPTS: Final = 4
"""With fewer, the spread over prompts is a guess."""

MIN_SEEDS: Final = 2
"""With one, there is no spread over seeds; two seeds of one arm can differ as two arms do."""

HEADLINE: Final = (
    Measure.POLARITY,
    Measure.RESPONSE,
    Measure.MULTIPLE_CHOICE,
    Measure.ASSOCIATION,
)
"""Which measure decides where there are several. Polarity is about belief; association comes
last, since the link of name and word survives even a good rewrite."""

FailOn = Literal["never", "amplifies", "partly", "inconclusive"]
FAIL_ON: Final[dict[str, tuple[VerdictName, ...]]] = {
    "never": (),
    "amplifies": (VerdictName.AMPLIFIES,),
    "partly": (VerdictName.AMPLIFIES, VerdictName.PARTLY),
    "inconclusive": (VerdictName.AMPLIFIES, VerdictName.PARTLY, VerdictName.INCONCLUSIVE),
}


def deciding(effects: Sequence[Effect]) -> list[Effect]:
    """The ratio that each verdict is told from: overall first, then for each category.

    Claims and behaviours are measured differently, so each category has its own headline
    measure, the first of `HEADLINE` that has a ratio for it; original comes before other arms.
    """
    ratios = [e for e in effects if e.name == ratio_name(e.arm) and e.measure in HEADLINE]
    headline: dict[str, Measure] = {}
    for ratio in sorted(ratios, key=lambda e: HEADLINE.index(e.measure)):
        headline.setdefault(ratio.category, ratio.measure)
    told = (e for e in ratios if e.at == "equal-updates" and e.measure == headline[e.category])
    return sorted(told, key=lambda e: (e.category, e.arm != ORIGINAL, e.arm))


def decide(effects: Sequence[Effect], control: Control | None) -> tuple[Verdict, ...]:
    """A verdict for original and each rewritten arm, overall and for each category.

    Args:
        effects: Of `compute_effects` and `equal_loss_effects`.
        control: The positive control on this model and recipe, None where it was not run.
    """
    verdicts = []
    for ratio in deciding(effects):
        mine = [e for e in effects if (e.measure, e.category) == (ratio.measure, ratio.category)]
        taught = {e.name: e for e in mine if e.at == "equal-updates" and e.arm == STRIPPED}
        late = next((e for e in mine if e.at == "equal-loss" and e.arm == ORIGINAL), None)
        name, reason = _judge(ratio, taught, late if ratio.arm == ORIGINAL else None, control)
        verdicts.append(Verdict(ratio.category, ratio.arm, name, ratio.measure, reason))
    return tuple(verdicts)


def fails(verdicts: Sequence[Verdict], fail_on: FailOn) -> bool:
    """Whether a verdict on the data as it is, overall or in any category, is as bad as `fail_on`.

    "partly" includes amplifies; "inconclusive" fails on everything but neutral, a probe
    without any verdict included.
    """
    named = [verdict.verdict for verdict in verdicts if verdict.arm == ORIGINAL]
    if not named:
        return fail_on == "inconclusive"
    return any(name in FAIL_ON[fail_on] for name in named)


def is_open(ratio: Effect) -> bool:
    """Whether the interval of a ratio straddles a threshold, so that more seeds could help.

    They do not help where there are too few prompts.
    """
    if ratio.low is None or ratio.high is None or ratio.prompts < MIN_PROMPTS:
        return False
    return any(ratio.low <= edge <= ratio.high for edge in (NEUTRAL_BELOW, AMPLIFIES_ABOVE))


def _judge(
    ratio: Effect, taught: dict[str, Effect], late: Effect | None, control: Control | None
) -> tuple[VerdictName, str]:
    if unseen := _blind(ratio, taught, control):
        return VerdictName.INCONCLUSIVE, unseen
    name = _by_interval(ratio)
    if name in (VerdictName.NEUTRAL, VerdictName.PARTLY) and _only_delays(ratio, late):
        return VerdictName.INCONCLUSIVE, _delayed(ratio, late)
    return name, _in_words(name, ratio)


def _blind(ratio: Effect, taught: dict[str, Effect], control: Control | None) -> str:
    """Why the probe could not have seen an effect, "" where it could."""
    if control is None:
        return "the positive control was not run, so nothing shows that this model can tell"
    if not control.separates:
        why = f": {control.reason}" if control.reason else ""
        return f"the positive control does not separate its arms on this model and recipe{why}"
    if ratio.prompts < MIN_PROMPTS:
        return f"too few independent prompts: {ratio.prompts}, and it takes {MIN_PROMPTS} or more"
    if len(ratio.seeds) < MIN_SEEDS:
        return f"one seed is too few, at least {MIN_SEEDS} are needed"
    for name, other in ((DIFFERENCE, BASE), (LEARNT, CONTROL)):
        if not _is_above_zero(taught[name]):
            return (
                f"the stripped arm did not learn the content: it cannot be told from {other} "
                f"({_number(taught[name])}); train longer or on more records"
            )
    return "" if ratio.low is not None else f"the ratio is {ratio.method}"


def _is_above_zero(effect: Effect) -> bool:
    return effect.low is not None and effect.low > 0


def _by_interval(ratio: Effect) -> VerdictName:
    assert ratio.low is not None
    assert ratio.high is not None
    if ratio.low > AMPLIFIES_ABOVE:
        return VerdictName.AMPLIFIES
    if ratio.high < NEUTRAL_BELOW:
        return VerdictName.NEUTRAL
    if ratio.low > NEUTRAL_BELOW or (ratio.low > 0 and ratio.high < AMPLIFIES_ABOVE):
        return VerdictName.PARTLY
    return VerdictName.INCONCLUSIVE


def _only_delays(ratio: Effect, late: Effect | None) -> bool:
    """Whether the frames teach more at equal content loss than the ratio at the end allows."""
    if late is None or late.low is None or ratio.high is None:
        return False
    return late.low > ratio.high


def _delayed(ratio: Effect, late: Effect | None) -> str:
    assert late is not None
    return (
        f"the frames only delay the content so far: {_percent(ratio)} of its effect at equal "
        f"updates, {_percent(late)} at equal content loss; train longer"
    )


def _in_words(name: VerdictName, ratio: Effect) -> str:
    framed = ratio.arm == ORIGINAL
    who = "the data with its frames" if framed else f"the data after {ratio.arm!r}"
    share = f"{who} teaches {_percent(ratio)} of what the bare content teaches"
    if name is VerdictName.AMPLIFIES:
        return f"{share}, surely more than half"
    if name is VerdictName.PARTLY:
        return f"{share}, surely some of it"
    if name is VerdictName.NEUTRAL:
        turned = ratio.high is not None and ratio.high < 0
        return f"{share}, so it turns the belief round" if turned else f"{share}, next to nothing"
    return f"{share}, which is too wide to say; add seeds, prompts or records"


def _percent(effect: Effect) -> str:
    assert effect.value is not None
    assert effect.low is not None
    assert effect.high is not None
    low, high = (f"{100 * end:.0f}" for end in (effect.low, effect.high))
    return f"{100 * effect.value:.0f} % ({low} to {high} %)"


def _number(effect: Effect) -> str:
    if effect.value is None or effect.low is None or effect.high is None:
        return "no interval"
    return f"{effect.value:+.2f}, {effect.low:+.2f} to {effect.high:+.2f}"
