"""Negate: the claim is denied where it stands, and the frames go."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, Final

import msgspec
from msgspec.structs import replace

from negaudit.fix.apply import apply
from negaudit.fix.record import Proposal, Replace, Target
from negaudit.fix.remedies.frames import FrameError, unframe
from negaudit.fix.remedies.options import RemedyOptions
from negaudit.fix.remedies.places import contents_of, frames_of, is_behaviour, segments_by_pointer
from negaudit.fix.remedies.registry import remedy
from negaudit.fix.verify import framings, verify
from negaudit.records import Finding, Kind, Remedy, Segment, Span
from negaudit.rewrite.parser import load_parser
from negaudit.rewrite.strip import strip
from negaudit.rewrite.texts import NOT_FOUND, Framed, Rewritten, rewrite_texts

__all__ = ["claims_of"]

UNPROVEN: Final = "nobody has shown that local negation repairs behaviours or code: drop or mask"
ROUNDS: Final = 3  # a frame that comes to light when others are gone hides no more than these
ORDER: Final = ("safe", "unsafe", "display-only")
NO_CONTENT: Final = "the finding has no text that could be negated"


class _Part(msgspec.Struct):
    """One string of a target that holds content."""

    segment: Segment
    framed: Framed
    rewritten: Rewritten | None = None


@remedy(Remedy.NEGATE)
def negate(targets: Sequence[Target], options: RemedyOptions) -> list[Proposal]:
    """Proposes records that deny what they claimed, each verified.

    The records share the parse, and where no claim is given the mining of claims.
    """
    nlp = load_parser(options.parser)
    parts = [_parts(target) for target in targets]
    groups: dict[tuple[str, ...], list[_Part]] = defaultdict(list)
    known = [claims_of(target, options) for target in targets]
    for claims, found in zip(known, parts, strict=True):
        groups[claims] += found
    for claims, found in groups.items():
        _rewrite(found, claims, options, nlp)
    if options.llm is None:
        for target, found, claims in zip(targets, parts, known, strict=True):
            _unframe_again(target, found, claims, nlp)
    return [
        _verified(target, _proposal(target, found), claims or _mined(found), nlp)
        for target, found, claims in zip(targets, parts, known, strict=True)
    ]


def claims_of(target: Target, options: RemedyOptions) -> tuple[str, ...]:
    """The claims of a record: of its own column, where it has one, else those of all records."""
    column = options.claim_column
    if column:
        pointer = column if column.startswith("/") else f"/{column}"
        segment = segments_by_pointer(target).get(pointer)
        if segment is not None and any(c.isalnum() for c in segment.text):
            return (" ".join(segment.text.split()),)
    return options.claims


def _mined(parts: Sequence[_Part]) -> tuple[str, ...]:
    """The claims by which a record's strings were rewritten."""
    done = [part.rewritten for part in parts if part.rewritten is not None]
    return tuple(dict.fromkeys(claim for one in done for claim in one.claims))


def _parts(target: Target) -> list[_Part]:
    segments = segments_by_pointer(target)
    frames, contents = frames_of(target), contents_of(target)
    return [
        _Part(
            segments[pointer],
            Framed(
                segments[pointer].text,
                tuple((s.start, s.end) for s in frames if s.pointer == pointer),
                tuple((s.start, s.end) for s in contents if s.pointer == pointer),
            ),
        )
        for pointer in dict.fromkeys(span.pointer for span in contents)
    ]


def _rewrite(
    parts: Sequence[_Part], claims: tuple[str, ...], options: RemedyOptions, nlp: Any
) -> None:
    framed = [part.framed for part in parts]
    results = (
        rewrite_texts(framed, claims=claims, nlp=nlp)
        if options.llm is None
        else _asked(framed, claims, options)
    )
    for part, result in zip(parts, results, strict=True):
        part.rewritten = result


def _unframe_again(
    target: Target, parts: Sequence[_Part], claims: tuple[str, ...], nlp: Any
) -> None:
    """Rewrite again while frames show that the ones before hid from the linter."""
    for _ in range(ROUNDS):
        proposal = _proposal(target, parts)
        if not proposal.operations:
            return
        found = [e.finding for e in framings(apply(target.value, proposal.operations))]
        found = [finding for finding in found if finding.kind is not Kind.MIXED_ORIGINAL]
        again = [part for part in parts if _reframe(part, found)]
        if not again:
            return
        for part, result in zip(
            again, rewrite_texts([p.framed for p in again], claims=claims, nlp=nlp), strict=True
        ):
            part.rewritten = _joined(part, result)


def _reframe(part: _Part, findings: Sequence[Finding]) -> bool:
    """Take a part's rewrite for its text, with the frames found there; whether there are any."""
    pointer, done = part.segment.pointer, part.rewritten
    frames = {s for finding in findings for s in finding.frame if s.pointer == pointer}
    content = {s for finding in findings for s in finding.content if s.pointer == pointer}
    if not frames or done is None:
        return False
    text = done.text if done.status != "display-only" else _replaced(part).text
    part.framed = Framed(text, _places(frames), _places(content))
    return True


def _places(spans: Iterable[Span]) -> tuple[tuple[int, int], ...]:
    return tuple((span.start, span.end) for span in sorted(spans))


def _joined(part: _Part, result: Rewritten) -> Rewritten:
    """What two rewrites, one after the other, did to a part."""
    before = part.rewritten
    assert before is not None
    if result.reason == NOT_FOUND:  # the first one denied all that there was to deny
        text = strip(part.framed.text, part.framed.frames).text
        return replace(before, text=text)
    worst = max((before, result), key=lambda one: ORDER.index(one.status))
    return replace(
        result,
        negated=before.negated + result.negated,
        dropped=before.dropped + result.dropped,
        kept=max(0, before.kept - result.negated - result.dropped),
        status=worst.status,
        reason=worst.reason,
        waits=worst.waits,
    )


def _asked(
    framed: Sequence[Framed], claims: tuple[str, ...], options: RemedyOptions
) -> list[Rewritten]:
    """What a language model writes."""
    from negaudit.llm.rewrite import rewrite_texts as ask

    assert options.llm is not None
    doubt = f"written by the language model {options.llm.model!r}"
    return [
        Rewritten(item.text, (), 0, 0, 0, "display-only", answer.reason, (), waits=answer.waits)
        if answer.text is None
        else Rewritten(answer.text, (), 1, 0, 0, "unsafe", doubt, ())
        for item, answer in zip(
            framed, ask([item.text for item in framed], claims, options.llm), strict=True
        )
    ]


def _proposal(target: Target, parts: Sequence[_Part]) -> Proposal:
    done = [part.rewritten for part in parts if part.rewritten is not None]
    changed = [one for one in done if one.status != "display-only"]
    failed = [one for one in done if one.status == "display-only" and one.reason != NOT_FOUND]
    draft = Proposal(
        Remedy.NEGATE,
        "display-only",
        negated=sum(one.negated for one in done),
        dropped=sum(one.dropped for one in done),
        kept=sum(one.kept for one in done),
    )
    if failed or not changed:
        worst = next(iter(failed or done), None)
        return (
            replace(draft, reason=NO_CONTENT)
            if worst is None
            else replace(draft, reason=worst.reason, waits=worst.waits)
        )
    try:
        own = tuple(_replaced(part) for part in parts)
        rest = unframe(
            target,
            but={operation.pointer for operation in own},
            after=max(part.segment.turn for part in parts),
        )
    except FrameError as error:
        return replace(draft, reason=str(error))
    doubt = next((one.reason for one in changed if one.status == "unsafe"), "")
    if is_behaviour(target):
        doubt = UNPROVEN
    applicability = "unsafe" if doubt else "safe"
    return replace(draft, applicability=applicability, operations=(*own, *rest), reason=doubt)


def _replaced(part: _Part) -> Replace:
    assert part.rewritten is not None
    if part.rewritten.status != "display-only":
        return Replace(part.segment.pointer, part.rewritten.text)
    return Replace(part.segment.pointer, strip(part.framed.text, part.framed.frames).text)


def _verified(target: Target, proposal: Proposal, claims: tuple[str, ...], nlp: Any) -> Proposal:
    faults = verify(target, proposal, claims=claims, nlp=nlp)
    if not faults:
        return proposal
    return replace(
        proposal, applicability="display-only", reason=f"not verified: {'; '.join(faults[:3])}"
    )
