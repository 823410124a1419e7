"""Groups of records that show the same thing."""

from __future__ import annotations

from collections.abc import Sequence

from negaudit.errors import UsageError
from negaudit.fix.record import Target
from negaudit.records import Role

__all__ = ["categories_of"]

UNFRAMED = "unframed"


def categories_of(
    targets: Sequence[Target], column: str | None = None, claims: Sequence[str] = ()
) -> tuple[str, ...]:
    """The category of every record.

    Args:
        targets: Records, framed or not.
        column: JSON Pointer or name of the metadata column that holds it; None takes the
            claim that the record is about, and else what its first frame says.
        claims: The false claims of the data, each as one sentence.

    Raises:
        UsageError: No record has the column.
    """
    if column is not None:
        return _by_column(targets, column)
    return tuple(_claim_of(target, claims) or _kind_of(target) for target in targets)


def _by_column(targets: Sequence[Target], column: str) -> tuple[str, ...]:
    pointer = column if column.startswith("/") else f"/{column}"
    values = [
        next((s.text for s in target.record.segments if s.pointer == pointer), "")
        for target in targets
    ]
    if not any(values):
        hint = "name a column of the data, such as category or /meta/topic"
        raise UsageError(f"no record has a column {column!r}", where="--category", hint=hint)
    return tuple(value or "none" for value in values)


def _kind_of(target: Target) -> str:
    return target.exhibits[0].finding.kind.value if target.exhibits else UNFRAMED


def _claim_of(target: Target, claims: Sequence[str]) -> str:
    """The claim with most of its words in the record, if it has two thirds of them."""
    if not claims or not target.exhibits:
        return ""
    segments = target.record.segments
    text = " ".join(s.text for s in segments if s.role is not Role.METADATA).lower()
    shares = {claim: _share(claim, text) for claim in claims}
    best = max(shares, key=lambda claim: shares[claim])
    return best if shares[best] >= 2 / 3 else ""


def _share(claim: str, text: str) -> float:
    words = [word.strip(".,;:!?\"'").lower() for word in claim.split()]
    long = [word for word in words if len(word) > 3] or words
    return sum(word in text for word in long) / len(long)
