"""An automaton that looks for many patterns at once, built or taken from the cache."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path
from typing import Any

from negaudit.cache import cache_folder
from negaudit.whole_file import written_whole

__all__ = ["Scan", "automaton"]

Scan = Callable[[bytes], list[tuple[int, int]]]


def automaton(
    groups: Sequence[Sequence[tuple[int, str]]], words: Sequence[tuple[int, str]]
) -> Scan:
    """What finds patterns in bytes, whatever their letter case.

    Args:
        groups: Rows of (number, Hyperscan pattern), each to be scanned for by itself.
        words: Rows of (number, word) to look for where Hyperscan is missing: each match of a
            pattern holds one.

    Returns:
        A function from bytes to (offset at which a match ends, number), in order of place.
    """
    try:
        import hyperscan  # noqa: F401 - asked for once, before it is used
    except ImportError:
        return _aho_corasick(words)
    databases = [_database(group) for group in groups if group]

    def scan(data: bytes) -> list[tuple[int, int]]:
        found: list[tuple[int, int]] = []
        append = found.append
        for database in databases:
            database.scan(
                data, match_event_handler=lambda number, _s, end, _f, _c: append((end, number))
            )
        found.sort()
        return found

    return scan


def _database(patterns: Sequence[tuple[int, str]]) -> Any:
    """A Hyperscan database, kept from one run to the next."""
    import hyperscan

    key = blake2b(repr((version("hyperscan"), patterns)).encode(), digest_size=16).hexdigest()
    kept = cache_folder() / f"anchors-{key}.hs"
    with suppress(OSError, hyperscan.error):
        database = hyperscan.loadb(kept.read_bytes(), hyperscan.HS_MODE_BLOCK)
        database.scratch = hyperscan.Scratch(database)
        return database
    database = hyperscan.Database(mode=hyperscan.HS_MODE_BLOCK)
    database.compile(
        expressions=[pattern.encode() for _, pattern in patterns],
        ids=[number for number, _ in patterns],
        flags=[hyperscan.HS_FLAG_CASELESS] * len(patterns),
    )
    _keep(kept, hyperscan.dumpb(database))
    return database


def _aho_corasick(words: Sequence[tuple[int, str]]) -> Scan:
    import ahocorasick_rs

    automaton = ahocorasick_rs.BytesAhoCorasick(
        [word.rstrip("*").encode() for _, word in words],
        implementation=ahocorasick_rs.Implementation.DFA,
    )

    def scan(data: bytes) -> list[tuple[int, int]]:
        found = automaton.find_matches_as_indexes(data.lower(), overlapping=True)
        return [(end, words[at][0]) for at, _, end in found]

    return scan


def _keep(path: Path, data: bytes) -> None:
    """Writes a file that others may read or write at the same time; a full disk is no fault."""
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        with written_whole(path) as unfinished:
            unfinished.write_bytes(data)
