"""From edited text back to a file's bytes: encoding and compression as they were."""

from __future__ import annotations

import bz2
import codecs
import gzip
import lzma
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any, BinaryIO, Final

from zstandard import ZstdCompressor

from negaudit.read.archive import CODECS
from negaudit.read.bytestream import Encoding

__all__ = ["compression_for", "packed", "write_text"]

_BY_SUFFIX: Final = {".gz": "gzip", ".zst": "zstd", ".bz2": "bzip2", ".xz": "xz"}


def compression_for(out: str, source: str) -> str:
    """The compression of a file that is to be written: its name decides, else the source.

    Args:
        out: Path of the new file.
        source: Path of the file that it comes from.

    Returns:
        gzip, zstd, bzip2, xz, or "" for none.
    """
    suffix = Path(out).suffix.lower()
    if suffix in _BY_SUFFIX:
        return _BY_SUFFIX[suffix]
    if suffix == Path(source).suffix.lower():
        with Path(source).open("rb") as file:
            head = file.read(8)
        return next((codec.name for codec in CODECS if head.startswith(codec.magic)), "")
    return ""


@contextmanager
def packed(file: BinaryIO, compression: str) -> Iterator[BinaryIO]:
    """Compresses what is written into a file; the same text gives the same bytes."""
    with _machine(file, compression) as stream:
        yield stream


def _machine(file: BinaryIO, compression: str) -> Any:
    if compression == "gzip":
        return gzip.GzipFile(filename="", mode="wb", fileobj=file, mtime=0)
    if compression == "zstd":
        return ZstdCompressor().stream_writer(file, closefd=False)
    if compression == "bzip2":
        return bz2.BZ2File(file, "wb")
    if compression == "xz":
        return lzma.LZMAFile(file, "wb")
    return nullcontext(file)


def write_text(text: Iterator[bytes], out: BinaryIO, encoding: Encoding) -> None:
    """Writes UTF-8 in the encoding that the file had, with its byte order mark."""
    out.write(encoding.mark)
    if encoding.name == "utf-8":
        for piece in text:
            out.write(piece)
        return
    # A character may begin in one piece and end in the next.
    decoder = codecs.getincrementaldecoder("utf-8")("surrogatepass")
    for piece in text:
        out.write(decoder.decode(piece).encode(encoding.name, "surrogatepass"))
