"""One finding a line, for people who scan and for tools that match lines."""

from __future__ import annotations

from typing import TextIO

from negaudit.output.inert import inert
from negaudit.output.place import place
from negaudit.output.registry import Look, Results, output_format

__all__ = ["write_concise"]


@output_format("concise")
def write_concise(results: Results, out: TextIO, _look: Look) -> None:
    """Writes `path:line: CODE name message` for each finding as it comes."""
    for exhibit in results:
        finding = exhibit.finding
        rule = inert(f"{finding.code} {finding.rule}")
        out.write(f"{place(finding)}: {rule} {inert(finding.message)}\n")
