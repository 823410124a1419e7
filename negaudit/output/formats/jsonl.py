"""One finding a line, as JSON; the lines are the contract `negaudit.finding/1`."""

from __future__ import annotations

from typing import TextIO

from negaudit.output.contract import encode, finding_record
from negaudit.output.registry import Look, Results, output_format

__all__ = ["write_jsonl"]


@output_format("jsonl")
def write_jsonl(results: Results, out: TextIO, look: Look) -> None:
    """Writes each finding as it comes; statistics have no place in this format."""
    for exhibit in results:
        out.write(encode(finding_record(exhibit, show_text=look.show_text)) + "\n")
