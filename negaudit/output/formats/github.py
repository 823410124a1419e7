"""Workflow commands of GitHub Actions: annotations on the lines of a pull request."""

from __future__ import annotations

from typing import TextIO

from negaudit.output.inert import inert
from negaudit.output.registry import Look, Results, output_format
from negaudit.records import Finding, Severity

__all__ = ["write_github"]

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


@output_format("github")
def write_github(results: Results, out: TextIO, _look: Look) -> None:
    """Writes one `::error file=...::` command for each finding as it comes."""
    for exhibit in results:
        out.write(_command(exhibit.finding) + "\n")


def _command(finding: Finding) -> str:
    properties = [f"file={_property(finding.path)}"]
    if finding.line is not None:
        properties.append(f"line={finding.line}")
    properties.append(f"title={_property(f'{finding.code} {finding.rule}')}")
    row = f"row {finding.row}: " if finding.line is None else ""
    message = _data(f"{row}{finding.message}")
    return f"::{_COMMANDS[finding.severity]} {','.join(properties)}::{message}"


def _data(text: str) -> str:
    # Line feeds are the only control characters that a command can carry, as %0A.
    return inert(text.replace("%", "%25"), newline="%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
