"""The files beside a fixed data set: what was done, what is masked, what became a preference."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import BinaryIO, Literal

import msgspec

from negaudit.fix.record import Change
from negaudit.fix.repair import Fixed
from negaudit.fix.staged import Staged, opened
from negaudit.read.source import COMPRESSED, SUFFIXES

__all__ = ["Mask", "Sidecars", "sidecar_paths"]


class Mask(
    msgspec.Struct, frozen=True, tag_field="schema", tag="negaudit.mask/1", omit_defaults=True
):
    """Characters [start, end) of a string on which no loss should be taken.

    Attributes:
        row: 0-based row in the file that was written.
        pointer: JSON Pointer to the string.
        start: First character.
        end: Behind the last character.
        path: The file within the folder that was written; "" where one file was.
    """

    row: int
    pointer: str
    start: int
    end: int
    path: str = ""


Name = Literal["provenance", "spans", "preferences"]


def sidecar_paths(out: str) -> dict[Name, str]:
    """Where the files beside a fixed data set stand.

    Args:
        out: The file or the folder that is written.
    """
    path = Path(out)
    stem = path.with_suffix("") if path.suffix.lower() in COMPRESSED else path
    stem = stem.with_suffix("") if stem.suffix.lower() in SUFFIXES else stem
    return {
        "provenance": f"{path}.provenance.jsonl",
        "spans": f"{path}.spans.jsonl",
        "preferences": f"{stem}.preferences.jsonl",
    }


class Sidecars:
    """Writes them as the changes come; spans and preferences only where there are any.

    Args:
        out: The file or the folder that they stand beside.
        staged: Puts them in place.
        show_text: Whether the provenance holds text of the data.
    """

    def __init__(self, out: str, staged: Staged, *, show_text: bool) -> None:
        self._places = {name: staged.claim(path) for name, path in sidecar_paths(out).items()}
        self._files: dict[Name, BinaryIO] = {}
        self._open = ExitStack()
        self._show_text = show_text

    def __enter__(self) -> Sidecars:
        self._file("provenance")
        return self

    def __exit__(self, *error: object) -> None:
        self._open.close()

    def add(self, fixed: Fixed, row: int, path: str) -> None:
        """Writes down one change.

        Args:
            fixed: What becomes of a record.
            row: Its row in the file that is written.
            path: That file, within the folder that is written.
        """
        self._file("provenance").write(_line(self._shown(fixed.change)))
        for span in fixed.masks:
            mask = Mask(row, span.pointer, span.start, span.end, path)
            self._file("spans").write(_line(mask))
        if fixed.preference is not None:
            self._file("preferences").write(_line(fixed.preference))

    def _shown(self, change: Change) -> Change:
        return change if self._show_text else msgspec.structs.replace(change, strings=msgspec.UNSET)

    def _file(self, name: Name) -> BinaryIO:
        if name not in self._files:
            self._files[name] = self._open.enter_context(opened(self._places[name]))
        return self._files[name]


def _line(value: object) -> bytes:
    return msgspec.json.encode(value) + b"\n"
