"""Where output goes: standard output, or a file that appears whole or not at all."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path
from typing import TextIO

from negaudit.errors import UsageError
from negaudit.whole_file import written_whole

__all__ = ["open_sink"]


@contextmanager
def open_sink(path: str | None) -> Iterator[TextIO]:
    """Opens standard output for None or "-", else a file.

    A regular file is written beside its place and renamed at the end, so that a run that
    fails leaves what was there before.

    Raises:
        UsageError: The file cannot be written.
    """
    if path is None or path == "-":
        if isinstance(sys.stdout, TextIOWrapper):
            sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")
        yield sys.stdout
        sys.stdout.flush()
        return
    # A link keeps pointing to the file that is replaced.
    target = Path(path).resolve()
    if target.exists() and not target.is_file():
        with _opened(target, "w", path) as stream:
            yield stream
        return
    with written_whole(target) as unfinished, _opened(unfinished, "x", path) as stream:
        yield stream


def _opened(path: Path, mode: str, named: str) -> TextIO:
    try:
        return path.open(mode, encoding="utf-8", errors="backslashreplace", newline="\n")  # type: ignore[return-value]
    except OSError as error:
        hint = "give -o a file in a folder that you may write to"
        raise UsageError(f"cannot be written: {error.strerror}", where=named, hint=hint) from error
