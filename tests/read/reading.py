"""Reads a file the way the use cases do, into one list."""

from __future__ import annotations

from pathlib import Path

from negaudit.errors import InputError
from negaudit.read import Entry, blocks, decode_block, discover


def read(path: Path | str, block_bytes: int = 1 << 20) -> list[Entry]:
    return [
        entry
        for source in discover([str(path)])
        for block in blocks(source, block_bytes=block_bytes)
        for entry in decode_block(block)
    ]


def read_until_error(path: Path | str) -> tuple[list[Entry], InputError | None]:
    entries: list[Entry] = []
    try:
        for source in discover([str(path)]):
            for block in blocks(source):
                entries.extend(decode_block(block))
    except InputError as error:
        return entries, error
    return entries, None


def records(path: Path | str) -> list[object]:
    return [record for _, _, record, _ in read(path)]


def write(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path
