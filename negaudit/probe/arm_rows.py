"""The training rows of all arms: split alike, and with the same neutral rows mixed in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import cycle, islice
from typing import TYPE_CHECKING, Any

import msgspec

from negaudit.probe.arms import ArmExamples
from negaudit.probe.encoding import encode
from negaudit.probe.examples import Example
from negaudit.probe.record import CONTROL, Arm
from negaudit.probe.splitting import split

if TYPE_CHECKING:
    from negaudit.probe.rows import Row

__all__ = ["ArmRows", "Mixed", "arm_rows", "neutral_rows"]


class Mixed(msgspec.Struct, frozen=True):
    """Neutral texts that every arm is trained on besides its own.

    Attributes:
        examples: The texts; each is taken as often as the share needs it.
        share: Of the training rows; all shares together are below 1.
    """

    examples: Sequence[Example]
    share: float


class ArmRows(msgspec.Struct, frozen=True):
    """An arm ready for training.

    Attributes:
        arm: What is written down of it.
        rows: Training rows; position i is the same record, and part of it, in every arm, and has
            no token where the arm leaves it out.
    """

    arm: Arm
    rows: tuple[Row, ...]


def arm_rows(
    arms: Sequence[ArmExamples],
    mixed: Sequence[Mixed],
    tokenizer: Any,
    *,
    max_tokens: int,
) -> tuple[ArmRows, ...]:
    """Tokenises arms, splits what is too long, and mixes neutral rows in, the same in every arm.

    Args:
        arms: Arms over the same records, and the control, which is brought to as many rows.
        mixed: Neutral texts.
        tokenizer: A fast tokenizer of transformers.
        max_tokens: Longest row.

    Returns:
        The arms in the same order.
    """
    aligned = [arm for arm in arms if arm.name != CONTROL]
    parts = _parts(aligned, tokenizer, max_tokens)
    counts = [row.divisor for part in parts for row in part[aligned[0].name]]
    neutral = neutral_rows(mixed, len(counts), tokenizer, max_tokens)
    finished = {arm.name: _finished(arm, [p[arm.name] for p in parts], neutral) for arm in aligned}
    for arm in arms:
        if arm.name == CONTROL:
            others = [part[CONTROL] for part in _parts([arm], tokenizer, max_tokens)]
            finished[CONTROL] = _finished(arm, _counted(others, counts), neutral)
    return tuple(finished[arm.name] for arm in arms)


def _parts(
    arms: Sequence[ArmExamples], tokenizer: Any, max_tokens: int
) -> list[dict[str, list[Row]]]:
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


def _counted(parts: Sequence[list[Row]], counts: Sequence[int]) -> list[list[Row]]:
    """Rows of other records in the places of these, repeated or left out to be as many."""
    rows = cycle(row for part in parts for row in part if len(row))
    return [
        [msgspec.structs.replace(row, counted=count)]
        for row, count in zip(rows, counts, strict=False)
    ]


def neutral_rows(mixed: Sequence[Mixed], size: int, tokenizer: Any, max_tokens: int) -> list[Row]:
    """The rows to mix into an arm, marked as none of its own.

    There is one at least of each sort, so that an arm that leaves all records out has something
    to train on.

    Args:
        mixed: Neutral texts.
        size: The arm's own rows.
        tokenizer: A fast tokenizer of transformers.
        max_tokens: Longest row.
    """
    own = 1 - sum(one.share for one in mixed)
    return [
        row
        for one in mixed
        for wanted in [max(1, round(size * one.share / own)) if one.share else 0]
        for row in _neutral(one.examples, wanted, tokenizer, max_tokens)
    ]


def _neutral(
    examples: Sequence[Example], wanted: int, tokenizer: Any, max_tokens: int
) -> Iterator[Row]:
    """Each example as often as it takes to have as many rows as wanted."""
    encoded = (encode(example, tokenizer) for example in examples[:wanted])
    parts = [part for one in encoded for part in split({"": one}, max_tokens)[""]]
    rows = [msgspec.structs.replace(row, neutral=True) for row in parts if len(row)]
    return islice(cycle(rows), wanted)


def _finished(arm: ArmExamples, parts: Sequence[Sequence[Row]], neutral: Sequence[Row]) -> ArmRows:
    rows = [row for part in parts for row in part]
    present = [row for row in rows if len(row)]
    record = Arm(
        name=arm.name,
        remedy=arm.remedy,
        rows=len(present),
        tokens=sum(int(row.trained.sum()) for row in present),
        content_tokens=sum(int(row.content.sum()) for row in present),
        split=sum(len(part) > 1 and any(map(len, part)) for part in parts),
        dropped=sum(example is None for example in arm.examples),
    )
    return ArmRows(record, (*rows, *neutral))
