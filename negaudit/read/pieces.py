"""Streams of bytes in runs of any length: looking ahead in one, cutting one up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

from negaudit.errors import InputError

__all__ = ["CHUNK", "peek", "pieces"]

CHUNK = 1 << 20


def peek(stream: Iterable[bytes], size: int = CHUNK) -> tuple[bytes, Iterator[bytes]]:
    """Looks at the first bytes of a stream.

    Args:
        stream: Runs of bytes.
        size: How many bytes to look at, at least, where there are as many.

    Returns:
        The first bytes, and the whole stream, which still begins with them. An error met while
        looking is raised only when the whole stream has come to it.
    """
    rest = iter(stream)
    pieces: list[bytes] = []
    try:
        while sum(map(len, pieces)) < size and (piece := next(rest, b"")):
            pieces.append(piece)
    except InputError as error:
        rest = _raising(error)
    head = b"".join(pieces)
    return head, chain([head] if head else [], rest)


def pieces(stream: Iterable[bytes], size: int) -> Iterator[bytes]:
    """Cuts the runs of a stream so that none is longer than `size`."""
    for chunk in stream:
        for start in range(0, len(chunk), size):
            yield chunk[start : start + size]


def _raising(error: InputError) -> Iterator[bytes]:
    raise error
    yield b""
