"""GitLab's Code Quality report: a JSON array of issues, as CodeClimate defines them."""

from __future__ import annotations

from typing import TextIO

from negaudit.output.contract import encode
from negaudit.output.inert import inert
from negaudit.output.occurrence import Occurrences
from negaudit.output.place import relative_path
from negaudit.output.registry import Look, Results, output_format
from negaudit.records import Finding, Severity

__all__ = ["write_gitlab"]

_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.NOTE: "info"}


@output_format("gitlab")
def write_gitlab(results: Results, out: TextIO, _look: Look) -> None:
    """Writes the array, each issue on a line as it comes."""
    occurrences = Occurrences()
    separator = "\n"
    out.write("[")
    for exhibit in results:
        issue = _issue(exhibit.finding, occurrences.unique(exhibit.finding))
        out.write(separator + encode(issue))
        separator = ",\n"
    out.write("\n]\n")


def _issue(finding: Finding, fingerprint: str) -> dict[str, object]:
    path = inert(relative_path(finding.path) or finding.path)
    row = f" (row {finding.row})" if finding.line is None else ""
    return {
        "description": f"{inert(finding.message)}{row}",
        "check_name": f"{finding.code} {finding.rule}",
        "fingerprint": fingerprint,
        "severity": _SEVERITIES[finding.severity],
        # A line is required; a file without lines is shown at its first.
        "location": {"path": path, "lines": {"begin": finding.line or 1}},
    }
