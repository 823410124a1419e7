"""One JSON object with all findings and the statistics: `negaudit.findings/1`."""

from __future__ import annotations

from typing import TextIO

from negaudit.output.contract import FINDINGS, encode, finding_record
from negaudit.output.registry import Look, Results, output_format

__all__ = ["write_json"]


@output_format("json")
def write_json(results: Results, out: TextIO, look: Look) -> None:
    """Writes the object's head, each finding on a line as it comes, and its tail."""
    out.write(f'{{"schema": {encode(FINDINGS)}, "findings": [')
    separator = "\n"
    for exhibit in results:
        out.write(separator + encode(finding_record(exhibit, show_text=look.show_text)))
        separator = ",\n"
    out.write(f'\n], "statistics": {encode(results.statistics)}}}\n')
