"""The files that a probe reads, hashed and counted."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from negaudit.fix.record import Target
from negaudit.probe.record import DataFile
from negaudit.read import discover

__all__ = ["data_files", "held_out_files"]


def data_files(
    paths: Sequence[str], targets: Sequence[Target], exclude: Sequence[str] = ()
) -> tuple[DataFile, ...]:
    """Files of records, those without any included, by path.

    Args:
        paths: Files, folders or hub ids.
        targets: What was read from them.
        exclude: Patterns of files in folders that are not read.
    """
    records = Counter(target.record.path for target in targets)
    framed = Counter(target.record.path for target in targets if target.exhibits)
    files = sorted(source.path for source in discover(paths, exclude=exclude))
    return tuple(DataFile(path, _hash(path), records[path], framed[path]) for path in files)


def held_out_files(records: Mapping[str, int]) -> tuple[DataFile, ...]:
    """Files of held-out prompts, by the number of their records."""
    return tuple(DataFile(path, _hash(path), number, 0) for path, number in records.items())


def _hash(path: str) -> str:
    """SHA-256 of a file; of nothing for what is no file, such as a hub id."""
    file = Path(path)
    if not file.is_file():
        return ""
    with file.open("rb") as data:
        return hashlib.file_digest(data, "sha256").hexdigest()
