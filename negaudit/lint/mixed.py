"""Findings of rule `mixed-original`: a text beside its own rewrite or its framed version."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import blake2b
from typing import Final, NamedTuple

from negaudit.find.rules import Rule
from negaudit.lint.companions import Companion
from negaudit.lint.twins import Twin
from negaudit.records import Excerpt, Exhibit, Finding, Placement, Span, Trained

__all__ = ["Original", "mixed_exhibits", "original_of", "original_of_twin"]

_EXCERPT: Final = 240
# One finding a row; a file with more has been copied whole.
_MOST: Final = 10_000


class Original(NamedTuple):
    """A record that stands beside its rewrite or its framed version.

    Attributes:
        row: Its row.
        line: Its line, if it has one.
        content: What the other record says again, or None where that is not known.
        trained: Whether the loss is taken on it.
        message: What stands where.
        digest: Hash of its words, negation aside.
    """

    row: int
    line: int | None
    content: Excerpt | None
    trained: Trained
    message: str
    digest: str


def original_of(companion: Companion) -> Original:
    """Which of two records is the original.

    Beside its rewrite under negation it is the framed one; else it is the unframed copy.
    """
    framed, other = companion.framed, companion.other
    if companion.negated:
        return Original(
            row=framed.row,
            line=framed.line,
            content=framed.content,
            trained=framed.trained,
            message=_beside(other.row, other.line),
            digest=framed.digest,
        )
    text = companion.text
    return Original(
        row=other.row,
        line=other.line,
        content=Excerpt(companion.span, "content", text[:_EXCERPT], cut=len(text) > _EXCERPT),
        trained=companion.trained,
        message=f"states plainly what {_place(framed.row, framed.line)} puts under a frame",
        digest=framed.digest,
    )


def original_of_twin(twin: Twin) -> Original:
    """The original of an unframed pair."""
    sentence, segment = twin.sentence, twin.segment
    text = segment.text[sentence.start : sentence.end]
    span = Span(segment.pointer, sentence.start, sentence.end)
    return Original(
        row=twin.row,
        line=twin.line,
        content=Excerpt(span, "content", text[:_EXCERPT], cut=len(text) > _EXCERPT),
        trained=segment.trained,
        message=_beside(twin.rewrite, twin.rewrite_line),
        digest=f"{sentence.blind:016x}",
    )


def _beside(row: int, line: int | None) -> str:
    return f"{_place(row, line)} is the rewrite of this record: keep the rewrite alone"


def _place(row: int, line: int | None) -> str:
    return f"row {row}" if line is None else f"line {line} (row {row})"


def mixed_exhibits(rule: Rule, path: str, originals: Iterable[Original]) -> list[Exhibit]:
    """One finding for each original's row, by row; 10,000 for a file at most."""
    first: dict[int, Original] = {}
    for original in originals:
        if len(first) < _MOST:
            first.setdefault(original.row, original)
    return [_exhibit(rule, path, first[row]) for row in sorted(first)]


def _exhibit(rule: Rule, path: str, original: Original) -> Exhibit:
    content = original.content
    digest = blake2b(f"{rule.name}\0{original.digest}".encode(), digest_size=12)
    finding = Finding(
        path=path,
        row=original.row,
        line=original.line,
        rule=rule.name,
        code=rule.code,
        kind=rule.kind,
        placement=Placement.FIELD,
        severity=rule.severity,
        confidence=rule.confidence,
        trained=original.trained,
        frame=(),
        content=() if content is None else (content.span,),
        message=original.message,
        remedies=rule.remedies,
        fingerprint=digest.hexdigest(),
    )
    return Exhibit(finding, () if content is None else (content,))
