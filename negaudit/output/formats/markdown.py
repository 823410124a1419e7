"""A comment for a pull request: a verdict, a table of rules, and the first findings."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, TextIO

from negaudit.output.escape import code_span, escape_markdown
from negaudit.output.place import place
from negaudit.output.registry import UNREADABLE, Look, Results, output_format
from negaudit.output.summary import clean_line, counted, facts, next_step, percent
from negaudit.records import Exhibit, Finding, Statistics

if TYPE_CHECKING:
    from negaudit.find.rules import Rule

__all__ = ["MAX_FINDINGS", "write_markdown"]

MAX_FINDINGS = 50

# A comment on GitHub holds 65,536 characters; the summary needs some of them.
_MAX_TABLE = 50_000
_MAX_MESSAGE = 300
_MAX_PLACE = 120
_MAX_EXCERPT = 200
_MAX_FACT = 400


@output_format("markdown")
def write_markdown(results: Results, out: TextIO, look: Look) -> None:
    """Writes the whole comment at the end; keeps the first findings only."""
    findings = iter(results)
    first = list(islice(findings, MAX_FINDINGS))
    found = len(first) + sum(1 for _ in findings)
    statistics = results.statistics
    if not first:
        complete = results.exit_code != UNREADABLE
        verdict = "clean" if complete else "not all could be read"
        line = escape_markdown(clean_line(statistics, complete=complete))
        out.write(f"### negaudit: {verdict}\n\n{line}\n")
        return
    share = percent(statistics.framed, statistics.records)
    out.write(f"### negaudit: {counted(found, 'finding')}, {share} of the records framed\n\n")
    rows = _rows_that_fit(first, look)
    out.write(_head(look) + "".join(rows))
    if found > len(rows):
        out.write(f"\n… and {counted(found - len(rows), 'finding')} more.\n")
    if not look.quiet:
        _write_summary(statistics, results.rules, out)


def _head(look: Look) -> str:
    heads = ["where", "severity", "rule", "what"] + (["frame"] if look.show_text else [])
    return _row(heads) + _row(["---"] * len(heads))


def _rows_that_fit(exhibits: list[Exhibit], look: Look) -> list[str]:
    rows: list[str] = []
    room = _MAX_TABLE
    for exhibit in exhibits:
        cells = _cells(exhibit.finding)
        row = _row(cells + ([_frame(exhibit)] if look.show_text else []))
        room -= len(row)
        if room < 0:
            break
        rows.append(row)
    return rows


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
    out.write(_row(["rule", "findings"]) + _row(["---", "---:"]))
    for name, number in sorted(statistics.rules.items(), key=lambda item: (-item[1], item[0])):
        rule = escape_markdown(f"{codes.get(name, '')} {name}".strip())
        out.write(_row([rule, f"{number:,}"]))
    out.write("\n")
    for label, value in facts(statistics):
        out.write(f"- {escape_markdown(label)}: {escape_markdown(value[:_MAX_FACT])}\n")
    out.write(f"\n{escape_markdown(next_step(statistics))}\n\n</details>\n")


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |\n"
