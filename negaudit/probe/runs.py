"""Trains the arms, group by group, and reads all measures along the way."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from negaudit.errors import UsageError
from negaudit.probe.adapters import Adapters
from negaudit.probe.export import export_adapter
from negaudit.probe.folder import ADAPTERS, CHECKPOINTS, adapter_name, checkpoint_name
from negaudit.probe.likelihood import base_log_likelihood
from negaudit.probe.parallel import Work, train_groups
from negaudit.probe.replies import write_replies
from negaudit.probe.trained import Trained

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from negaudit.probe.arm_rows import ArmRows
    from negaudit.probe.heldout import HeldOutItem
    from negaudit.probe.measures.readout import Readout
    from negaudit.probe.options import Preset
    from negaudit.probe.proxy import Proxy
    from negaudit.probe.schedule import Schedule

    Floats = NDArray[np.float64]

__all__ = ["ArmRun", "Reader", "TrainedArms", "train_arms"]


class ArmRun(NamedTuple):
    """One arm of one seed, trained.

    Attributes:
        arm: Its name.
        seed: Its seed.
        updates: At which it was read, ascending, from 0 [U].
        losses: Its content loss there, nats per content token [U].
        values: What every readout gave there, [U, P] each.
        replies: What it wrote to each question.
        stopped: The update at which its loss was no longer a number, or None.
    """

    arm: str
    seed: int
    updates: Floats
    losses: Floats
    values: tuple[Floats, ...]
    replies: tuple[str, ...]
    stopped: int | None

    @property
    def has_content(self) -> bool:
        """Whether it was trained on any content; a remedy may have left all of it out."""
        return self.stopped is not None or not bool(np.isnan(self.losses).all())


class TrainedArms(NamedTuple):
    """What came of training.

    Attributes:
        runs: One for each arm and seed.
        tokens: Tokens that they were trained on.
        warnings: What went wrong without stopping the training.
    """

    runs: tuple[ArmRun, ...]
    tokens: int
    warnings: tuple[str, ...]


class Reader:
    """Reads several readouts in one pass over their queries.

    Args:
        readouts: What to read.

    Attributes:
        readouts: What is read.
        queries: Of all readouts, one after the other.
    """

    def __init__(self, readouts: Sequence[Readout]) -> None:
        self.readouts = tuple(readouts)
        self.queries = [query for readout in readouts for query in readout.queries]
        self._ends = np.cumsum([len(readout.queries) for readout in readouts])[:-1]
        self._base: Floats | None = None

    @property
    def digest(self) -> str:
        """Names what is asked: readings of other questions are no part of the same run."""
        asked = [(readout.measure.value, readout.prompts) for readout in self.readouts]
        return sha256(repr(asked).encode("utf-8", "surrogatepass")).hexdigest()[:12]

    def of_base(self, proxy: Proxy) -> tuple[Floats, ...]:
        """What the untrained model gives, [P] for each readout."""
        return tuple(values[0] for values in self._values(self._untrained(proxy)))

    def of_adapters(self, adapters: Adapters, update: int) -> Mapping[str, Floats]:
        """What every adapter gives, [K, P] for each readout, by its number.

        Before the first update an adapter changes nothing, and what the untrained model gives
        is not read again.
        """
        likelihoods = (
            adapters.log_likelihood(self.queries)
            if update
            else np.repeat(self._untrained(adapters.proxy), len(adapters), 0)
        )
        return {str(number): part for number, part in enumerate(self._values(likelihoods))}

    def _untrained(self, proxy: Proxy) -> Floats:
        if self._base is None:
            self._base = base_log_likelihood(proxy, self.queries)[None]
        return self._base

    def _values(self, likelihoods: Floats) -> list[Floats]:
        parts = np.split(likelihoods, self._ends, axis=1)
        return [r.values(part) for r, part in zip(self.readouts, parts, strict=True)]


def train_arms(  # noqa: PLR0913 - what to train, on what, how, and where to keep it
    proxy: Proxy,
    arms: Sequence[ArmRows],
    seeds: Sequence[int],
    schedule: Schedule,
    recipe: Preset,
    *,
    reader: Reader,
    questions: Sequence[HeldOutItem],
    folder: Path,
    progress: Callable[[int, int], None],
) -> TrainedArms:
    """Trains every arm with every seed.

    Args:
        proxy: The frozen model.
        arms: Their training rows.
        seeds: One adapter of each arm for each of them.
        schedule: How to train, and when to read.
        recipe: Rank and alpha.
        reader: What to read.
        questions: What every adapter answers in its own words.
        folder: Checkpoints and finished adapters are kept in it.
        progress: Called with updates done and in all, over all groups.

    Raises:
        UsageError: The arms hold nothing to learn, the disk does not take the adapters, or a
            checkpoint was read with other questions.
    """
    names = [(arm, seed) for seed in seeds for arm in arms]
    folders = [adapter_name(arm.arm.name, seed) for arm, seed in names]
    work: Work[list[list[str]]] = Work(
        seeds=tuple(seed for _, seed in names),
        rows=[arm.rows for arm, _ in names],
        schedule=schedule,
        measure=reader.of_adapters,
        finish=partial(_finish, folders, tuple(questions), folder / ADAPTERS),
        checkpoint=_checkpoint(folder / CHECKPOINTS, seeds[0], reader.digest),
        rank=recipe.rank,
        alpha=recipe.alpha,
    )
    found = train_groups(proxy, work, progress)
    runs = [
        _run(*names[place], at, group.trained, group.found[at])
        for group in found
        for at, place in enumerate(group.part)
    ]
    return TrainedArms(
        tuple(runs),
        sum(group.trained.tokens for group in found),
        tuple(warning for group in found for warning in group.trained.warnings),
    )


def _checkpoint(folder: Path, seed: int, digest: str) -> Path:
    mine = folder / checkpoint_name(seed, digest)
    for other in folder.glob(checkpoint_name(seed, "*")):
        if other != mine:
            message = "the checkpoint was read with other held-out questions"
            hint = "name another folder, or run again without --resume"
            raise UsageError(message, where=str(other), hint=hint)
    return mine


def _finish(
    names: Sequence[str],
    questions: Sequence[HeldOutItem],
    folder: Path,
    adapters: Adapters,
    part: range,
) -> list[list[str]]:
    """Lets a group of adapters answer the questions, and keeps them in folders by their names."""
    replies = write_replies(adapters, adapters.proxy.tokenizer, questions)
    for at, place in enumerate(part):
        _export(adapters, at, folder / names[place])
    return replies


def _export(adapters: Adapters, at: int, folder: Path) -> None:
    from safetensors import SafetensorError

    try:
        export_adapter(adapters, at, folder)
    except (OSError, SafetensorError) as error:
        reason = getattr(error, "strerror", None) or error
        hint = "free space there and go on with --resume, or name another folder with --out"
        message = f"the adapter cannot be written: {reason}"
        raise UsageError(message, where=str(folder), hint=hint) from error


def _run(arm: ArmRows, seed: int, at: int, trained: Trained, replies: Sequence[str]) -> ArmRun:
    points = trained.points
    return ArmRun(
        arm.arm.name,
        seed,
        np.array([point.update for point in points], np.float64),
        # Adapters begin as the identity: the first step's loss is that of the base model.
        np.array([trained.content_loss(point.update)[at] for point in points], np.float64),
        tuple(
            np.stack([np.asarray(point.values[name][at], np.float64) for point in points])
            for name in sorted(points[0].values, key=int)
        ),
        tuple(replies),
        trained.stopped.get(at),
    )
