"""Reads the spans sidecar: characters of a fixed file that no loss should be taken on."""

from __future__ import annotations

import os
from collections import defaultdict
from pathlib import Path

import msgspec

from negaudit.errors import InputError
from negaudit.fix.sidecars import Mask
from negaudit.records import Span

__all__ = ["read_masks"]


def read_masks(path: str | os.PathLike[str], *, file: str = "") -> dict[int, tuple[Span, ...]]:
    """Reads a spans sidecar.

    Args:
        path: The sidecar that `negaudit fix` wrote beside the data.
        file: Where a folder was fixed, the file within it that is asked for.

    Returns:
        For each row of the fixed file that has any, its masked spans.

    Raises:
        InputError: The sidecar cannot be read, or is none.
    """
    rows: dict[int, list[Span]] = defaultdict(list)
    decoder = msgspec.json.Decoder(Mask)
    hint = "give the .spans.jsonl file that negaudit fix wrote"
    try:
        lines = Path(path).read_bytes().splitlines()
    except OSError as error:
        raise InputError(error.strerror or str(error), where=os.fspath(path)) from error
    for number, line in enumerate(lines, 1):
        try:
            mask = decoder.decode(line)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            where = f"{os.fspath(path)}:{number}"
            raise InputError(f"this is no mask: {error}", where=where, hint=hint) from error
        if mask.path == file:
            rows[mask.row].append(Span(mask.pointer, mask.start, mask.end))
    return {row: tuple(sorted(spans)) for row, spans in rows.items()}
