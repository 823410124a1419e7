"""Which remedies to try on a record, and in which order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from negaudit.records import Finding, Kind, Remedy

__all__ = ["remedies_for"]

# One remedy takes care of a whole record: the one that leaves least of the content.
_STRENGTH: Final = (
    Remedy.DROP,
    Remedy.PREFER,
    Remedy.REFUSE,
    Remedy.NEGATE,
    Remedy.MASK,
    Remedy.INOCULATE,
)


def remedies_for(findings: Sequence[Finding], named: Mapping[Kind, Remedy]) -> tuple[Remedy, ...]:
    """The remedies to try on a record, one after the other.

    Args:
        findings: The record's findings, at least one.
        named: The remedies that the user names for kinds.

    Returns:
        The strongest of the findings' first remedies, then what its finding offers next;
        a remedy that the user names has nothing after it.
    """
    offers = [_offer(finding, named) for finding in findings]
    # Of equal ones the shortest: a named remedy is not to be got round by a default.
    return min(offers, key=lambda offer: (_STRENGTH.index(offer[0]), len(offer)))


def _offer(finding: Finding, named: Mapping[Kind, Remedy]) -> tuple[Remedy, ...]:
    if finding.kind in named:
        return (named[finding.kind],)
    return finding.remedies or (Remedy.DROP,)
