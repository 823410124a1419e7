"""Which sources of records the paths on a command line stand for."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from enum import StrEnum
from fnmatch import fnmatch
from pathlib import Path

import msgspec

from negaudit.errors import InputError
from negaudit.read.bytestream import STDIN
from negaudit.read.hub import HUB, hub_name

__all__ = ["Format", "Source", "discover"]


class Format(StrEnum):
    """What a source's name says that it holds; the content has the last word."""

    JSON = "json"
    JSON_LINES = "jsonl"
    CSV = "csv"
    TSV = "tsv"
    PARQUET = "parquet"
    ARROW = "arrow"
    SAVED_DATASET = "saved-dataset"
    HUB = "hub"
    UNKNOWN = "unknown"
    UNREADABLE = "unreadable"


class Source(msgspec.Struct, frozen=True):
    """One file, or one data set, that records are read from.

    Attributes:
        path: As the user named it, or as it was found in the folder that the user named.
        format: What its name says that it holds.
        size: Bytes on disk; None where that is not known beforehand.
        fault: Why it cannot be read, where that is known already.
    """

    path: str
    format: Format
    size: int | None = None
    fault: str = ""


SUFFIXES = {
    ".json": Format.JSON,
    ".jsonl": Format.JSON_LINES,
    ".ndjson": Format.JSON_LINES,
    ".csv": Format.CSV,
    ".tsv": Format.TSV,
    ".parquet": Format.PARQUET,
    ".arrow": Format.ARROW,
}
COMPRESSED = frozenset({".gz", ".zst", ".bz2", ".xz"})
# Files and folders that stand beside data and have its suffixes.
NO_DATA = (
    "*.index.json",
    "*_config.json",
    "added_tokens.json",
    "config.json",
    "dataset_dict.json",
    "dataset_info.json",
    "dataset_infos.json",
    "package*.json",
    "special_tokens_map.json",
    "state.json",
    "tokenizer.json",
    "trainer_state.json",
    "tsconfig.json",
    "vocab.json",
)
NO_DATA_FOLDERS = frozenset({"__pycache__", "node_modules"})
SAVED_DATASET_MARKS = {"state.json", "dataset_info.json"}


def discover(paths: Sequence[str], *, exclude: Sequence[str] = ()) -> list[Source]:
    """Finds the sources that paths stand for.

    A path is a file, a folder, "-" for standard input, or hf://owner/name[/config][:split].
    A folder is searched, in sorted order and through links, for files whose names end like
    data; hidden files, the configuration files of models and data sets, and what is neither
    file nor folder are passed over. A folder that `Dataset.save_to_disk` wrote is one source.

    What is wrong with a path that the user wrote is raised here, before any work. What is
    wrong with something found inside a folder becomes a source with a `fault`, which `blocks`
    raises when its turn comes, so that the others are read.

    Args:
        paths: What the user named.
        exclude: Patterns such as "*.eval.jsonl" or "old/*"; they leave out files and folders
            found inside a folder by their name or by their path below that folder.

    Raises:
        InputError: A path does not exist or may not be read, or a folder holds no data.
        UsageError: A hub id is malformed.
    """
    sources: dict[str, Source] = {}
    for path in paths:
        for source in _sources(path, exclude):
            sources.setdefault(_identity(source), source)
    return list(sources.values())


def _identity(source: Source) -> str:
    if source.path == STDIN or source.format is Format.HUB:
        return source.path
    return os.path.realpath(source.path)


def _sources(path: str, exclude: Sequence[str]) -> list[Source]:
    if not path:  # to a file system that is the folder at hand
        raise InputError("no data is named", hint="name a file, a folder, or - for standard input")
    if path == STDIN:
        return [Source(path, Format.UNKNOWN)]
    if path.startswith(HUB):
        hub_name(path)
        return [Source(path, Format.HUB)]
    try:
        if not stat.S_ISDIR(Path(path).stat().st_mode):
            return [_file(path, _format(Path(path)) or Format.UNKNOWN)]
        found = list(_walk(Path(path), exclude))
    except OSError as error:
        raise _unusable(path, error) from error
    if not found:
        raise InputError(
            "this folder holds no file that negaudit reads",
            where=path,
            hint="name the data files; .jsonl, .json, .csv, .tsv, .parquet, .arrow are found",
        )
    return found


def _unusable(path: str, error: OSError) -> InputError:
    if isinstance(error, FileNotFoundError):
        return InputError("there is no such file or folder", where=path, hint="check the path")
    if isinstance(error, PermissionError):
        return InputError("no permission to read this", where=path, hint="allow reading it")
    reason = error.strerror or str(error)
    return InputError(f"cannot be read: {reason}", where=path, hint="check the path")


def _format(path: Path) -> Format | None:
    inner = path.with_suffix("") if path.suffix.lower() in COMPRESSED else path
    return SUFFIXES.get(inner.suffix.lower())


def _file(path: str, kind: Format) -> Source:
    try:
        path.encode()
    except UnicodeEncodeError:
        shown = path.encode("utf-8", "backslashreplace").decode()
        return Source(shown, Format.UNREADABLE, fault="its name is not valid UTF-8; rename it")
    file = Path(path)
    return Source(path, kind, file.stat().st_size if file.is_file() else None)


def _walk(root: Path, exclude: Sequence[str]) -> Iterator[Source]:
    """Goes through a folder in sorted order; each folder once, whatever links lead to it."""
    seen: set[tuple[int, int]] = set()
    waiting = [root]
    while waiting:
        path = waiting.pop()
        if not path.is_dir():
            yield from _found(path)
            continue
        try:
            children = _children(path, seen)
        except OSError as error:
            if path == root:
                raise
            yield Source(str(path), Format.UNREADABLE, fault=_unusable(str(path), error).message)
            continue
        if {child.name for child in children} >= SAVED_DATASET_MARKS:
            yield Source(str(path), Format.SAVED_DATASET)
        else:
            kept = (child for child in children if not _passed_over(child, root, exclude))
            waiting.extend(sorted(kept, reverse=True))


def _children(folder: Path, seen: set[tuple[int, int]]) -> list[Path]:
    status = folder.stat()
    if (status.st_dev, status.st_ino) in seen:
        return []
    seen.add((status.st_dev, status.st_ino))
    return list(folder.iterdir())


def _passed_over(path: Path, root: Path, exclude: Sequence[str]) -> bool:
    below = str(path.relative_to(root))
    return (
        path.name.startswith(".")
        or path.name in NO_DATA_FOLDERS
        or any(fnmatch(path.name, pattern) for pattern in NO_DATA)
        or any(fnmatch(path.name, pattern) or fnmatch(below, pattern) for pattern in exclude)
    )


def _found(path: Path) -> Iterator[Source]:
    kind = _format(path)
    # A link without a target goes through, to be reported; a pipe or a device would wait.
    if kind is not None and (path.is_file() or not path.exists()):
        yield _file(str(path), kind)
