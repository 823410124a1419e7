"""Compressed files, told by their first bytes and never by their names.

Whatever could be decompressed is handed on before an error is raised, so a truncated archive
still gives its records.
"""

from __future__ import annotations

import bz2
import lzma
import zlib
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, NamedTuple

from zstandard import ZstdDecompressor, ZstdError

from negaudit.errors import InputError
from negaudit.read.pieces import CHUNK, peek, pieces

__all__ = ["decompressed"]

XZ_MEMORY = 128 << 20
LONGEST_MAGIC = 6


class _Codec(NamedTuple):
    """A compression format.

    Attributes:
        name: What users call it.
        magic: What its archives begin with, one of these.
        start: Makes a decompressor for one archive.
        expand: Decompresses some bytes into parts that are never larger than some 64 MB.
        feed: How many bytes `expand` is given at a time.
    """

    name: str
    magic: tuple[bytes, ...]
    start: Callable[[], Any]
    expand: Callable[[Any, bytes], Iterator[bytes]]
    feed: int = 1 << 15


def _at_once(machine: Any, data: bytes) -> Iterator[bytes]:
    yield machine.decompress(data)


def _in_parts(machine: Any, data: bytes) -> Iterator[bytes]:
    yield machine.decompress(data, CHUNK)
    while not (machine.eof or machine.needs_input):
        yield machine.decompress(b"", CHUNK)


def _zstd() -> Any:
    return ZstdDecompressor().decompressobj()


# Zstandard's skippable frames have 16 marks; parallel and seekable writers use them.
ZSTD = (b"\x28\xb5\x2f\xfd", *(bytes((0x50 + n, 0x2A, 0x4D, 0x18)) for n in range(16)))
BZIP2 = tuple(b"BZh%d" % level for level in range(1, 10))

CODECS = (
    _Codec("gzip", (b"\x1f\x8b",), partial(zlib.decompressobj, 31), _at_once),
    _Codec("zstd", ZSTD, _zstd, _at_once, feed=1 << 10),
    _Codec("bzip2", BZIP2, bz2.BZ2Decompressor, _in_parts),
    _Codec("xz", (b"\xfd7zXZ\0",), partial(lzma.LZMADecompressor, memlimit=XZ_MEMORY), _in_parts),
)
DAMAGE = (zlib.error, ZstdError, lzma.LZMAError, OSError, EOFError)


def decompressed(path: str, raw: Iterator[bytes]) -> Iterator[bytes]:
    """Decompresses a stream where it is compressed, and hands it on where it is not.

    Args:
        path: The file, for messages.
        raw: Its bytes.

    Raises:
        InputError: The archive is cut off or damaged; what came before has been yielded.
    """
    head, stream = peek(raw, LONGEST_MAGIC)
    codec = next((codec for codec in CODECS if head.startswith(codec.magic)), None)
    return stream if codec is None else _Archives(path, codec).read(stream)


class _Archives:
    """Archives that follow one another in a file; each has a decompressor of its own."""

    def __init__(self, path: str, codec: _Codec) -> None:
        self._path = path
        self._codec = codec
        self._machine = codec.start()

    def read(self, stream: Iterator[bytes]) -> Iterator[bytes]:
        for piece in pieces(stream, self._codec.feed):
            rest = piece
            while rest:
                if self._machine.eof and not (rest := self._next_archive(rest)):
                    break
                try:
                    yield from filter(None, self._codec.expand(self._machine, rest))
                except DAMAGE as error:
                    raise self._damaged(str(error)) from error
                rest = self._machine.unused_data if self._machine.eof else b""
        if not self._machine.eof:
            raise self._damaged("it ends too early")

    def _next_archive(self, data: bytes) -> bytes:
        """Makes ready for the archive that begins with `data`; zeros may fill up the last one."""
        if any(magic.startswith(data[: len(magic)]) for magic in self._codec.magic):
            self._machine = self._codec.start()
            return data
        if data.strip(b"\0"):
            raise self._damaged("other bytes follow the archive")
        return b""

    def _damaged(self, why: str) -> InputError:
        return InputError(
            f"the {self._codec.name} archive is damaged or cut off ({why}); "
            "only the records before that place were read",
            where=self._path,
            hint="fetch or write the file again",
        )
