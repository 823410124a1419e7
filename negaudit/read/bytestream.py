"""From a path to the plain UTF-8 bytes of the file, chunk by chunk.

The encoding is told by the first bytes. Whatever could be read is handed on before an error
is raised.
"""

from __future__ import annotations

import codecs
import stat
import sys
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from negaudit.errors import InputError
from negaudit.read.archive import decompressed
from negaudit.read.pieces import CHUNK, peek

__all__ = ["STDIN", "Encoding", "chunks", "encoding_of"]

STDIN = "-"
# The memory of longer reads goes back to the system after each, and is slow to get again.
_READ = 1 << 18

# The longer marks first: UTF-32's begins with UTF-16's.
MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


class Encoding(NamedTuple):
    """How a file's text is encoded, and the byte order mark before it."""

    name: str
    mark: bytes = b""


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
    return _unmarked(path, decompressed(path, _raw(path)))


def encoding_of(head: bytes) -> Encoding:
    """Tells by a file's first four bytes how its text is encoded."""
    for mark, name in MARKS:
        if head.startswith(mark):
            return Encoding(name, mark)
    if head[:1] in (b"[", b"{") and head[1:2] == b"\0":
        return Encoding("utf-16-le" if head[2:3] != b"\0" else "utf-32-le")
    if head[:1] == b"\0" and head[1:2] in (b"[", b"{"):
        return Encoding("utf-16-be")
    return Encoding("utf-8")


def _raw(path: str) -> Iterator[bytes]:
    try:
        if path == STDIN:
            yield from iter(lambda: sys.stdin.buffer.read(CHUNK), b"")
            return
        _refuse_device(path)
        with Path(path).open("rb", buffering=0) as file:
            yield from iter(lambda: file.read(_READ), b"")
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


def _unmarked(path: str, stream: Iterator[bytes]) -> Iterator[bytes]:
    head, stream = peek(stream, 4)
    name, mark = encoding_of(head)
    stream = _without(stream, len(mark)) if mark else stream
    return stream if name == "utf-8" else _transcoded(path, stream, name)


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
