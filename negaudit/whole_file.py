"""Files that appear whole or not at all: written beside their place and renamed at the end."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

__all__ = ["beside", "written_whole"]


def beside(path: Path) -> Path:
    """A name in the same folder that no other run takes, to write a file under meanwhile."""
    return path.with_name(f".{path.name}.{secrets.token_hex(4)}")


@contextmanager
def written_whole(path: Path) -> Iterator[Path]:
    """Gives where to write a file; what was written takes its place when the block ends well.

    Where the block raises, what it wrote is removed, and what was there before is untouched.

    Raises:
        OSError: The disk does not take it.
    """
    unfinished = beside(path)
    try:
        yield unfinished
        unfinished.replace(path)
    except BaseException:
        if unfinished.exists():  # a file system that is read-only refuses to unlink even nothing
            unfinished.unlink()
        raise
