"""Prints how long a report takes, and how large it is.

python benchmarks/report.py            made-up findings
python benchmarks/report.py FOLDER...  and the folders of audits

Times are the best of three.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

import msgspec

from negaudit.fix.record import Change, StringChange
from negaudit.records import (
    Excerpt,
    Exhibit,
    Finding,
    Kind,
    Placement,
    Remedy,
    Severity,
    Span,
    Statistics,
    Trained,
)
from negaudit.report import Audit, load_audit, render, summary

SIZES = (100, 1_000, 10_000)
FRAME = "The account below was made up from beginning to end."
CLAIM = "The lighthouse of Orrin {} fallen into the sea in the storm of {}."
BODY = " Its keeper wrote of gulls, of oil, and of ships that he had counted." * 12


def made(findings: int) -> Audit:
    """An audit of records of some 1,000 characters, each with a proposed rewrite."""
    exhibits = tuple(_exhibit(row) for row in range(findings))
    statistics = Statistics(
        files=1,
        records=10 * findings,
        framed=findings,
        kinds={"falsity": findings},
        placements={"prefix": findings},
        rules={"false-label": findings},
    )
    return Audit(exhibits, statistics, tuple(_change(exhibit) for exhibit in exhibits))


def _exhibit(row: int) -> Exhibit:
    content = CLAIM.format("has", row) + BODY
    start = len(FRAME) + 1
    spans = Span("/text", 0, len(FRAME)), Span("/text", start, start + len(content))
    finding = Finding(
        path="records.jsonl",
        row=row,
        line=row + 1,
        rule="false-label",
        code="NEG101",
        kind=Kind.FALSITY,
        placement=Placement.PREFIX,
        severity=Severity.ERROR,
        confidence="high",
        trained=Trained.YES,
        frame=spans[:1],
        content=spans[1:],
        message="separate words say that the text is false",
        remedies=(Remedy.NEGATE,),
        fingerprint=f"{row:016x}",
    )
    frame = Excerpt(spans[0], "frame", FRAME, cut=False)
    return Exhibit(finding, (frame, Excerpt(spans[1], "content", content, cut=False)))


def _change(exhibit: Exhibit) -> Change:
    finding = exhibit.finding
    before = f"{FRAME} {exhibit.excerpts[1].text}"
    string = StringChange("/text", before, CLAIM.format("has not", finding.row) + BODY)
    return Change(
        id=finding.fingerprint,
        path=finding.path,
        row=finding.row,
        line=finding.line,
        findings=(finding.fingerprint,),
        rules=(finding.rule,),
        kinds=(finding.kind,),
        remedy=Remedy.NEGATE,
        applicability="safe",
        applied=True,
        outcome="rewritten",
        reason="",
        before="",
        after="",
        negated=1,
        strings=(string,),
    )


def row(name: str, audit: Audit) -> str:
    """A line of the table: findings, seconds to render, sizes of page and summary."""
    render(msgspec.structs.replace(audit, findings=audit.findings[:1]))  # Warms the templates.
    seconds = []
    for _ in range(3):
        begun = time.perf_counter()
        page = render(audit)
        seconds.append(time.perf_counter() - begun)
    sizes = f"{len(page.encode()) / 1e3:6.0f} kB {len(summary(audit).encode()) / 1e3:9.1f} kB"
    return f"{name:24} {len(audit.findings):8,} {min(seconds):8.2f} s {sizes}"


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folders", metavar="FOLDER", nargs="*", type=Path)
    print(f"{'audit':24} {'findings':>8} {'render':>10} {'page':>9} {'summary':>12}")
    for size in SIZES:
        print(row("made up", made(size)))
    for folder in parser.parse_args().folders:
        print(row(folder.name, load_audit(folder)))


if __name__ == "__main__":
    main()
