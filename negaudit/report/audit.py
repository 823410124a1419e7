"""An audit: what was found, what a fix would do, what training on it teaches."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path, PurePath
from typing import TypeVar

import msgspec

from negaudit.errors import InputError
from negaudit.fix.record import Change
from negaudit.output.contract import FindingRecord
from negaudit.probe.record import Results
from negaudit.probe.results import read_results
from negaudit.records import Exhibit, Finding, Statistics

__all__ = [
    "CHANGES",
    "FINDINGS",
    "RESULTS",
    "STATISTICS",
    "Audit",
    "folder_of",
    "load_audit",
    "paths_of",
]

FINDINGS = "findings.jsonl"
STATISTICS = "statistics.json"
CHANGES = "changes.jsonl"
RESULTS = "results.json"

_Record = TypeVar("_Record", bound=msgspec.Struct)


class Audit(msgspec.Struct, frozen=True):
    """Everything that a report shows.

    Attributes:
        findings: All findings, with their text where it may be shown.
        statistics: What the linter saw; None where only a probe is reported.
        changes: What the fix did, or would do, to each framed record.
        results: What the probe measured; None where there was no probe.
        title: Heads the report; the data's files where it is "".
        redact: Leave out all text of the data, for public copies.
        proposed: Whether there was a fix; there is none where what rewrites is not installed.
    """

    findings: tuple[Exhibit, ...] = ()
    statistics: Statistics | None = None
    changes: tuple[Change, ...] = ()
    results: Results | None = None
    title: str = ""
    redact: bool = False
    proposed: bool = True


def paths_of(audit: Audit) -> list[str]:
    """The files that the findings are in; without any, those that the probe was told of."""
    found = dict.fromkeys(exhibit.finding.path for exhibit in audit.findings)
    named = audit.results.data if audit.results else ()
    return list(found or dict.fromkeys(file.path for file in named))


def folder_of(paths: Iterable[str]) -> str:
    """The folder that all paths are in; "" where they are in several, or in none."""
    folders = {str(PurePath(path).parent) for path in paths}
    return folders.pop() if len(folders) == 1 and folders != {"."} else ""


def load_audit(path: Path, *, title: str = "", redact: bool = False) -> Audit:
    """Reads an audit's folder, or the results of a probe alone.

    Args:
        path: A folder with findings.jsonl and statistics.json, and with changes.jsonl and
            results.json where there are any; or a results.json.
        title: Heads the report.
        redact: Leave out all text of the data.

    Raises:
        InputError: The path holds neither, or a file of it cannot be read.
    """
    if not path.is_dir():
        return Audit(results=read_results(path), title=title, redact=redact)
    if not any((path / name).is_file() for name in (FINDINGS, RESULTS)):
        hint = "name a folder that `negaudit audit DATA --out DIR` wrote, or a results.json"
        raise InputError(f"holds no {FINDINGS} and no {RESULTS}", where=str(path), hint=hint)
    statistics = _optional(path / STATISTICS, Statistics)
    return Audit(
        findings=tuple(map(_exhibit, _lines(path / FINDINGS, FindingRecord))),
        statistics=statistics,
        changes=tuple(_lines(path / CHANGES, Change)),
        proposed=not (statistics and statistics.framed) or (path / CHANGES).is_file(),
        results=read_results(path / RESULTS) if (path / RESULTS).is_file() else None,
        title=title,
        redact=redact,
    )


def _exhibit(record: FindingRecord) -> Exhibit:
    fields = {name: getattr(record, name) for name in Finding.__struct_fields__}
    return Exhibit(Finding(**fields), record.excerpts or ())


def _optional(path: Path, kind: type[_Record]) -> _Record | None:
    return _decoded(_bytes(path), kind, str(path)) if path.is_file() else None


def _lines(path: Path, kind: type[_Record]) -> Iterator[_Record]:
    if path.is_file():
        for number, line in enumerate(_bytes(path).split(b"\n"), start=1):
            if line.strip():
                yield _decoded(line, kind, f"{path}:{number}")


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        hint = "name an audit's folder or a results.json"
        raise InputError(str(error.strerror), where=str(path), hint=hint) from error


def _decoded(text: bytes, kind: type[_Record], where: str) -> _Record:
    try:
        return msgspec.json.decode(text, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        hint = "was it written by this version? run the audit or the probe again"
        message = f"this is not what negaudit writes there: {error}"
        raise InputError(message, where=where, hint=hint) from error
