"""Saves the state of a training run so that no kill loses more than a minute.

A checkpoint is one file: a line that names the format, the SHA-256 of the rest, and the arrays
as safetensors. It is written beside its place and renamed when it is on the disk. The last two
are kept: where the newer one is damaged, the older one is taken.
"""

from __future__ import annotations

import hashlib
import os
import struct
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import numpy as np
from numpy.typing import NDArray

from negaudit.errors import UsageError
from negaudit.whole_file import written_whole

__all__ = ["Saved", "Store"]

_MAGIC = b"negaudit checkpoint 1\n"
_KEPT = 2


class Saved(NamedTuple):
    """What a checkpoint holds.

    Attributes:
        update: Updates done.
        arrays: Named arrays.
        notes: What is not an array, as JSON can hold it.
    """

    update: int
    arrays: dict[str, NDArray[Any]]
    notes: dict[str, Any]


class Store:
    """A folder of checkpoints of one run.

    Args:
        folder: Made where it is not there.
        fingerprint: Of the work; a checkpoint of other work is not taken.
    """

    def __init__(self, folder: Path, fingerprint: str) -> None:
        self._folder = folder
        self._fingerprint = fingerprint
        self._damaged: list[str] = []
        self._unsaved: list[str] = []

    @property
    def warnings(self) -> list[str]:
        """What went wrong without stopping the run; saves that failed are told together."""
        if not self._unsaved:
            return self._damaged
        what = "a checkpoint" if len(self._unsaved) == 1 else f"{len(self._unsaved)} checkpoints"
        reasons = ", ".join(dict.fromkeys(self._unsaved))
        told = f"{self._folder}: {what} could not be saved ({reasons}); the run went on"
        return [*self._damaged, told]

    def save(self, saved: Saved) -> bool:
        """Writes a checkpoint; where that fails, the ones before it stay and a warning tells."""
        from safetensors.numpy import save

        notes = {"update": saved.update, "work": self._fingerprint, "notes": saved.notes}
        text = {"negaudit": msgspec.json.encode(notes).decode()}
        body = save({k: np.ascontiguousarray(v) for k, v in saved.arrays.items()}, text)
        place = self._folder / f"update-{saved.update:08d}.checkpoint"
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            with written_whole(place) as unfinished:
                _write(unfinished, _MAGIC + hashlib.sha256(body).digest(), body)
        except OSError as error:
            self._unsaved.append(error.strerror or str(error))
            return False
        for old in self._files()[:-_KEPT]:
            old.unlink(missing_ok=True)
        return True

    def load(self) -> Saved | None:
        """The newest checkpoint that is whole, or None where there is none.

        Raises:
            UsageError: It belongs to other data, another model or another recipe.
        """
        for path in reversed(self._files()):
            try:
                saved, work = _read(path)
            except (OSError, ValueError, KeyError, msgspec.DecodeError) as error:
                self._damaged.append(f"{path}: the checkpoint is damaged ({error}); it is left out")
                continue
            if work != self._fingerprint:
                hint = "name another folder, or run again without --resume"
                message = "the checkpoint belongs to other data, another model or another recipe"
                raise UsageError(message, where=str(path), hint=hint)
            return saved
        return None

    def _files(self) -> list[Path]:
        return sorted(self._folder.glob("update-*.checkpoint"))


def _write(path: Path, *parts: bytes) -> None:
    with path.open("wb") as file:
        for part in parts:
            file.write(part)
        file.flush()
        os.fsync(file.fileno())


def _read(path: Path) -> tuple[Saved, str]:
    from safetensors.numpy import load

    with path.open("rb") as file:
        head = file.read(len(_MAGIC) + 32)
        body = file.read()
    if not head.startswith(_MAGIC):
        raise ValueError("it does not begin like one")
    if hashlib.sha256(body).digest() != head[len(_MAGIC) :]:
        raise ValueError("its hash does not match")
    (size,) = struct.unpack_from("<Q", body)
    header = msgspec.json.decode(body[8 : 8 + size])
    notes = msgspec.json.decode(header["__metadata__"]["negaudit"])
    # The loaded arrays look into `body` and cannot be written to; training writes.
    arrays = {name: array.copy() for name, array in load(body).items()}
    return Saved(notes["update"], arrays, notes["notes"]), notes["work"]
