"""Runs the positive control on a model and recipe."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

import msgspec
import numpy as np

from negaudit.probe.control import NEGATED, control_measures, control_rows, control_table, material
from negaudit.probe.control_record import ControlReading, ControlRun
from negaudit.probe.measures.association import top_one
from negaudit.probe.measures.polarity import affirmative_form
from negaudit.probe.record import ORIGINAL, STRIPPED

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from negaudit.probe.adapters import Adapters
    from negaudit.probe.measures.readout import Readout
    from negaudit.probe.proxy import Proxy
    from negaudit.probe.rows import Query
    from negaudit.probe.schedule import Schedule
    from negaudit.probe.tables import Table

__all__ = ["ARMS", "run_control"]

ARMS: Final = (STRIPPED, ORIGINAL, NEGATED)


def run_control(  # noqa: PLR0913 - a recipe
    proxy: Proxy,
    schedule: Schedule,
    seeds: Sequence[int],
    *,
    rank: int = 16,
    layers: str = "all",
    people: int = 16,
    practice_share: float,
    command: str = "",
    checkpoint: Path | None = None,
    progress: Callable[[int, int], None] = lambda *_: None,
    warn: Callable[[str], None] = lambda _: None,
) -> ControlRun:
    """Trains stripped, warned and negated arms on invented people, and reads them.

    Args:
        proxy: The model.
        schedule: How to train; readings are taken at its points, and the last update.
        seeds: One adapter of each arm for each of them.
        rank: Of the adapters.
        layers: Which layers have adapters.
        people: How many people and occupations, at most 16.
        practice_share: Share of rows that affirm and deny other facts.
        command: What reproduces the run.
        checkpoint: Folder to save to, and to go on from.
        progress: Called with updates done and in all.
        warn: Called with a sentence where a checkpoint cannot be saved or read, or a loss is no
            number.
    """
    from negaudit.probe.likelihood import base_log_likelihood
    from negaudit.probe.parallel import Work, nothing_more, train_groups

    by_arm = control_rows(proxy.tokenizer, practice_share=practice_share, people=people)
    names = [(arm, seed) for seed in seeds for arm in ARMS]
    asked = _Asked(control_table(people), tuple(control_measures(proxy.tokenizer, people=people)))
    base = asked.read(base_log_likelihood(proxy, asked.queries)[None])
    points = sorted({*schedule.points, schedule.updates} - {0})
    schedule = msgspec.structs.replace(schedule, points=tuple(points))
    work: Work[None] = Work(
        seeds=tuple(seed for _, seed in names),
        rows=[by_arm[arm] for arm, _ in names],
        schedule=schedule,
        measure=asked.of_adapters,
        finish=nothing_more,
        checkpoint=checkpoint,
        rank=rank,
        layers=layers,
    )
    found = train_groups(proxy, work, progress)
    for group in found:
        for warning in group.trained.warnings:
            warn(warning)
        for at, update in group.trained.stopped.items():
            arm, seed = names[group.part[at]]
            warn(
                f"the positive control's loss of {arm}, seed {seed}, was no longer a number after "
                f"update {update}; try a lower learning rate"
            )
    readings = [_reading("base", -1, 0, None, base, 0)]
    for number, update in enumerate(points):
        for group in found:
            point = group.trained.points[number]
            readings += [
                _reading(*names[place], update, float(point.losses[at]), point.values, at)
                for at, place in enumerate(group.part)
            ]
    return ControlRun(
        model=proxy.name,
        revision=proxy.revision,
        dtype=str(proxy.dtype).removeprefix("torch."),
        learning_rate=schedule.learning_rate,
        rank=rank,
        layers=layers,
        updates=schedule.updates,
        batch=schedule.batch,
        seeds=tuple(seeds),
        people=people,
        practice_share=practice_share,
        command=command,
        seconds=round(sum(group.trained.seconds for group in found), 1),
        judged=len(material().unseen) * people,
        readings=tuple(readings),
    )


class _Asked(NamedTuple):
    """What is read of every adapter: association and polarity over a table."""

    table: Table
    readouts: tuple[Readout, ...]

    @property
    def queries(self) -> list[Query]:
        return [query for readout in self.readouts for query in readout.queries]

    def of_adapters(self, adapters: Adapters, _update: int) -> dict[str, NDArray[np.float64]]:
        return self.read(adapters.log_likelihood(self.queries))

    def read(self, likelihoods: NDArray[np.float64]) -> dict[str, NDArray[np.float64]]:
        """The measures of [K, N] log-likelihoods: [K] or [K, P] each."""
        association, polarity = self.readouts
        first, second = np.split(likelihoods, [len(association.queries)], axis=1)
        return {
            "top_one": top_one(self.table, first),
            "affirmative": affirmative_form(self.table, second),
            "association": association.values(first),
            "polarity": polarity.values(second),
        }


def _reading(  # noqa: PLR0913, PLR0917 - the fields of one reading
    arm: str,
    seed: int,
    update: int,
    loss: float | None,
    values: Mapping[str, NDArray[np.float64]],
    at: int,
) -> ControlReading:
    association, polarity = (
        tuple(round(float(value), 4) for value in values[name][at])
        for name in ("association", "polarity")
    )
    top, form = (round(float(values[name][at]), 4) for name in ("top_one", "affirmative"))
    return ControlReading(arm, seed, update, loss, top, form, association, polarity)
