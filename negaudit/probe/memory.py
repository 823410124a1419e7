"""Keeps memory that was freed for the next steps, and gives it back now and then."""

from __future__ import annotations

import ctypes
from functools import cache
from typing import Any

__all__ = ["give_back_memory", "keep_freed_memory"]

_TRIM_THRESHOLD, _MMAP_MAX = -1, -4  # of malloc.h


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
