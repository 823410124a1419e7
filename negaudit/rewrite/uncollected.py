"""Work on trees without the garbage collector, which would search them again and again."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["uncollected"]


@contextmanager
def uncollected(*, lasting: bool = False) -> Iterator[None]:
    """No garbage collection: trees are cycles that live to the end, and to search them is dear.

    Args:
        lasting: Whether much of what is made in here outlives it. It counts as old then: a
            search of the young would go through all of it at once.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            if lasting:
                gc.freeze()
                gc.unfreeze()
            gc.enable()
