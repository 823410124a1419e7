"""Writes the statistics of a run without its findings, for `--statistics`."""

from __future__ import annotations

from collections.abc import Callable
from typing import TextIO

import msgspec

from negaudit.output.contract import StatisticsDocument, encode
from negaudit.output.registry import Look, Results

__all__ = ["STATISTICS_FORMATS", "write_statistics"]


def write_statistics(name: str, results: Results, out: TextIO, look: Look) -> None:
    """Reads all findings, writes only the statistics.

    Args:
        name: One of `STATISTICS_FORMATS`.
        results: The run.
        out: Where to write.
        look: Whether to style.
    """
    for _ in results:
        pass
    STATISTICS_FORMATS[name](results, out, look)


def _write_json(results: Results, out: TextIO, _look: Look) -> None:
    fields = msgspec.structs.asdict(results.statistics)
    out.write(encode(StatisticsDocument(**fields)) + "\n")


def _write_text(results: Results, out: TextIO, look: Look) -> None:
    from negaudit.output.terminal import open_console, print_summary

    print_summary(open_console(out, look), results.statistics, results.rules)


STATISTICS_FORMATS: dict[str, Callable[[Results, TextIO, Look], None]] = {
    "json": _write_json,
    "text": _write_text,
}
