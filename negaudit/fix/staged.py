"""Files that appear together and whole, or not at all."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Final, Self

from negaudit.errors import NegauditError, UsageError
from negaudit.whole_file import beside

__all__ = ["STDOUT", "Staged", "opened", "standard_output"]

STDOUT: Final = "-"


class Staged:
    """Writes beside the places where files are to be, and puts them there at the end.

    As a context manager it puts the files in place when its block ends well, and removes
    what it wrote when the block raises; what was in those places before is then untouched.

    Args:
        force: Whether files and folders that exist may be replaced.
    """

    def __init__(self, *, force: bool = False) -> None:
        self._force = force
        self._unfinished: dict[Path, Path] = {}

    def claim(self, target: str | Path) -> Path:
        """Promises a place to a file or a folder; gives where to write it meanwhile.

        Where nothing is written, a file that an earlier run left there goes.

        Raises:
            UsageError: It exists and may not be replaced, or its folder does not.
        """
        # A link keeps pointing to the file that is replaced.
        path = Path(target).resolve()
        if path.exists() and not self._force:
            hint = "name another place, or replace it with --force"
            raise UsageError("this exists already", where=str(target), hint=hint)
        if not path.parent.is_dir():
            hint = f"make the folder first: mkdir -p {path.parent}"
            raise UsageError("its folder does not exist", where=str(target), hint=hint)
        unfinished = beside(path)
        self._unfinished[unfinished] = path
        return unfinished

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        try:
            if kind is None:
                with _told(""):
                    self._finish()
        finally:
            for path in self._unfinished:
                _remove(path)

    def _finish(self) -> None:
        for unfinished in self._unfinished:
            for file in _files(unfinished):
                _sync(file)
        for unfinished, target in list(self._unfinished.items()):
            if not unfinished.exists():
                target.unlink(missing_ok=True)
            elif target.is_dir():
                aside = beside(target)
                target.rename(aside)
                unfinished.rename(target)
                shutil.rmtree(aside)
            else:
                unfinished.replace(target)
            del self._unfinished[unfinished]
            _sync(target.parent)


@contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """Opens a new file for writing; with a plain word where the disk does not take it.

    Raises:
        NegauditError: The file cannot be written.
    """
    with _told(str(path.parent)), path.open("xb") as file:
        yield file


@contextmanager
def standard_output() -> Iterator[BinaryIO]:
    """Standard output, as bytes."""
    yield sys.stdout.buffer
    sys.stdout.buffer.flush()


@contextmanager
def _told(where: str) -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        where = where or str(error.filename or "")
        hint = "free some space or write elsewhere; nothing was changed"
        raise NegauditError(
            f"cannot be written: {error.strerror or error}", where=where, hint=hint
        ) from error


def _files(path: Path) -> Iterator[Path]:
    if path.is_dir():
        yield from (file for file in path.rglob("*") if file.is_file())
    elif path.exists():
        yield path


def _sync(path: Path) -> None:
    number = os.open(path, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    elif path.exists():  # a file system that is read-only refuses to unlink what is not there
        path.unlink()
