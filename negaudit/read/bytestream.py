"""From a path to the plain UTF-8 bytes of the file, chunk by chunk.

Compression and encoding are told by the first bytes, never by the name. Whatever could be
read is handed on before an error is raised, so a truncated archive still gives its records.
"""

from __future__ import annotations

import bz2
import codecs
import lzma
import stat
import sys
import zlib
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import NamedTuple, Protocol

from negaudit.errors import InputError

__all__ = ["CHUNK", "STDIN", "chunks", "peek", "pieces"]

CHUNK = 1 << 20
STDIN = "-"
XZ_MEMORY = 128 << 20


class _Decompressor(Protocol):
    @property
    def eof(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...
    def decompress(self, data: bytes, /) -> bytes: ...


class _Codec(NamedTuple):
    """A compression format; `feed` compressed bytes expand to at most some 64 MB."""

    name: str
    magic: bytes
    start: Callable[[], _Decompressor]
    feed: int


def _zstd() -> _Decompressor:
    import zstandard

    return zstandard.ZstdDecompressor().decompressobj()


CODECS = (
    _Codec("gzip", b"\x1f\x8b", lambda: zlib.decompressobj(wbits=31), 1 << 16),
    _Codec("zstd", b"\x28\xb5\x2f\xfd", _zstd, 1 << 11),
    _Codec("bzip2", b"BZh", bz2.BZ2Decompressor, 1 << 10),
    _Codec("xz", b"\xfd7zXZ\x00", lambda: lzma.LZMADecompressor(memlimit=XZ_MEMORY), 1 << 12),
)
LONGEST_MAGIC = 6

# The longer marks first: UTF-32's begins with UTF-16's.
MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def chunks(path: str) -> Iterator[bytes]:
    """Reads a file, or standard input for "-", as decompressed UTF-8 without a byte order mark.

    Args:
        path: File, named pipe or "-".

    Yields:
        Runs of bytes of any length above zero.

    Raises:
        InputError: The file cannot be opened or read, or is cut off or damaged. Everything
            before the damage has been yielded.
    """
    return _unmarked(path, _expanded(path, _raw(path)))


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


def _raw(path: str) -> Iterator[bytes]:
    try:
        if path == STDIN:
            yield from iter(lambda: sys.stdin.buffer.read(CHUNK), b"")
            return
        _refuse_device(path)
        with Path(path).open("rb", buffering=0) as file:
            yield from iter(lambda: file.read(CHUNK), b"")
    except OSError as error:
        raise InputError(_reason(error), where=path, hint=_advice(error)) from error


def _refuse_device(path: str) -> None:
    """Devices and sockets have no end, or none that we may wait for; a named pipe has one."""
    mode = Path(path).stat().st_mode
    if not (stat.S_ISREG(mode) or stat.S_ISFIFO(mode)):
        kind = "a folder" if stat.S_ISDIR(mode) else "a device or a socket"
        raise InputError(
            f"this is {kind}, not a file", where=path, hint="name a file, or pipe the data into -"
        )


def _reason(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "there is no such file, or it is a link whose target is missing"
    if isinstance(error, PermissionError):
        return "no permission to read this"
    return f"cannot be read: {error.strerror or error}"


def _advice(error: OSError) -> str:
    if isinstance(error, PermissionError):
        return "allow reading it (chmod +r), or leave it out with --exclude"
    return "check the path and the disk, or leave it out with --exclude"


def _expanded(path: str, raw: Iterator[bytes]) -> Iterator[bytes]:
    head, raw = peek(raw, LONGEST_MAGIC)
    for codec in CODECS:
        if head.startswith(codec.magic):
            return _decompressed(path, raw, codec)
    return raw


def _decompressed(path: str, raw: Iterator[bytes], codec: _Codec) -> Iterator[bytes]:
    # Archives may follow one another in a file; each one needs a decompressor of its own.
    machine = codec.start()
    fresh = True
    for piece in pieces(raw, codec.feed):
        data = piece
        while data:
            if machine.eof:
                machine, fresh = codec.start(), True
                if not data.startswith(codec.magic[: len(data)]):
                    if data.strip(b"\0"):
                        raise _damaged(path, codec, "other bytes follow the archive")
                    break
            try:
                out = machine.decompress(data)
            except Exception as error:  # each library has its own class, most of them bare
                raise _damaged(path, codec, str(error)) from error
            fresh = False
            if out:
                yield out
            data = machine.unused_data if machine.eof else b""
    if not (machine.eof or fresh):
        raise _damaged(path, codec, "it ends too early")


def _damaged(path: str, codec: _Codec, why: str) -> InputError:
    return InputError(
        f"the {codec.name} archive is damaged or cut off ({why}); "
        "only the records before that place were read",
        where=path,
        hint="fetch or write the file again",
    )


def _unmarked(path: str, stream: Iterator[bytes]) -> Iterator[bytes]:
    head, stream = peek(stream, 4)
    if head.startswith(codecs.BOM_UTF8):
        return _without(stream, len(codecs.BOM_UTF8))
    for mark, encoding in MARKS:
        if head.startswith(mark):
            return _transcoded(path, stream, encoding)
    if head[:1] in b"[{" and head[1:2] == b"\0":
        return _transcoded(path, stream, "utf-16-le" if head[2:3] != b"\0" else "utf-32-le")
    if head[:1] == b"\0" and head[1:2] in (b"[", b"{"):
        return _transcoded(path, stream, "utf-16-be")
    return stream


def _without(stream: Iterator[bytes], count: int) -> Iterator[bytes]:
    first = next(stream, b"")[count:]
    return chain([first] if first else [], stream)


def _transcoded(path: str, stream: Iterator[bytes], encoding: str) -> Iterator[bytes]:
    # Half a surrogate pair passes into the UTF-8, where the line that holds it is reported.
    decoder = codecs.getincrementaldecoder(encoding)("surrogatepass")
    try:
        for chunk in stream:
            if text := decoder.decode(chunk):
                yield text.encode("utf-8", "surrogatepass")
        decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        raise InputError(
            f"the {encoding.upper()} text is damaged or cut off ({error.reason}); "
            "only the records before that place were read",
            where=path,
            hint="write the file again as UTF-8",
        ) from error
