"""The spans sidecar: characters of a written file that no loss should be taken on."""

from __future__ import annotations

import os
from collections import defaultdict
from pathlib import Path

import msgspec

from negaudit.errors import InputError
from negaudit.records import Span

__all__ = ["Mask", "read_masks"]


class Mask(msgspec.Struct, frozen=True, tag_field="schema", tag="negaudit.mask/1"):
    """One line of the sidecar.

    Attributes:
        row: 0-based row in the file that was written.
        pointer: JSON Pointer to a string of that record.
        start: First character of the decoded string.
        end: The one after the last.
    """

    row: int
    pointer: str
    start: int
    end: int


def read_masks(path: str | os.PathLike[str]) -> dict[int, tuple[Span, ...]]:
    """Reads a spans sidecar.

    Args:
        path: The file that `negaudit fix` wrote beside the data.

    Returns:
        For each row of the data that has any, its masked spans.

    Raises:
        InputError: The file cannot be read, or is no spans sidecar.
    """
    rows: dict[int, list[Span]] = defaultdict(list)
    decoder = msgspec.json.Decoder(Mask)
    hint = "give the spans file that negaudit fix wrote"
    try:
        lines = Path(path).read_bytes().splitlines()
    except OSError as error:
        raise InputError(error.strerror or str(error), where=os.fspath(path)) from error
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            mask = decoder.decode(line)
        except msgspec.DecodeError as error:
            where = f"{os.fspath(path)}:{number}"
            raise InputError(f"no mask: {error}", where=where, hint=hint) from error
        rows[mask.row].append(Span(mask.pointer, mask.start, mask.end))
    return {row: tuple(sorted(spans)) for row, spans in rows.items()}
