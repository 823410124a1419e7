"""What memory there is; keeps what was freed for the next steps, and gives it back at times."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any, Final

import psutil

__all__ = ["available_memory", "give_back_memory", "keep_freed_memory"]

_TRIM_THRESHOLD, _MMAP_MAX = -1, -4  # of malloc.h

_CONTROL_GROUPS: Final = Path("/sys/fs/cgroup")
_OWN_GROUPS: Final = Path("/proc/self/cgroup")
# Of the second version of control groups, and of the first; each with what is used of it.
_LIMITS: Final = (
    ("memory.max", "memory.current"),
    ("memory.high", "memory.current"),
    ("memory.limit_in_bytes", "memory.usage_in_bytes"),
)


def available_memory() -> int:
    """Bytes that this process can have, what the system keeps of files included.

    That is what the machine has free, or the control groups that the process is in, which
    containers and batch systems are limited by.
    """
    return min((int(psutil.virtual_memory().available), *_left_in_groups()))


def _left_in_groups() -> Iterator[int]:
    """What each limited group has left, from the process's own up to the outermost.

    Inside a container the own group may have a name from outside; the outermost folder is then
    the container's.
    """
    with suppress(OSError):
        for line in _OWN_GROUPS.read_text().splitlines():
            _, controllers, path = line.split(":", 2)
            if not controllers or "memory" in controllers.split(","):
                top = _CONTROL_GROUPS / ("memory" if controllers else "")
                own = top / path.lstrip("/")
                for folder in (own, *own.parents[: len(own.parts) - len(top.parts)]):
                    yield from _left(folder)


def _left(folder: Path) -> Iterator[int]:
    for limit, used in _LIMITS:
        with suppress(OSError, ValueError):  # no such group or limit, or "max" for none
            most = int((folder / limit).read_text())
            yield max(0, most - int((folder / used).read_text()) + _of_files(folder))


def _of_files(folder: Path) -> int:
    """What a group keeps of files that have not been read lately, its subgroups included."""
    counts = dict(line.split() for line in (folder / "memory.stat").read_text().splitlines())
    return int(counts.get("total_inactive_file", counts.get("inactive_file", 0)))


@cache
def keep_freed_memory() -> bool:
    """Tells glibc to keep what is freed; returns whether it does.

    A training step on a processor frees and takes gigabytes in large pieces. By default each
    piece goes back to the system at once, and comes again page by page: half a million page
    faults a step, a fifth of its time.
    """
    mallopt = _of_glibc("mallopt")
    return mallopt is not None and bool(
        mallopt(_MMAP_MAX, 0) and mallopt(_TRIM_THRESHOLD, 2**31 - 1)
    )


def give_back_memory() -> bool:
    """Gives what is free between live pieces back to the system; returns whether any was.

    Steps differ in size, so that the memory that is kept falls into pieces too small for the
    next step, and a run grows by gigabytes.
    """
    trim = _of_glibc("malloc_trim")
    return trim is not None and bool(trim(0))


def _of_glibc(name: str) -> Any:
    """A function of the C library; None where it is not glibc."""
    try:
        return getattr(ctypes.CDLL(None), name)
    except (AttributeError, OSError):
        return None
