"""One remedy tried on one record: what it would make of it, and whether that will do."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import msgspec

from negaudit.fix.apply import apply
from negaudit.fix.cases import Case
from negaudit.fix.edited import is_dropped
from negaudit.fix.files import Kind, misfit
from negaudit.fix.record import Operation, Proposal, SetMember
from negaudit.fix.splice import splice
from negaudit.read import decode
from negaudit.records import Block, Exhibit, Remedy, Span, Trained
from negaudit.records import Kind as FindingKind

__all__ = ["Attempt", "Lint", "attempt", "still_framed"]

Lint = Callable[[Block], list[Exhibit]]

# These leave the content in the data on purpose.
_KEEP_CONTENT = (Remedy.MASK, Remedy.INOCULATE)


class Attempt(NamedTuple):
    """A proposal for a record, tried out.

    Attributes:
        proposal: What the remedy proposes.
        data: The record's text afterwards; None where it leaves the data set.
        fault: Why it cannot be applied, or "".
    """

    proposal: Proposal
    data: bytes | None
    fault: str = ""


def attempt(case: Case, proposal: Proposal, kind: Kind, lint: Lint) -> Attempt:
    """Tries a proposal out.

    Args:
        case: The record.
        proposal: What a remedy proposes for it.
        kind: How its file holds records.
        lint: Gives the findings in a block.
    """
    if proposal.applicability == "display-only" or not (proposal.operations or proposal.masks):
        return Attempt(proposal, case.data, proposal.reason or "nothing can be done")
    if is_dropped(proposal.operations):
        return Attempt(proposal, None)
    try:
        proposal = _fitted(case, proposal, kind)
        data = splice(case.data, proposal.operations)
        expected = apply(case.target.value, proposal.operations)
    except (LookupError, ValueError) as error:
        return Attempt(proposal, case.data, str(error))
    assert data is not None
    if decode(data).record != expected:
        return Attempt(proposal, case.data, "the record is too broken to be edited")
    # What negates was verified by the remedy; here the rules in force have the last word.
    framed = "" if proposal.remedy in _KEEP_CONTENT else still_framed(case, data, lint)
    return Attempt(proposal, data, framed)


def still_framed(case: Case, data: bytes, lint: Lint) -> str:
    """Names the rules that still find something in a record's new text; "" for none."""
    record = case.target.record
    exhibits = lint(Block(record.path, data, record.row))
    rules = {e.finding.rule for e in exhibits if e.finding.kind is not FindingKind.INVALID}
    return f"still framed: {', '.join(sorted(rules))}" if rules else ""


def _fitted(case: Case, proposal: Proposal, kind: Kind) -> Proposal:
    """A proposal that the file can hold: masks go to the sidecar where no key can be added.

    Raises:
        ValueError: The file cannot hold it.
    """
    reason = misfit(kind, case.target.value, proposal.operations)
    if not reason:
        return proposal
    if proposal.remedy is not Remedy.MASK:
        raise ValueError(reason)
    masks = tuple(span for operation in proposal.operations for span in _spans(case, operation))
    return msgspec.structs.replace(proposal, operations=(), masks=(*proposal.masks, *masks))


def _spans(case: Case, operation: Operation) -> list[Span]:
    """Everything that is learned below the object whose loss an operation turns off."""
    assert isinstance(operation, SetMember)
    return [
        Span(segment.pointer, 0, len(segment.text))
        for segment in case.target.record.segments
        if segment.pointer.startswith(f"{operation.pointer}/") and segment.trained is not Trained.NO
    ]
