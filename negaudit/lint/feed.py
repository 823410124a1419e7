"""What a run reads from: sources whole, or only some of their records."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator
from functools import partial
from typing import NamedTuple, Protocol

from negaudit.lint.memory import RECORDS, record_blocks
from negaudit.read import Format, Source, blocks
from negaudit.records import Block

__all__ = ["Feed", "Narrowed", "feed_of", "feed_of_records"]


class Narrowed(Protocol):
    """Some records of a source."""

    @property
    def rows(self) -> Container[int]:
        """Which rows those are; known when `read` is at its end."""

    @property
    def size(self) -> int:
        """Bytes of JSON text of the whole source; known when `read` is at its end."""

    def read(self) -> Iterator[Block]:
        """Reads them; rows and lines are those of the whole source."""


class Feed(NamedTuple):
    """What a run reads from.

    Attributes:
        path: What it is called.
        read: Reads what is to be linted, from its beginning.
        whole: Reads all that those records stand beside.
        narrowed: The records that are linted; None for all.
        size: Bytes on disk, where that is known.
        again: Whether it can be read a second time.
    """

    path: str
    read: Callable[[], Iterator[Block]]
    whole: Callable[[], Iterator[Block]]
    narrowed: Narrowed | None
    size: int | None
    again: bool


def feed_of(source: Source, narrow: Callable[[Source], Narrowed] | None) -> Feed:
    """The feed of a source, or of some of its records."""
    whole = partial(blocks, source)
    again = source.size is not None or source.format is Format.SAVED_DATASET
    if narrow is None:
        return Feed(source.path, whole, whole, None, source.size, again)
    narrowed = narrow(source)
    return Feed(source.path, narrowed.read, whole, narrowed, source.size, again)


def feed_of_records(records: Iterable[object]) -> Feed:
    """The feed of records in memory."""
    whole = partial(record_blocks, records)
    return Feed(RECORDS, whole, whole, None, None, iter(records) is not records)
