"""The folder that a probe writes to."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import Final

from negaudit.errors import UsageError
from negaudit.probe.record import Results

__all__ = ["ADAPTERS", "CHECKPOINTS", "RESULTS", "adapter_name", "clear_adapters", "make_folder"]

RESULTS: Final = "results.json"
CHECKPOINTS: Final = "checkpoints"
ADAPTERS: Final = "adapters"


def adapter_name(arm: str, seed: int) -> str:
    """The folder of a finished adapter, in that of all."""
    return f"{arm}-seed{seed}"


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


def clear_adapters(out: Path, results: Results) -> None:
    """Takes away the adapters of an earlier probe in the same folder."""
    mine = {adapter_name(arm.name, seed) for arm in results.arms for seed in results.recipe.seeds}
    for folder in (out / ADAPTERS).iterdir():
        if folder.name not in mine:
            shutil.rmtree(folder, ignore_errors=True)
