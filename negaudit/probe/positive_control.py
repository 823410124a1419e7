"""Finds the positive control for a model and recipe, and runs it where there is none yet."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from negaudit.cache import cache_folder
from negaudit.probe.control import control_rows, material
from negaudit.probe.control_record import ControlRun, shipped_controls, write_control
from negaudit.probe.control_run import ARMS, run_control
from negaudit.probe.control_verdict import judge_control
from negaudit.probe.parallel import estimate_seconds
from negaudit.probe.practice import practice

if TYPE_CHECKING:
    from negaudit.probe.options import Preset
    from negaudit.probe.proxy import Proxy
    from negaudit.probe.record import Control
    from negaudit.probe.schedule import Schedule

__all__ = ["control_seconds", "known_control", "positive_control"]

SEEDS = (0, 1, 2)


def positive_control(
    proxy: Proxy,
    schedule: Schedule,
    recipe: Preset,
    *,
    progress: Callable[[int, int], None],
    warn: Callable[[str], None],
) -> Control:
    """What the positive control shows on this model and recipe.

    It is what `known_control` finds, else it is run now and kept. A run that was killed goes on
    from its last checkpoint.

    Args:
        proxy: The model.
        schedule: How the arms are trained.
        recipe: Rank of the adapters, and how much practice is mixed in.
        progress: Called with updates done and in all, where it is run.
        warn: Called with a sentence where a run cannot be kept.
    """
    known = known_control(proxy, schedule, recipe)
    if known is not None:
        return known
    path = _cached_path(proxy, schedule, recipe)
    checkpoint = path.with_suffix("")
    run = run_control(
        proxy,
        msgspec.structs.replace(schedule, points=()),
        SEEDS,
        rank=recipe.rank,
        practice_share=recipe.practice_share,
        command="negaudit probe",
        checkpoint=checkpoint,
        progress=progress,
        warn=warn,
    )
    try:
        write_control(run, path)
    except OSError as error:
        warn(f"{path}: the positive control cannot be kept for the next probe ({error.strerror})")
    shutil.rmtree(checkpoint, ignore_errors=True)
    return judge_control(run, "run")


def known_control(proxy: Proxy, schedule: Schedule, recipe: Preset) -> Control | None:
    """What a run of the control has shown before, None where it has to be run.

    A run with the same learning rate, rank and practice that took no more updates than this
    recipe does, and no larger ones, speaks for it: more training does not undo what less has
    shown. The nearest run that ships is taken, else one from the user's cache.
    """
    fitting = [run for run in shipped_controls(proxy) if _fits(run, schedule, recipe)]
    if fitting:
        return judge_control(max(fitting, key=lambda run: run.batch), "shipped")
    kept = _read(_cached_path(proxy, schedule, recipe))
    return None if kept is None else judge_control(kept, "cache")


def control_seconds(proxy: Proxy, schedule: Schedule, recipe: Preset) -> float:
    """How long the control's training will take, from a few measured updates."""
    rows = control_rows(proxy.tokenizer, practice_share=recipe.practice_share)
    adapters = [rows[arm] for _ in SEEDS for arm in ARMS]
    return estimate_seconds(proxy, adapters, schedule, rank=recipe.rank)


def _fits(run: ControlRun, schedule: Schedule, recipe: Preset) -> bool:
    mine = (run.learning_rate, run.rank, run.practice_share)
    wanted = (schedule.learning_rate, recipe.rank, recipe.practice_share)
    return mine == wanted and run.updates <= schedule.updates and run.batch <= schedule.batch


def _cached_path(proxy: Proxy, schedule: Schedule, recipe: Preset) -> Path:
    model = (proxy.revision, proxy.name, str(proxy.dtype))
    trained = (schedule.learning_rate, schedule.updates, schedule.batch)
    texts = (material(), practice())  # those of another version are another control
    mine = (*model, *trained, recipe.rank, recipe.practice_share, texts)
    key = hashlib.sha256(repr(mine).encode()).hexdigest()[:24]
    return cache_folder("control") / f"{key}.json"


def _read(path: Path) -> ControlRun | None:
    """A kept run; one that cannot be read is run again."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=ControlRun)
    except (OSError, msgspec.DecodeError):
        return None
