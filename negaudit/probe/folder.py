"""The folder that a probe writes to."""

from __future__ import annotations

import re
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Final

from negaudit.errors import UsageError
from negaudit.probe.record import Results

__all__ = [
    "ADAPTERS",
    "CHECKPOINTS",
    "RESULTS",
    "adapter_name",
    "checkpoint_name",
    "clear_adapters",
    "clear_checkpoints",
    "make_folder",
]

RESULTS: Final = "results.json"
CHECKPOINTS: Final = "checkpoints"
ADAPTERS: Final = "adapters"

_CHECKPOINT: Final = re.compile(r"seed[0-9]+-[0-9a-f]{12}")


def adapter_name(arm: str, seed: int) -> str:
    """The folder of a finished adapter, in that of all."""
    return f"{arm}-seed{seed}"


def checkpoint_name(seed: int, digest: str) -> str:
    """The folder of the checkpoints of a look, by its first seed and what is asked."""
    return f"seed{seed}-{digest}"


def make_folder(out: Path) -> None:
    """Makes the folder before anything is trained that it could not take.

    Raises:
        UsageError: It cannot be made or written to.
    """
    hint = "name another folder with --out"
    if out.is_file():
        raise UsageError("is a file, not a folder", where=str(out), hint=hint)
    try:
        out.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=out):
            pass
    except OSError as error:
        message = f"cannot be written to: {error.strerror}"
        raise UsageError(message, where=str(out), hint=hint) from error


def clear_checkpoints(out: Path) -> None:
    """Takes away a probe's checkpoints, and nothing else that a user keeps beside them."""
    folder = out / CHECKPOINTS
    for kept in folder.glob("seed*"):
        if _CHECKPOINT.fullmatch(kept.name):
            shutil.rmtree(kept, ignore_errors=True)
    with suppress(OSError):  # there is none, or it holds something else
        folder.rmdir()


def clear_adapters(out: Path, earlier: Results, results: Results) -> None:
    """Takes away the adapters that an earlier probe left in the folder and this one did not make.

    Args:
        out: The folder.
        earlier: What the earlier probe found.
        results: What this one found.
    """
    left = _adapters(earlier) - _adapters(results)
    for folder in (out / ADAPTERS).iterdir():
        if folder.name in left:
            shutil.rmtree(folder, ignore_errors=True)


def _adapters(results: Results) -> set[str]:
    return {adapter_name(arm.name, seed) for arm in results.arms for seed in results.recipe.seeds}
