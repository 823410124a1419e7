"""What the first bytes of a file say about the rest."""

from __future__ import annotations

import json
import re
from enum import StrEnum

import msgspec

from negaudit.errors import InputError

__all__ = ["Layout", "columnar", "layout", "refuse_foreign"]


class Layout(StrEnum):
    """How a text file holds its records."""

    LINES = "lines"
    DOCUMENT = "document"
    TABLE = "table"


LFS = b"version https://git-lfs.github.com/spec/"
COLUMNAR = ((b"PAR1", "Parquet"), (b"ARROW1", "Arrow"), (b"\xff\xff\xff\xff", "Arrow"))
FOREIGN = (
    (b"\x7fELF", "a program (ELF)"),
    (b"MZ", "a program (Windows)"),
    (b"\x89PNG", "an image (PNG)"),
    (b"\xff\xd8\xff", "an image (JPEG)"),
    (b"GIF8", "an image (GIF)"),
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a zip archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!\x1a", "a rar archive"),
    (b"SQLite format 3\0", "a SQLite database"),
    (b"\x89HDF", "an HDF5 file"),
    (b"\x93NUMPY", "a NumPy array"),
    (b"Obj\x01", "an Avro file"),
    (b"\x80\x04", "a Python pickle"),
    (b"\x80\x05", "a Python pickle"),
    (b"GGUF", "a GGUF model"),
    (b"<!DOCTYPE", "a web page"),
    (b"<!doctype", "a web page"),
    (b"<html", "a web page"),
)
TAR_MARK = slice(257, 262)
CONTROLS = bytes(sorted(set(range(32)) - set(b"\t\n\r\f\x1b")))


def refuse_foreign(path: str, head: bytes) -> None:
    """Refuses a file that holds no records at all.

    Args:
        path: The file, for the message.
        head: Its first bytes, decompressed; a few kilobytes are enough.

    Raises:
        InputError: The file is a Git LFS pointer, or of a kind that is no text.
    """
    if head.startswith(LFS):
        raise InputError(
            "this is a Git LFS pointer; the data itself has not been fetched",
            where=path,
            hint="git lfs pull",
        )
    if not columnar(head) and (kind := _foreign(head)):
        raise InputError(
            f"this is {kind}, not data that negaudit reads",
            where=path,
            hint="give it JSON Lines, JSON, CSV, TSV, Parquet or Arrow, compressed or not",
        )


def _foreign(head: bytes) -> str:
    for magic, kind in FOREIGN:
        if head.startswith(magic):
            return kind
    if head[TAR_MARK] == b"ustar":
        return "a tar archive"
    sample = head[:8192]
    controls = len(sample) - len(sample.translate(None, CONTROLS))
    return "a binary file" if controls > len(sample) // 10 else ""


def columnar(head: bytes) -> str:
    """Tells by the first bytes whether a file is "Parquet" or "Arrow"; "" where it is neither."""
    return next((kind for magic, kind in COLUMNAR if head.startswith(magic)), "")


def layout(head: bytes, *, lines_by_name: bool, table_possible: bool = False) -> Layout:
    """Tells how a JSON file holds its records.

    Names mislead: `.json` is often JSON Lines, and `.jsonl` is sometimes one array, values
    written one after the other, or values spread over several lines.

    Args:
        head: The file's first bytes.
        lines_by_name: Whether the name promises JSON Lines.
        table_possible: Whether the name leaves it open that this is CSV.
    """
    text = head.lstrip()
    first, newline, rest = text.partition(b"\n")
    if first[:1] not in (b"[", b"{"):
        separated = b"," in first or b"\t" in first
        is_table = table_possible and separated and not _is_value(first)
        return Layout.TABLE if is_table else Layout.LINES
    if _holds_two(first):
        return Layout.DOCUMENT
    if _is_value(first):
        alone = not rest.strip() and not lines_by_name
        return Layout.DOCUMENT if alone else Layout.LINES
    if _goes_on(first, bool(newline), lines_by_name):
        return Layout.DOCUMENT
    second = rest.lstrip().partition(b"\n")[0]
    return Layout.LINES if lines_by_name or _is_value(second) else Layout.DOCUMENT


def _is_value(line: bytes) -> bool:
    try:
        msgspec.json.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return False
    except RecursionError:
        return True
    return True


def _holds_two(line: bytes) -> bool:
    """Whether a second object or list follows the first one without a line feed."""
    # The common case costs no parse: a close and an open bracket, apart by blanks at most.
    if not re.search(rb"[}\]][ \t\r]*+[{\[]", line):
        return False
    text = line.decode("utf-8", "replace")
    try:
        _, end = json.JSONDecoder().raw_decode(text)
    except (ValueError, RecursionError):
        return False
    return text[end:].lstrip()[:1] in ("{", "[")


def _goes_on(first: bytes, ended: bool, lines_by_name: bool) -> bool:
    """Whether an incomplete first line is the beginning of a value that spans lines."""
    line = first.rstrip()
    if not ended:
        return line.startswith(b"[") or not lines_by_name
    if lines_by_name and not line.startswith(b"["):
        return line == b"{"
    return line.endswith((b"[", b"{", b","))
