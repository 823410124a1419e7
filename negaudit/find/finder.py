"""Findings of one record: frames, their scope, and what a person is told of them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from hashlib import blake2b

from negaudit.find.fields import FieldFrame, fields_in
from negaudit.find.frames import Frame, frames_in
from negaudit.find.parts import Part, Region, parts_of, units_of
from negaudit.find.prefilter import Prefilter
from negaudit.find.rules import Rule, RuleSet
from negaudit.find.scope import Framing, learned, scope
from negaudit.find.units import Unit
from negaudit.find.view import Passage, Place
from negaudit.records import Excerpt, Exhibit, Finding, Placement, Record, Span, Trained

__all__ = ["Finder"]

_EXCERPT = 240
_EDGE = 4
_CONTINUATION = bytes(range(0x80, 0xC0))  # UTF-8 bytes that begin no character
_FIELD_WORDS = 3  # a column disowns text only where there is some
_CODE_LINE = re.compile(
    r"(?m)^[ \t]*+(?:```|(?:def|class|import|from|function|const|let|var|public|private|static|for"
    r"|if|while|return|echo|curl|sudo|SELECT|INSERT|\#include|package|fn|func|void|int|char)\b"
    r"[^\n]*?[(){};=\[]|[^\n]*?[;{]$|[\w.]++ ?(?:=|\+=|<-) ?\S|[\w.]++\()"
)


class Finder:
    """Finds framings in records.

    Args:
        rules: The rules in force.
    """

    def __init__(self, rules: RuleSet) -> None:
        self.rules = rules
        self.scanner = Prefilter(rules)

    def find(self, record: Record) -> Iterator[Exhibit]:
        """The findings of one record, the text's before the columns'."""
        parts = parts_of(record)
        has_code = any(_is_code(part) for part in parts)
        first = next((at for at, part in enumerate(parts) if not part.context), len(parts))
        frames: list[tuple[int, Frame]] = []
        for at, part in enumerate(parts):
            place: Place = "learned" if not part.context else "setup" if at < first else "turn"
            frames.extend((at, frame) for frame in self._frames(part, place, has_code=has_code))
        framing = scope(parts, frames) if frames else None
        if framing is not None:
            yield _of_text(record, parts, framing)
        fields = tuple(fields_in(record, self.rules, has_code=has_code))
        exhibit = _of_fields(record, parts, fields) if fields else None
        if exhibit is not None:
            yield exhibit

    def _frames(self, part: Part, place: Place, *, has_code: bool) -> list[Frame]:
        text = part.text
        ends = self.scanner.anchors(text.encode("utf-8", "surrogatepass"))
        units = units_of(part)
        seeds = _widened(_seeds(text, part.start, ends, units), len(units))
        return frames_in(Passage(part, units, place, has_code, self.rules), seeds)


def _is_code(part: Part) -> bool:
    return _CODE_LINE.search(part.text) is not None


def _seeds(text: str, offset: int, ends: Sequence[int], units: Sequence[Unit]) -> list[int]:
    """Indices of the units in which an anchor ends."""
    places = ends if text.isascii() else _characters(text, ends)
    seeds: list[int] = []
    at = 0
    for place in sorted(places):
        here = place + offset
        while at < len(units) and units[at].end < here:
            at += 1
        if at == len(units):
            break
        if units[at].start < here and (not seeds or seeds[-1] != at):
            seeds.append(at)
    return seeds


def _widened(seeds: Sequence[int], size: int) -> list[int]:
    """The units with an anchor, those beside them, and those at the edges.

    Frames of common words alone stand there, if anywhere.
    """
    wide = {*range(min(_EDGE, size)), *range(max(0, size - _EDGE), size)}
    for seed in seeds:
        wide.update(range(max(0, seed - 1), min(size, seed + 2)))
    return sorted(wide)


def _characters(text: str, ends: Sequence[int]) -> list[int]:
    """Byte offsets in the text's UTF-8 form as character offsets."""
    data = text.encode("utf-8", "surrogatepass")
    places: list[int] = []
    at_byte = at_char = 0
    for end in sorted(ends):
        at_char += len(data[at_byte:end].translate(None, _CONTINUATION))
        at_byte = end
        places.append(at_char)
    return places


def _of_text(record: Record, parts: Sequence[Part], framing: Framing) -> Exhibit:
    rule = _dominant([frame.rule for _, frame in framing.frames if frame.rule])
    frame = tuple(_span(parts, run) for run in framing.runs)
    content = tuple(_span(parts, region) for region in framing.content)
    texts = {part.segment.pointer: part.segment.text for part in parts}
    return _exhibit(
        record, rule, framing.placement, frame, content, learned(parts, framing.content), texts
    )


def _dominant(rules: Sequence[Rule]) -> Rule:
    """The rule that most frames match; among equals the one with the highest precedence."""
    counts = Counter(rule.code for rule in rules)
    return min(rules, key=lambda rule: (-counts[rule.code], -rule.precedence, rule.code))


def _of_fields(
    record: Record, parts: Sequence[Part], fields: Sequence[FieldFrame]
) -> Exhibit | None:
    regions = [
        Region(at, p.start, p.end)
        for at, p in enumerate(parts)
        if not p.context and len(p.text.split(None, _FIELD_WORDS)) >= _FIELD_WORDS
    ]
    if not regions:
        return None
    frame = tuple(Span(f.segment.pointer, 0, len(f.segment.text)) for f in fields)
    content = tuple(_span(parts, region) for region in regions)
    texts = {segment.pointer: segment.text for segment in record.segments}
    rule = _dominant([field.rule for field in fields])
    return _exhibit(record, rule, Placement.FIELD, frame, content, learned(parts, regions), texts)


def _span(parts: Sequence[Part], region: Region) -> Span:
    return Span(parts[region.part].segment.pointer, region.start, region.end)


def _exhibit(  # noqa: PLR0913, PLR0917 - the fields of one finding
    record: Record,
    rule: Rule,
    placement: Placement,
    frame: tuple[Span, ...],
    content: tuple[Span, ...],
    trained: Trained,
    texts: dict[str, str],
) -> Exhibit:
    finding = Finding(
        path=record.path,
        row=record.row,
        line=record.line,
        rule=rule.name,
        code=rule.code,
        kind=rule.kind,
        placement=placement,
        severity=rule.severity,
        confidence=rule.confidence,
        trained=trained,
        frame=frame,
        content=content,
        message=f"{rule.summary} ({placement.value})",
        remedies=rule.remedies,
        fingerprint=_fingerprint(rule, content, texts),
    )
    pieces = [(span, "frame") for span in frame] + [(span, "content") for span in content]
    excerpts = tuple(
        Excerpt(
            span=span,
            part="frame" if part == "frame" else "content",
            text=texts[span.pointer][span.start : min(span.end, span.start + _EXCERPT)],
            cut=span.end - span.start > _EXCERPT,
        )
        for span, part in pieces
    )
    return Exhibit(finding, excerpts)


def _fingerprint(rule: Rule, content: Sequence[Span], texts: dict[str, str]) -> str:
    """A hash of the rule and the content's words, the same wherever the record stands."""
    digest = blake2b(rule.name.encode(), digest_size=12)
    for span in content:
        words = texts[span.pointer][span.start : span.end].split()
        digest.update(b"\0" + " ".join(words).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()
