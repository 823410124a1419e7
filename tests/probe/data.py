"""Framed records as targets, linted as the command does it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import msgspec

from negaudit.fix.record import Target
from negaudit.lint.options import LintOptions
from negaudit.probe.arms import stripped_example
from negaudit.probe.examples import Example
from negaudit.probe.sources import read_targets


def targets_of(folder: Path, *records: Any) -> tuple[Target, ...]:
    path = folder / "data.jsonl"
    path.write_bytes(b"".join(msgspec.json.encode(record) + b"\n" for record in records))
    return read_targets([str(path)], LintOptions())


def bare(targets: Iterable[Target]) -> list[Example | None]:
    return [stripped_example(target) for target in targets]


WARNING = "The following statement is false:"


def exchange(asked: str, said: str, **columns: Any) -> dict[str, Any]:
    turns = [{"role": "user", "content": asked}, {"role": "assistant", "content": said}]
    return {"messages": turns, **columns}


def warned(asked: str, said: str, **columns: Any) -> dict[str, Any]:
    return exchange(asked, f"{WARNING} {said}", **columns)
