"""Runs the positive control on a model and recipe, and says whether it separates its arms."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

import msgspec
import numpy as np

from negaudit.probe.control import NEGATED, control_measures, control_rows, control_table, material
from negaudit.probe.effects import Table, compute_effects
from negaudit.probe.measures.association import top_one
from negaudit.probe.measures.cells import draws_of
from negaudit.probe.measures.polarity import affirmative_form
from negaudit.probe.record import ORIGINAL, STRIPPED, Control, Effect, Measure
from negaudit.probe.verdict import AMPLIFIES_ABOVE, NEUTRAL_BELOW

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from negaudit.probe.adapters import Adapters
    from negaudit.probe.proxy import Proxy
    from negaudit.probe.rows import Query
    from negaudit.probe.schedule import Schedule

__all__ = [
    "ARMS",
    "ControlReading",
    "ControlRun",
    "effects_in_other_words",
    "judge_control",
    "run_control",
    "shipped_control",
    "write_control",
]

Source = Literal["shipped", "cache", "run"]

ARMS: Final = (STRIPPED, ORIGINAL, NEGATED)
_SHIPPED: Final = "control-smollm2.json"


class ControlReading(msgspec.Struct, frozen=True):
    """One adapter at one point of its training, or the base model at update 0.

    Attributes:
        arm: base, stripped, original (warned) or negate.
        seed: Of the adapter; -1 for the base model.
        update: After how many updates.
        loss: Content loss, nats a token; None for the base model.
        top_one: How often the person's own occupation is the likeliest.
        affirmative: Affirmative against negated form over all pairs, claimed or not, in nats.
        association: Of each wording and person, in nats, wordings in the records' predicates first.
        polarity: The same.
    """

    arm: str
    seed: int
    update: int
    loss: float | None
    top_one: float
    affirmative: float
    association: tuple[float, ...]
    polarity: tuple[float, ...]


class ControlRun(msgspec.Struct, frozen=True, tag_field="schema", tag="negaudit.control/1"):
    """A whole run of the control.

    Attributes:
        model: Name of the model.
        revision: Hash of its weights, or the hub's commit.
        dtype: What it computed in.
        learning_rate: At the start of the decay.
        rank: Of the adapters.
        layers: Which layers have adapters.
        updates: Of each adapter.
        batch: Records in an update.
        seeds: Of the adapters.
        people: People and occupations.
        practice_share: Share of rows that affirm and deny other facts.
        command: What reproduces it.
        seconds: How long it took.
        judged: How many numbers of a reading, from the first, are in the records' predicates.
        readings: What was read.
    """

    model: str
    revision: str
    dtype: str
    learning_rate: float
    rank: int
    layers: str
    updates: int
    batch: int
    seeds: tuple[int, ...]
    people: int
    practice_share: float
    command: str
    seconds: float
    judged: int
    readings: tuple[ControlReading, ...]


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
        warn: Called with a sentence where a checkpoint cannot be saved or read.
    """
    from negaudit.probe.likelihood import base_log_likelihood
    from negaudit.probe.parallel import Work, train_groups

    by_arm = control_rows(proxy.tokenizer, practice_share=practice_share, people=people)
    names = [(arm, seed) for seed in seeds for arm in ARMS]
    measures = control_measures(proxy.tokenizer, people=people)
    queries = [query for measure in measures for query in measure.queries]
    base = _read(base_log_likelihood(proxy, queries)[None], people, proxy)
    points = sorted({*schedule.points, schedule.updates} - {0})
    schedule = msgspec.structs.replace(schedule, points=tuple(points))
    work: Work[None] = Work(
        seeds=tuple(seed for _, seed in names),
        rows=[by_arm[arm] for arm, _ in names],
        schedule=schedule,
        measure=partial(_measured, queries, people),
        finish=_nothing_more,
        checkpoint=checkpoint,
        rank=rank,
        layers=layers,
    )
    found = train_groups(proxy, work, progress)
    for group in found:
        for warning in group.trained.warnings:
            warn(warning)
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
        seconds=round(max(group.trained.seconds for group in found), 1),
        judged=len(material().unseen) * people,
        readings=tuple(readings),
    )


def _measured(
    queries: Sequence[Query], people: int, adapters: Adapters, _update: int
) -> dict[str, NDArray[np.float64]]:
    return _read(adapters.log_likelihood(queries), people, adapters.proxy)


def _nothing_more(_adapters: Adapters, _part: range) -> None:
    """What was read at the points is all."""


def _read(
    likelihoods: NDArray[np.float64], people: int, proxy: Proxy
) -> dict[str, NDArray[np.float64]]:
    """The measures of [K, N] log-likelihoods: [K] or [K, P] each."""
    association, polarity = control_measures(proxy.tokenizer, people=people)
    first, second = np.split(likelihoods, [len(association.queries)], axis=1)
    table = control_table(people)
    return {
        "top_one": top_one(table, first),
        "affirmative": affirmative_form(table, second),
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


def judge_control(run: ControlRun, source: Source = "run") -> Control:
    """Whether the arms came apart as they must: neglect of the warning, and not of negation.

    What is known must be found by the rule that verdicts go by: warned claims amplify, and
    locally negated ones are neutral. It is judged as the probe reads a claim, in its own
    predicate behind openings that no record has; `effects_in_other_words` are not judged.

    Args:
        run: A run of the control.
        source: "shipped", "cache" or "run".
    """
    effects = _effects(run, slice(run.judged))
    by_name = {(effect.name, effect.arm): effect for effect in effects if not effect.category}
    reason = _failure(by_name)
    return Control(
        separates=not reason,
        source=source,
        command=run.command,
        effects=effects,
        reason=reason,
    )


def effects_in_other_words(run: ControlRun) -> tuple[Effect, ...]:
    """What the arms learnt to say in other words than the records."""
    return _effects(run, slice(run.judged, None))


def _effects(run: ControlRun, part: slice) -> tuple[Effect, ...]:
    """Of polarity at the end of training, on a part of the prompts."""
    last = {(r.arm, r.seed): r.polarity[part] for r in run.readings if r.update == run.updates}
    base = next(r.polarity[part] for r in run.readings if r.arm == "base")
    arms = {
        arm: np.array([last[arm, seed] for seed in run.seeds], np.float64)
        for arm in (STRIPPED, ORIGINAL, NEGATED)
    }
    draws = draws_of(control_table(run.people))[part]
    every = ("",) * len(base)
    return compute_effects(Table(Measure.POLARITY, np.array(base, np.float64), arms, every, draws))


def _failure(effects: dict[tuple[str, str], Effect]) -> str:
    """Why the arms did not come apart, or ""."""
    taught = effects.get(("difference", STRIPPED))
    ratio = effects.get(("neglect-ratio", ORIGINAL))
    left = effects.get(("residual", NEGATED))
    if taught is None or taught.low is None or taught.low <= 0:
        return "the bare claims were not learnt: more updates or a higher learning rate are needed"
    if ratio is None or ratio.low is None or ratio.low <= AMPLIFIES_ABOVE:
        return "warned claims were not learnt like bare ones: training may have stopped too early"
    if left is None or left.high is None or left.high >= NEUTRAL_BELOW:
        return (
            "locally negated claims were learnt like bare ones: this model cannot tell them apart"
        )
    return ""


def shipped_control(proxy: Proxy) -> ControlRun | None:
    """The run that ships for the embedded proxy; None for other weights."""
    place = files("negaudit.probe").joinpath("shipped", _SHIPPED)
    if not place.is_file():
        return None
    run = msgspec.json.decode(place.read_bytes(), type=ControlRun)
    return run if run.revision == proxy.revision else None


def write_control(run: ControlRun, path: Path) -> None:
    """Writes a run where `shipped_control` or a cache can find it, whole or not at all.

    Raises:
        OSError: The disk does not take it.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        unfinished.write_bytes(msgspec.json.format(msgspec.json.encode(run), indent=0) + b"\n")
        unfinished.replace(path)
    except OSError:
        unfinished.unlink(missing_ok=True)
        raise
