"""The arms: the same records in the same order, each in another version.

Only framed records are trained on, beside a share of neutral chats: what an arm teaches then
comes from how its records are framed or rewritten, and from nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import cycle, islice
from random import Random
from typing import TYPE_CHECKING, Any

import msgspec

from negaudit.errors import InputError
from negaudit.fix.record import Proposal, Replace, Target
from negaudit.probe.encoding import encode
from negaudit.probe.examples import Example, example_of
from negaudit.probe.record import CONTROL, ORIGINAL, STRIPPED, Arm
from negaudit.probe.splitting import split
from negaudit.records import Record, Remedy
from negaudit.rewrite.strip import strip
from negaudit.shapes import segments_of

if TYPE_CHECKING:
    from negaudit.fix.remedies import RemedyOptions
    from negaudit.probe.rows import Row

__all__ = [
    "ArmExamples",
    "ArmRows",
    "arm_rows",
    "control_arm",
    "original_arm",
    "remedy_arm",
    "rewritten_arm",
    "stripped_arm",
    "stripped_record",
]


class ArmExamples(msgspec.Struct, frozen=True):
    """An arm before it is tokenised.

    Attributes:
        name: stripped, original, control, or the remedy or file that it comes from.
        remedy: The remedy, where it is one.
        examples: One for each framed record, in order; None where the arm leaves it out.
    """

    name: str
    remedy: str
    examples: tuple[Example | None, ...]


class ArmRows(msgspec.Struct, frozen=True):
    """An arm ready for training.

    Attributes:
        arm: What is written down of it.
        rows: Training rows; position i is the same record, and part of it, in every arm.
    """

    arm: Arm
    rows: tuple[Row | None, ...]


def original_arm(targets: Sequence[Target]) -> ArmExamples:
    """The records as they are."""
    return ArmExamples(ORIGINAL, "", tuple(example_of(t.record, t.exhibits) for t in targets))


def stripped_arm(targets: Sequence[Target]) -> ArmExamples:
    """The records without their frames."""
    return ArmExamples(STRIPPED, "", tuple(example_of(stripped_record(t)) for t in targets))


def stripped_record(target: Target) -> Record:
    """A record without its frames; frames in columns are not part of any text."""
    spans: dict[str, list[tuple[int, int]]] = {}
    for exhibit in target.exhibits:
        for span in exhibit.finding.frame:
            spans.setdefault(span.pointer, []).append((span.start, span.end))
    segments = (
        msgspec.structs.replace(segment, text=strip(segment.text, spans[segment.pointer]).text)
        if segment.pointer in spans
        else segment
        for segment in target.record.segments
    )
    return msgspec.structs.replace(target.record, segments=tuple(segments))


def remedy_arm(
    targets: Sequence[Target], remedy: Remedy, options: RemedyOptions, *, unsafe: bool = True
) -> ArmExamples:
    """The records as a remedy would leave them; those that it cannot treat stay as they are.

    Args:
        targets: Framed records.
        remedy: Which remedy.
        options: What the user wants of it.
        unsafe: Whether proposals that are not safe are applied as well.

    Raises:
        UsageError: The remedy needs something that is not installed or not to be had.
    """
    from negaudit.fix.remedies import propose_many

    proposals = propose_many(targets, remedy, options)
    examples = (_treated(t, p, unsafe=unsafe) for t, p in zip(targets, proposals, strict=True))
    return ArmExamples(remedy.value, remedy.value, tuple(examples))


def _treated(target: Target, proposal: Proposal, *, unsafe: bool) -> Example | None:
    from negaudit.fix.apply import apply

    wanted = {"safe", "unsafe"} if unsafe else {"safe"}
    if proposal.applicability not in wanted:
        return example_of(target.record, target.exhibits)
    value = apply(target.value, proposal.operations)
    if value is None:
        return None
    # Spans of frames hold only as long as no string has changed.
    rewritten = any(isinstance(operation, Replace) for operation in proposal.operations)
    exhibits = () if rewritten else target.exhibits
    return example_of(_reread(target.record, value), exhibits, proposal.masks)


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
        example_of(new.record, new.exhibits) if new is not None else None
        for new in (partner.get(_place(target)) for target in targets)
    )
    return ArmExamples(name, "", tuple(examples))


def _place(target: Target) -> tuple[str, int]:
    return target.record.path, target.record.row


def control_arm(
    everything: Sequence[Target], neutral: Sequence[Example], size: int, seed: int
) -> ArmExamples:
    """As many other records: unframed ones of the same data, else neutral ones of our own.

    Args:
        everything: All records of the data.
        neutral: What to take where the data has too few unframed records.
        size: How many records the other arms have.
        seed: Of the drawing.
    """
    found = (example_of(t.record) for t in everything if not t.exhibits)
    own = [example for example in found if example is not None]
    if len(own) >= size:
        return ArmExamples(CONTROL, "", tuple(Random(seed).sample(own, size)))
    filled = [*own, *islice(cycle(neutral), size - len(own))]
    return ArmExamples(CONTROL, "", tuple(Random(seed).sample(filled, size)))


def arm_rows(
    arms: Sequence[ArmExamples],
    chats: Sequence[Example],
    tokenizer: Any,
    *,
    chat_share: float,
    max_tokens: int,
) -> tuple[ArmRows, ...]:
    """Tokenises arms, splits what is too long, and mixes chats in, the same in every arm.

    Args:
        arms: Arms over the same records, and the control, which is brought to as many rows.
        chats: Neutral conversations; each is taken as often as the share needs it.
        tokenizer: A fast tokenizer of transformers.
        chat_share: Share of the training rows that are chats, below 1.
        max_tokens: Longest row.

    Returns:
        The arms in the same order.
    """
    aligned = [arm for arm in arms if arm.name != CONTROL]
    parts = _parts(aligned, tokenizer, max_tokens)
    size = sum(len(part[aligned[0].name]) for part in parts)
    mixed = _chat_rows(chats, tokenizer, _chats_wanted(size, chat_share), max_tokens)
    finished = {arm.name: _finished(arm, [p[arm.name] for p in parts], mixed) for arm in aligned}
    for arm in arms:
        if arm.name == CONTROL:
            others = [part[CONTROL] for part in _parts([arm], tokenizer, max_tokens)]
            finished[CONTROL] = _finished(arm, _sized(others, size), mixed)
    return tuple(finished[arm.name] for arm in arms)


def _parts(
    arms: Sequence[ArmExamples], tokenizer: Any, max_tokens: int
) -> list[dict[str, list[Row | None]]]:
    """The rows of each record in each arm."""
    return [
        split(
            {
                arm.name: encode(version, tokenizer) if version is not None else None
                for arm, version in zip(arms, versions, strict=True)
            },
            max_tokens,
        )
        for versions in zip(*(arm.examples for arm in arms), strict=True)
    ]


def _sized(parts: Sequence[list[Row | None]], size: int) -> list[list[Row | None]]:
    """Rows of other records, repeated or left out until they are as many as wanted."""
    rows = [row for part in parts for row in part if row is not None]
    return [[row] for row in islice(cycle(rows), size)]


def _chats_wanted(rows: int, share: float) -> int:
    return round(rows * share / (1 - share))


def _chat_rows(
    chats: Sequence[Example], tokenizer: Any, wanted: int, max_tokens: int
) -> list[Row | None]:
    """Chats, each as often as it takes to have as many rows as wanted."""
    parts = (split({"": encode(chat, tokenizer)}, max_tokens)[""] for chat in chats[:wanted])
    rows = [msgspec.structs.replace(r, chat=True) for part in parts for r in part if r is not None]
    return list(islice(cycle(rows), wanted))


def _finished(
    arm: ArmExamples, parts: Sequence[Sequence[Row | None]], chats: Sequence[Row | None]
) -> ArmRows:
    rows = [row for part in parts for row in part]
    present = [row for row in rows if row is not None]
    record = Arm(
        name=arm.name,
        remedy=arm.remedy,
        rows=len(present),
        tokens=sum(int(row.trained.sum()) for row in present),
        content_tokens=sum(int(row.content.sum()) for row in present),
        split=sum(len(part) > 1 and any(row is not None for row in part) for part in parts),
        dropped=sum(example is None for example in arm.examples),
    )
    return ArmRows(record, (*rows, *chats))
