"""A comment for a pull request: a verdict, a table of rules, and the first findings."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, TextIO

from negaudit.output.escape import code_span, escape_markdown
from negaudit.output.place import place
from negaudit.output.registry import Look, Results, output_format
from negaudit.output.summary import clean_line, counted, facts, next_step, percent
from negaudit.records import Exhibit, Finding, Statistics

if TYPE_CHECKING:
    from negaudit.find.rules import Rule

__all__ = ["MAX_FINDINGS", "write_markdown"]

# A comment on GitHub holds 65,536 characters.
MAX_FINDINGS = 50

_MAX_MESSAGE = 300
_MAX_PLACE = 120
_MAX_EXCERPT = 200


@output_format("markdown")
def write_markdown(results: Results, out: TextIO, look: Look) -> None:
    """Writes the whole comment at the end; keeps the first findings only."""
    findings = iter(results)
    first = list(islice(findings, MAX_FINDINGS))
    more = sum(1 for _ in findings)
    statistics = results.statistics
    if not first:
        out.write(f"### negaudit: clean\n\n{escape_markdown(clean_line(statistics))}\n")
        return
    share = percent(statistics.framed, statistics.records)
    found = counted(len(first) + more, "finding")
    out.write(f"### negaudit: {found}, {share} of the records framed\n\n")
    _write_findings(first, out, look)
    if more:
        out.write(f"\n… and {counted(more, 'finding')} more.\n")
    if not look.quiet:
        _write_summary(statistics, results.rules, out)


def _write_findings(exhibits: list[Exhibit], out: TextIO, look: Look) -> None:
    heads = ["where", "severity", "rule", "what"] + (["frame"] if look.show_text else [])
    _write_row(heads, out)
    _write_row(["---"] * len(heads), out)
    for exhibit in exhibits:
        cells = _cells(exhibit.finding)
        _write_row(cells + ([_frame(exhibit)] if look.show_text else []), out)


def _cells(finding: Finding) -> list[str]:
    return [
        code_span(place(finding)[:_MAX_PLACE]),
        finding.severity.value,
        escape_markdown(f"{finding.code} {finding.rule}"),
        escape_markdown(finding.message[:_MAX_MESSAGE]),
    ]


def _frame(exhibit: Exhibit) -> str:
    frames = [excerpt.text for excerpt in exhibit.excerpts if excerpt.part == "frame"]
    return code_span(" … ".join(frames)[:_MAX_EXCERPT])


def _write_summary(statistics: Statistics, rules: tuple[Rule, ...], out: TextIO) -> None:
    codes = {rule.name: rule.code for rule in rules}
    out.write("\n<details><summary>Summary</summary>\n\n")
    _write_row(["rule", "findings"], out)
    _write_row(["---", "---:"], out)
    for name, number in sorted(statistics.rules.items(), key=lambda item: (-item[1], item[0])):
        rule = escape_markdown(f"{codes.get(name, '')} {name}".strip())
        _write_row([rule, f"{number:,}"], out)
    out.write("\n")
    for label, value in facts(statistics):
        out.write(f"- {escape_markdown(label)}: {escape_markdown(value)}\n")
    out.write(f"\n{escape_markdown(next_step(statistics))}\n\n</details>\n")


def _write_row(cells: list[str], out: TextIO) -> None:
    out.write(f"| {' | '.join(cells)} |\n")
