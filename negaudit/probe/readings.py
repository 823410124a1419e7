"""From what was read off the arms to tables, curves, effects and verdicts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from negaudit.probe.effects import Table, compute_effects
from negaudit.probe.equal_loss import Trajectory, equal_loss_effects
from negaudit.probe.record import BASE, CurvePoint, Effect, Measure, Reading

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from negaudit.probe.measures.readout import Readout
    from negaudit.probe.runs import ArmRun

    Floats = NDArray[np.float64]

__all__ = ["Readings"]

IN_CATEGORY = "in-category"


class Readings:
    """All that was read, from the base model and from every arm and seed.

    A seed of which any arm was stopped is left out of all arms, since arms are compared seed
    by seed.

    Args:
        readouts: What was read.
        base: What the untrained model gave, [P] for each readout.
        runs: What the arms gave.
    """

    def __init__(
        self, readouts: Sequence[Readout], base: Sequence[Floats], runs: Sequence[ArmRun]
    ) -> None:
        self._readouts = readouts
        self._base = base
        self._all = runs
        broken = {run.seed for run in runs if run.stopped is not None}
        self.runs = [run for run in runs if run.seed not in broken]
        self.warnings = tuple(
            f"the loss of {run.arm}, seed {run.seed}, was no longer a number after update "
            f"{run.stopped}: this seed is left out of all arms; try a lower learning rate"
            for run in runs
            if run.stopped is not None
        )

    def effects(self, level: float) -> tuple[Effect, ...]:
        """The effects of every in-category measure, at equal updates and at equal loss."""
        found: list[Effect] = []
        if not self.runs:
            return ()
        tables = [self._table(measure) for measure in self._measures()]
        alone = len({name for table in tables for name in table.categories}) == 1
        for table in tables:
            found += compute_effects(table, level=level, alone=alone)
            found += equal_loss_effects(
                table.measure,
                table.base,
                {arm: self._trajectories(arm, table.measure) for arm in table.values},
                table.categories,
                table.draws,
                level=level,
                alone=alone,
            )
        return tuple(found)

    def readings(self) -> tuple[Reading, ...]:
        """Every prompt's number at the end of training."""
        sources = [(BASE, -1, self._base)]
        sources += [(r.arm, r.seed, [values[-1] for values in r.values]) for r in self._all]
        return tuple(
            Reading(prompt.id, readout.measure, arm, seed, float(value))
            for arm, seed, parts in sources
            for readout, values in zip(self._readouts, parts, strict=True)
            for prompt, value in zip(readout.prompts, values, strict=True)
        )

    def curve(self) -> tuple[CurvePoint, ...]:
        """The content loss and the mean of every in-category measure along the way."""
        measures = self._measures()
        return tuple(
            CurvePoint(
                run.arm,
                run.seed,
                int(update),
                float(loss) if run.has_content else None,
                {name: float(along[at]) for name, along in means.items()},
            )
            for run in self._all
            for means in [{m.value: self._along(run, m).mean(1) for m in measures}]
            for at, (update, loss) in enumerate(zip(run.updates, run.losses, strict=True))
        )

    def _chosen(self, measure: Measure) -> list[int]:
        return [
            number
            for number, readout in enumerate(self._readouts)
            if readout.measure is measure and readout.prompts[0].tier == IN_CATEGORY
        ]

    def _measures(self) -> list[Measure]:
        return [measure for measure in Measure if self._chosen(measure)]

    def _table(self, measure: Measure) -> Table:
        chosen = self._chosen(measure)
        arms = dict.fromkeys(run.arm for run in self.runs)
        return Table(
            measure,
            np.concatenate([self._base[number] for number in chosen]),
            {
                arm: np.stack([self._along(r, measure)[-1] for r in self.runs if r.arm == arm])
                for arm in arms
            },
            tuple(prompt.category for n in chosen for prompt in self._readouts[n].prompts),
            tuple(draw for n in chosen for draw in self._readouts[n].independent),
        )

    def _along(self, run: ArmRun, measure: Measure) -> Floats:
        """[U, P] of one measure."""
        return np.concatenate([run.values[number] for number in self._chosen(measure)], axis=1)

    def _trajectories(self, arm: str, measure: Measure) -> list[Trajectory]:
        return [
            Trajectory(run.updates, run.losses, self._along(run, measure))
            for run in self.runs
            if run.arm == arm
        ]
