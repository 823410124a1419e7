"""What a reader of a probe's results must know, each in a sentence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from negaudit.probe.arm_rows import ArmRows
from negaudit.probe.arms import ArmExamples
from negaudit.probe.equal_loss import has_levelled_off
from negaudit.probe.material import Material

if TYPE_CHECKING:
    from negaudit.probe.measures.readout import Readout
    from negaudit.probe.runs import ArmRun

__all__ = ["split_texts", "still_falling", "unasked", "untreated"]


def unasked(material: Material, measured: Sequence[Readout]) -> tuple[str, ...]:
    """Categories that are trained on, and about which nothing can be asked."""
    asked = {p.category for r in measured for p in r.prompts if p.tier == "in-category"}
    trained = Counter(material.names)
    return tuple(
        f"nothing was measured in category {name!r} ({count} framed records): no claim of it can "
        "be negated beside a control, and no question of it was held out"
        for name, count in sorted(trained.items())
        if name not in asked
    )


def still_falling(runs: Sequence[ArmRun]) -> tuple[str, ...]:
    """Arms that had not learnt what they could when training stopped."""
    falling = dict.fromkeys(
        run.arm
        for run in runs
        if run.stopped is None
        and run.has_content
        and not has_levelled_off(run.updates[1:], run.losses[1:])
    )
    if not falling:
        return ()
    return (
        f"the content loss was still falling in {', '.join(falling)}: train longer before "
        "calling anything protective",
    )


def split_texts(arms: Sequence[ArmRows]) -> tuple[str, ...]:
    """Texts that were split, since they are longer than a row."""
    split = {arm.arm.name: arm.arm.split for arm in arms if arm.arm.split}
    if not split:
        return ()
    counts = ", ".join(f"{count} in {name}" for name, count in split.items())
    return (f"texts longer than a row were split, none was cut off: {counts}",)


def untreated(arms: Sequence[ArmExamples]) -> tuple[str, ...]:
    """Remedies that left records as they are, so that what is left of the effect is theirs too."""
    return tuple(
        f"{arm.name} cannot treat {arm.untreated} of {len(arm.examples)} framed records, which "
        "stay in its arm as they are"
        for arm in arms
        if arm.untreated
    )
