"""Scope: which text of a record its frames disown, and how they stand to it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from negaudit.find.content import CLAIMS, TAKEN_BACK, affirms, answers, denies_itself
from negaudit.find.frames import Frame
from negaudit.find.parts import Part, Region
from negaudit.find.units import split_units
from negaudit.records import Placement, Role, Trained

__all__ = ["Framing", "learned", "scope"]

_WORD = re.compile(r"\w")
_PASTED_WORDS = 25
_RULERS, _SEPARATORS = "-=*_~#", ",;:–—|"


class Framing(NamedTuple):
    """Frames and the content that they disown, in reading order."""

    frames: tuple[tuple[int, Frame], ...]
    runs: tuple[Region, ...]
    content: tuple[Region, ...]
    placement: Placement


def scope(parts: Sequence[Part], frames: Sequence[tuple[int, Frame]]) -> Framing | None:
    """The framing that the frames of one record make, or None where they disown nothing.

    Args:
        parts: The record's parts.
        frames: (index of the part, frame), in reading order.
    """
    runs, run_of = _runs(parts, frames)
    gaps = _gaps(parts, runs)
    pointed: dict[tuple[int, str, str, bool], list[Region]] = {}
    content: set[Region] = set()
    kept: list[tuple[int, Frame]] = []
    for (at, frame), run in zip(frames, run_of, strict=True):
        claims = frame.rule is None or frame.rule.kind in CLAIMS
        key = (run, frame.direction, frame.form, claims)
        if key not in pointed:
            states = affirms if claims else answers
            pointed[key] = [
                gap
                for gap in _pointed(parts, runs[run], frame, gaps)
                if states(parts[gap.part].segment.text[gap.start : gap.end])
            ]
            content.update(pointed[key])
        if pointed[key]:
            kept.append((at, frame))
    kept = [pair for pair in kept if pair[1].rule] and kept
    if not kept or denies_itself(parts, runs, kept, content):
        return None
    spoken = {at for at, _ in kept}
    spoken_runs = tuple(run for run in runs if run.part in spoken)
    ordered = _outermost(content)
    return Framing(tuple(kept), spoken_runs, ordered, _placement(kept, spoken_runs, ordered))


def _outermost(regions: Iterable[Region]) -> tuple[Region, ...]:
    """Regions in reading order, without those that lie within another."""
    kept: list[Region] = []
    for region in sorted(regions, key=lambda r: (r.part, r.start, -r.end)):
        if not kept or kept[-1].part != region.part or kept[-1].end < region.end:
            kept.append(region)
    return tuple(kept)


def _runs(
    parts: Sequence[Part], frames: Sequence[tuple[int, Frame]]
) -> tuple[list[Region], list[int]]:
    """Frames that follow each other with nothing but marks between them, as one region.

    Returns:
        The regions, and for each frame the index of its own.
    """
    runs: list[Region] = []
    run_of: list[int] = []
    for at, frame in frames:
        text = parts[at].segment.text
        last = runs[-1] if runs else None
        if last and last.part == at and not _WORD.search(text, last.end, frame.start):
            start, end = min(frame.start, last.start), max(frame.end, last.end)
            runs[-1] = Region(at, start, end)
        else:
            runs.append(Region(at, frame.start, frame.end))
        run_of.append(len(runs) - 1)
    return runs, run_of


def _gaps(parts: Sequence[Part], runs: Sequence[Region]) -> list[list[Region]]:
    """What is left of every part when its frames are taken out, less white space and rulers."""
    cut_out: dict[int, list[Region]] = {}
    for run in runs:
        cut_out.setdefault(run.part, []).append(run)
    gaps: list[list[Region]] = []
    for at, part in enumerate(parts):
        gaps.append([])
        edge = part.start
        for run in cut_out.get(at, ()):
            gaps[at].extend(_trimmed(part, at, edge, run.start))
            edge = run.end
        gaps[at].extend(_trimmed(part, at, edge, part.end))
    return gaps


def _trimmed(part: Part, at: int, start: int, end: int) -> list[Region]:
    """White space, rulers and the marks between a claim and its denial belong to neither."""
    text = part.segment.text
    before = _RULERS if start == part.start else _RULERS + _SEPARATORS
    after = _RULERS if end == part.end else _RULERS + _SEPARATORS
    while start < end and (text[start].isspace() or text[start] in before):
        start += 1
    while start < end and (text[end - 1].isspace() or text[end - 1] in after):
        end -= 1
    return [Region(at, start, end)] if _WORD.search(text, start, end) else []


def _pointed(
    parts: Sequence[Part], run: Region, frame: Frame, gaps: Sequence[Sequence[Region]]
) -> Sequence[Region]:
    part, own = parts[run.part], gaps[run.part]
    after = bisect_left(own, run.end, key=lambda gap: gap.start)
    if frame.form in TAKEN_BACK or frame.form == "retold":
        return [] if part.context else _last_sentence(part, own[max(0, after - 1) : after])
    near = _by_direction(frame, own, after)
    if not part.context:
        if not near and (not part.reply or frame.form in {"note", "aside", "label"}):
            near = own
        if near or frame.direction != "before" or part.role is Role.TEXT:
            return near
    elif _is_pasted(part, near):
        return []
    return _other_turns(parts, run, frame, gaps)


def _by_direction(frame: Frame, own: Sequence[Region], after: int) -> Sequence[Region]:
    """Regions of the frame's own part: all of them from an edge, the next one from within.

    Args:
        frame: The frame.
        own: The regions of its part.
        after: Index of the first that stands after it.
    """
    first, last = (0, len(own)) if after in {0, len(own)} else (after - 1, after + 1)
    if frame.direction == "after":
        return own[after:last]
    return own[first:after] if frame.direction == "before" else own[first:last]


def _last_sentence(part: Part, regions: Sequence[Region]) -> list[Region]:
    """What a short denial takes back: the sentence right before it."""
    for region in regions:
        units = split_units(part.segment.text[region.start : region.end])
        if units:
            return [region._replace(start=region.start + units[-1].start)]
    return []


def _is_pasted(part: Part, regions: Sequence[Region]) -> bool:
    """Whether the frame is about a text that the prompt itself holds, which is not learned."""
    words = sum(part.segment.text.count(" ", g.start, g.end) + 1 for g in regions)
    return words > _PASTED_WORDS


def _other_turns(
    parts: Sequence[Part], run: Region, frame: Frame, gaps: Sequence[Sequence[Region]]
) -> list[Region]:
    learned = [at for at, part in enumerate(parts) if not part.context]
    later = [at for at in learned if at > run.part]
    earlier = [at for at in learned if at < run.part]
    if frame.direction == "after" or (frame.direction == "around" and not earlier):
        chosen = later if parts[run.part].role is Role.SYSTEM else _next_turns(parts, later)
    else:
        chosen = earlier[-1:]
    return [gap for at in chosen for gap in gaps[at]]


def _next_turns(parts: Sequence[Part], later: Sequence[int]) -> list[int]:
    """The learned parts up to the next prompt."""
    chosen: list[int] = []
    for at in later:
        if chosen and any(p.role is Role.USER for p in parts[chosen[-1] + 1 : at]):
            break
        chosen.append(at)
    return chosen


def _placement(
    frames: Sequence[tuple[int, Frame]], runs: Sequence[Region], content: Sequence[Region]
) -> Placement:
    ruled = [frame for _, frame in frames if frame.rule]
    taken = sum(frame.form in TAKEN_BACK for frame in ruled)
    if 2 * taken > len(ruled):
        return Placement.RETRACTION
    told = sum(frame.rule.placement is Placement.COMMENTARY for frame in ruled if frame.rule)
    if told and 2 * told >= len(ruled):
        return Placement.COMMENTARY
    if not {run.part for run in runs} & {region.part for region in content}:
        return Placement.OTHER_TURN
    first, last = content[0], content[-1]
    inner = [r for r in runs if first.start < r.start and r.end < last.end and r.part == first.part]
    heads = any((r.part, r.end) <= (first.part, first.start) for r in runs)
    feet = any((r.part, r.start) >= (last.part, last.end) for r in runs)
    if inner:
        return Placement.REPEATED
    if heads and feet:
        return Placement.WRAP
    return Placement.PREFIX if heads else Placement.SUFFIX


def learned(parts: Sequence[Part], content: Sequence[Region]) -> Trained:
    """Whether the loss is taken on any of the content."""
    return max(
        (parts[region.part].trained for region in content),
        key=[Trained.NO, Trained.UNKNOWN, Trained.YES].index,
        default=Trained.NO,
    )
