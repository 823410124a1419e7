"""Remembers what each phase of an audit was made from, so that only what changed is redone."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

import msgspec

from negaudit.errors import UsageError
from negaudit.version import VERSION
from negaudit.whole_file import written_whole

__all__ = ["State", "digest", "write_whole"]

STATE: Final = "state.json"


class State:
    """Keys of the phases that are done, in a folder.

    A key is a hash of all that a phase depends on. A state that cannot be read counts as none:
    everything is done again.

    Args:
        folder: The audit's folder.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / STATE
        try:
            self._keys = msgspec.json.decode(self._path.read_bytes(), type=dict[str, str])
        except (OSError, msgspec.DecodeError):
            self._keys = {}

    def is_done(self, phase: str, key: str, outputs: Iterable[Path]) -> bool:
        """Whether a phase was done from the same, and all that it wrote is still there."""
        return self._keys.get(phase) == key and all(path.exists() for path in outputs)

    def began(self, phase: str, key: str) -> bool:
        """Whether a phase was begun from the same and not finished."""
        return self._keys.get(f"{phase} begun") == key

    def begin(self, phase: str, key: str) -> None:
        """Notes that a phase begins; what it was before counts no more."""
        self._keys.pop(phase, None)
        self._keys[f"{phase} begun"] = key
        self._save()

    def finish(self, phase: str, key: str) -> None:
        """Notes that a phase is done."""
        self._keys.pop(f"{phase} begun", None)
        self._keys[phase] = key
        self._save()

    def _save(self) -> None:
        write_whole(self._path, msgspec.json.encode(self._keys, order="sorted") + b"\n")


def digest(paths: Iterable[str | Path], *given: object) -> str:
    """SHA-256 over this version, the options and the bytes of files and folders.

    Args:
        paths: Files or folders; what is neither counts by its name.
        given: Options; records of msgspec, or anything whose `repr` tells all of it.
    """
    total = hashlib.sha256(VERSION.encode())
    for option in given:
        total.update(repr(option).encode("utf-8", "surrogatepass"))
    for path in paths:
        for file in _files(Path(path)):
            total.update(os.fsencode(file))
            if file.is_file():
                with file.open("rb") as data:
                    total.update(hashlib.file_digest(data, "sha256").digest())
    return total.hexdigest()


def _files(path: Path) -> Iterator[Path]:
    if path.is_dir():
        yield from sorted(file for file in path.rglob("*") if file.is_file())
    else:
        yield path


def write_whole(path: Path, data: bytes) -> None:
    """Writes a file that appears whole or not at all.

    Raises:
        UsageError: The folder cannot be written to.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with written_whole(path) as unfinished:
            unfinished.write_bytes(data)
    except OSError as error:
        hint = "free space there, or name another folder with --out"
        reason = f"cannot be written: {error.strerror}"
        raise UsageError(reason, where=str(path), hint=hint) from error
