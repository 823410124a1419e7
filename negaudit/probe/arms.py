"""The arms: the same records in the same order, each in another version.

Only framed records are trained on, beside a share of neutral chats: what an arm teaches then
comes from how its records are framed or rewritten, and from nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import cycle, islice
from random import Random
from typing import TYPE_CHECKING

import msgspec

from negaudit.errors import InputError
from negaudit.fix.record import Proposal, Replace, Target
from negaudit.fix.remedies.places import frames_of
from negaudit.probe.examples import Example, example_of
from negaudit.probe.near_duplicates import near_duplicates
from negaudit.probe.record import CONTROL, ORIGINAL, STRIPPED
from negaudit.records import Record, Remedy, Span
from negaudit.rewrite.strip import strip
from negaudit.shapes import segments_of

if TYPE_CHECKING:
    from negaudit.fix.remedies import RemedyOptions

__all__ = [
    "ArmExamples",
    "control_arm",
    "original_arm",
    "remedy_arm",
    "rewritten_arm",
    "stripped_arm",
    "stripped_example",
]


class ArmExamples(msgspec.Struct, frozen=True):
    """An arm before it is tokenised.

    Attributes:
        name: stripped, original, control, or the remedy or file that it comes from.
        remedy: The remedy, where it is one.
        examples: One for each framed record, in order; None where the arm leaves it out.
        untreated: Records that the remedy could not treat, and that stay as they are.
    """

    name: str
    remedy: str
    examples: tuple[Example | None, ...]
    untreated: int = 0


def original_arm(targets: Sequence[Target]) -> ArmExamples:
    """The records as they are."""
    return ArmExamples(ORIGINAL, "", tuple(map(_as_it_is, targets)))


def stripped_arm(bare: Iterable[Example | None]) -> ArmExamples:
    """The records without their frames, as `stripped_example` makes them."""
    return ArmExamples(STRIPPED, "", tuple(bare))


def stripped_example(target: Target) -> Example | None:
    """A record without its frames; frames in columns are not part of any text."""
    spans: dict[str, list[tuple[int, int]]] = {}
    for span in frames_of(target):
        spans.setdefault(span.pointer, []).append((span.start, span.end))
    segments = (
        msgspec.structs.replace(segment, text=strip(segment.text, spans[segment.pointer]).text)
        if segment.pointer in spans
        else segment
        for segment in target.record.segments
    )
    return _version(target, msgspec.structs.replace(target.record, segments=tuple(segments)))


def _as_it_is(target: Target) -> Example | None:
    return example_of(target.record, frames_of(target))


def _version(
    target: Target, record: Record, frames: Iterable[Span] = (), masks: Iterable[Span] = ()
) -> Example | None:
    """Another version of a record, which may be blank where it had a frame and nothing else."""
    return example_of(record, frames, masks, {span.pointer for span in frames_of(target)})


def remedy_arm(targets: Sequence[Target], remedy: Remedy, options: RemedyOptions) -> ArmExamples:
    """The records as a remedy would leave them; those that it cannot treat stay as they are.

    What is not safe is applied as well: the arm shows what the remedy can do.

    Args:
        targets: Framed records.
        remedy: Which remedy.
        options: What the user wants of it.

    Raises:
        UsageError: The remedy needs something that is not installed or not to be had.
    """
    from negaudit.fix.remedies import propose_many

    proposals = propose_many(targets, remedy, options)
    treated = [proposal.applicability != "display-only" for proposal in proposals]
    examples = (
        _treated(target, proposal) if sound else _as_it_is(target)
        for target, proposal, sound in zip(targets, proposals, treated, strict=True)
    )
    return ArmExamples(remedy.value, remedy.value, tuple(examples), treated.count(False))


def _treated(target: Target, proposal: Proposal) -> Example | None:
    from negaudit.fix.apply import apply

    value = apply(target.value, proposal.operations)
    if value is None:
        return None
    # Spans of frames hold only as long as no string has changed.
    rewritten = any(isinstance(operation, Replace) for operation in proposal.operations)
    frames = proposal.frames if rewritten else frames_of(target)
    return _version(target, _reread(target.record, value), frames, proposal.masks)


def _reread(record: Record, value: object) -> Record:
    shape, segments = segments_of(value)
    return msgspec.structs.replace(record, shape=shape, segments=segments)


def rewritten_arm(
    name: str,
    targets: Sequence[Target],
    everything: Sequence[Target],
    rewritten: Sequence[Target],
    gone: Iterable[tuple[str, int]] = (),
) -> ArmExamples:
    """The records as a file has them that somebody else rewrote.

    Args:
        name: What to call the arm.
        targets: The framed records that are trained on.
        everything: All records of the data.
        rewritten: All records of the rewritten file, which may still be framed.
        gone: Path and row of the records that the file leaves out, as a provenance sidecar
            tells them.

    Raises:
        InputError: The records cannot be matched, one to one.
    """
    left_out = set(gone)
    kept = [t for t in everything if _place(t) not in left_out]
    if len(kept) != len(rewritten):
        raise InputError(
            f"has {len(rewritten)} records where the data has {len(kept)}",
            where=name,
            hint="give the file that `negaudit fix` wrote, with its provenance beside it, or "
            "one with a record for each record of the data",
        )
    partner = {_place(old): new for old, new in zip(kept, rewritten, strict=True)}
    examples = (
        _version(target, new.record, frames_of(new)) if new is not None else None
        for target, new in ((target, partner.get(_place(target))) for target in targets)
    )
    return ArmExamples(name, "", tuple(examples))


def _place(target: Target) -> tuple[str, int]:
    return target.record.path, target.record.row


def control_arm(
    everything: Sequence[Target],
    neutral: Sequence[Example],
    size: int,
    seed: int,
    asked: Sequence[str],
) -> ArmExamples:
    """As many other records: unframed ones of the same data, else neutral ones of our own.

    Those that answer a held-out question are left out: the control is not to learn any answer.

    Args:
        everything: All records of the data.
        neutral: What to take where the data has too few unframed records.
        size: How many records the other arms have.
        seed: Of the drawing.
        asked: The held-out questions.
    """
    random = Random(seed)
    unframed = [target for target in everything if not target.exhibits]
    # Twice as many as are wanted are looked at, since there may be millions.
    drawn = random.sample(unframed, min(len(unframed), 2 * size))
    found = [example for t in drawn if (example := example_of(t.record)) is not None]
    told = {at for _, at in near_duplicates(asked, (one.asked for one in found))}
    own = [example for at, example in enumerate(found) if at not in told][:size]
    filled = [*own, *islice(cycle(neutral), size - len(own))]
    return ArmExamples(CONTROL, "", tuple(random.sample(filled, size)))
