"""What a rewritten file is called, and which records have left it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import msgspec

from negaudit.errors import InputError
from negaudit.fix.record import Change, Target
from negaudit.fix.sidecars import sidecar_paths

__all__ = ["arm_names", "records_gone"]


def arm_names(paths: Sequence[str], everything: Sequence[Target]) -> dict[str, str]:
    """What the arm of each rewritten file is called.

    It has the file's name, or that of its folder where the data or another rewritten file has
    the same name.
    """
    named = [Path(path).name for path in paths]
    taken = {Path(target.record.path).name for target in everything}
    return {
        path: Path(path).resolve().parent.name if name in taken or named.count(name) > 1 else name
        for path, name in zip(paths, named, strict=True)
    }


def records_gone(path: str, everything: Sequence[Target]) -> list[tuple[str, int]]:
    """What a provenance beside a rewritten file says to have left it.

    The fix may have been run elsewhere: a path that the data does not have stands for the file
    of its name.
    """
    sidecar = Path(sidecar_paths(path)["provenance"])
    if not sidecar.is_file():
        return []
    lines = sidecar.read_bytes().splitlines()
    try:
        changes = [msgspec.json.decode(line, type=Change) for line in lines if line.strip()]
    except msgspec.DecodeError as error:
        hint = "write it again with `negaudit fix`, or move it away"
        where = str(sidecar)
        raise InputError(f"is no provenance of a fix: {error}", where=where, hint=hint) from error
    known = dict.fromkeys(target.record.path for target in everything)
    names = {Path(one).name: one for one in known}
    return [
        (c.path if c.path in known else names.get(Path(c.path).name, c.path), c.row)
        for c in changes
        if c.applied and c.outcome in {"dropped", "moved"}
    ]
