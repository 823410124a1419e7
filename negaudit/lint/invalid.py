"""Findings about records that cannot be read, or not as they stand."""

from __future__ import annotations

from hashlib import blake2b

from negaudit.find.rules import Rule
from negaudit.read import Entry
from negaudit.records import Exhibit, Finding, Placement, Problem, Severity, Trained

__all__ = ["invalid_exhibit"]


def invalid_exhibit(rule: Rule, path: str, entry: Entry) -> Exhibit:
    """The finding for an entry that has a problem.

    It is an error where nothing of the record was saved, else a warning.
    """
    row, line, record, problem = entry
    assert isinstance(problem, Problem)
    digest = blake2b(f"{rule.name}\0{problem.message}".encode("utf-8", "replace"), digest_size=12)
    finding = Finding(
        path=path,
        row=row,
        line=line,
        rule=rule.name,
        code=rule.code,
        kind=rule.kind,
        placement=Placement.FIELD,
        severity=rule.severity if record is None else Severity.WARNING,
        confidence=rule.confidence,
        trained=Trained.UNKNOWN,
        frame=(),
        content=(),
        message=problem.message,
        remedies=rule.remedies,
        fingerprint=digest.hexdigest(),
    )
    return Exhibit(finding, ())
