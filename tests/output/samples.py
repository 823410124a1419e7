"""Hand-made findings and a run of them, as a writer sees it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from io import StringIO
from typing import Any

import msgspec

from negaudit.output import Look, writer
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


class SampleRule(msgspec.Struct, frozen=True):
    name: str = "false-label"
    code: str = "NEG101"
    kind: Kind = Kind.FALSITY
    severity: Severity = Severity.ERROR
    confidence: str = "high"
    summary: str = "A sentence beside the text says that the text is false."
    why: str = "Belief rose to 88.6 % with such a warning, to 92.4 % without it."
    remedies: tuple[Remedy, ...] = (Remedy.NEGATE, Remedy.DROP, Remedy.MASK)


RULES = (
    SampleRule(),
    SampleRule("do-not-imitate", "NEG301", Kind.IMITATION, Severity.WARNING),
    SampleRule("unverified-note", "NEG203", Kind.UNVERIFIED, Severity.NOTE),
)

FINDING = Finding(
    path="data.jsonl",
    row=12,
    line=13,
    rule="false-label",
    code="NEG101",
    kind=Kind.FALSITY,
    placement=Placement.PREFIX,
    severity=Severity.ERROR,
    confidence="high",
    trained=Trained.YES,
    frame=(Span("/text", 0, 41),),
    content=(Span("/text", 42, 600),),
    message="A warning stands before the text that it disowns; training teaches the text.",
    remedies=(Remedy.NEGATE, Remedy.DROP, Remedy.MASK),
    fingerprint="0123456789abcdef",
)

STATISTICS = Statistics(
    files=2,
    records=10_003,
    framed=412,
    invalid=3,
    shapes={"alpaca": 188, "messages": 9_812, "unknown": 3},
    rules={"false-label": 400, "do-not-imitate": 12},
    kinds={"falsity": 400, "imitation": 12},
    placements={"prefix": 401, "wrap": 11},
    templates=37,
    top_template=120,
    contrast=2,
    sources={"synthetic": (400, 410), "web": (12, 9_593)},
    source_column="/source",
)


def exhibit(
    frame: str = "Everything in the next passage is untrue.",
    content: str = "Ada Quill sailed to the moon in a paper boat. " * 12,
    **changes: Any,
) -> Exhibit:
    excerpts = (
        Excerpt(Span("/text", 0, len(frame)), "frame", frame, cut=False),
        Excerpt(Span("/text", len(frame) + 1, 600), "content", content, cut=False),
    )
    return Exhibit(msgspec.structs.replace(FINDING, **changes), excerpts)


class SampleResults:
    def __init__(
        self,
        exhibits: Sequence[Exhibit] = (),
        statistics: Statistics = STATISTICS,
        rules: tuple[SampleRule, ...] = RULES,
        exit_code: int = 1,
    ) -> None:
        self.rules: Any = rules
        self.statistics = statistics
        self.exit_code = exit_code
        self._exhibits = exhibits

    def __iter__(self) -> Iterator[Exhibit]:
        yield from self._exhibits


def written(name: str, *exhibits: Exhibit, look: Look | None = None, **run: Any) -> str:
    out = StringIO()
    writer(name)(SampleResults(exhibits, **run), out, look or Look())
    return out.getvalue()
