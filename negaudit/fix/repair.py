"""Decides what becomes of framed records: remedies in order, a reviewer's word, what is safe."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from typing import NamedTuple

import msgspec

from negaudit.errors import UsageError
from negaudit.fix.apply import place
from negaudit.fix.attempt import Attempt, Lint, attempt, still_framed
from negaudit.fix.cases import Case
from negaudit.fix.edited import is_dropped
from negaudit.fix.files import Kind
from negaudit.fix.options import FixOptions
from negaudit.fix.pointer import NowhereError
from negaudit.fix.record import (
    Change,
    Operation,
    Outcome,
    Proposal,
    Replace,
    StringChange,
)
from negaudit.fix.remedies import propose_many
from negaudit.fix.splice import splice
from negaudit.records import Remedy, Span
from negaudit.rewrite.rewritten import Waits

__all__ = ["Fixed", "Repairer"]


class Fixed(NamedTuple):
    """A framed record and what becomes of it.

    Attributes:
        change: What is written down of it, with the strings that change.
        operations: What is done to its JSON; none where it stays.
        masks: Characters that no loss should be taken on.
        preference: The row for the preference file, where one is made.
        unfixed: Whether it was to be fixed and is not, or not wholly.
        instead: Whether this is not the remedy that was tried first.
        rejected: Whether it stays because a reviewer says so.
        waits: What would let it be fixed, or "".
    """

    change: Change
    operations: tuple[Operation, ...] = ()
    masks: tuple[Span, ...] = ()
    preference: dict[str, object] | None = None
    unfixed: bool = False
    instead: bool = False
    rejected: bool = False
    waits: Waits = ""


class Repairer:
    """Repairs framed records, in batches.

    Args:
        options: How.
        lint: Gives the findings in a block.

    Attributes:
        undecided: Ids of the decisions file that no record has had so far.
    """

    def __init__(self, options: FixOptions, lint: Lint) -> None:
        self._options = options
        self._lint = lint
        self._decisions = {each.change: each for each in options.decisions}
        self.undecided = set(self._decisions)

    def __call__(self, cases: Sequence[Case], kind: Kind) -> list[Fixed]:
        """Gives what becomes of each record, in the same order.

        Args:
            cases: The records.
            kind: How their file holds records.

        Raises:
            UsageError: A remedy is not to be had, or a reviewer's edit does not fit.
        """
        self.undecided -= {case.id for case in cases}
        edits = {n: self._edit(case) for n, case in enumerate(cases) if self._said(case) == "edit"}
        tried = self._try({n: case for n, case in enumerate(cases) if n not in edits}, kind)
        return [
            edits[n] if n in edits else self._settle(case, tried[n]) for n, case in enumerate(cases)
        ]

    def _try(self, cases: Mapping[int, Case], kind: Kind) -> dict[int, list[Attempt]]:
        """Tries each record's remedies until one can be done."""
        tried: dict[int, list[Attempt]] = {n: [] for n in cases}
        waiting = list(cases)
        while waiting:
            groups: dict[Remedy, list[int]] = {}
            for n in waiting:
                groups.setdefault(cases[n].remedies[len(tried[n])], []).append(n)
            for remedy, group in groups.items():
                targets = [cases[n].target for n in group]
                proposals = propose_many(targets, remedy, self._options.remedy)
                for n, proposal in zip(group, proposals, strict=True):
                    tried[n].append(attempt(cases[n], proposal, kind, self._lint))
            waiting = [
                n
                for n in waiting
                if tried[n][-1].fault
                and not tried[n][-1].proposal.waits
                and len(tried[n]) < len(cases[n].remedies)
            ]
        return tried

    def _said(self, case: Case) -> str:
        decision = self._decisions.get(case.id)
        return decision.decision if decision else ""

    def _settle(self, case: Case, tried: Sequence[Attempt]) -> Fixed:
        """Decides between what was tried and the reviewer's word."""
        first, last = tried[0], tried[-1]
        chosen = first if last.fault else last
        proposal, said, instead = chosen.proposal, self._said(case), chosen is not first
        safe = proposal.applicability == "safe" or self._options.unsafe or said == "accept"
        if said == "reject":
            reason = "rejected by the reviewer"
        elif instead and safe:
            reason = f"{first.proposal.remedy.value} cannot be done: {first.fault}"
        else:
            reason = chosen.fault or proposal.reason
        applied = safe and not chosen.fault and said != "reject"
        if chosen.fault:
            proposal = msgspec.structs.replace(proposal, applicability="display-only")
        outcome = _outcome(proposal) if applied else "left"
        change = _change(case, proposal, chosen.data, outcome, reason)
        if not applied:
            rejected = said == "reject"
            unfixed = case.grave and not rejected
            return Fixed(change, unfixed=unfixed, rejected=rejected, waits=proposal.waits)
        return Fixed(
            change, proposal.operations, proposal.masks, proposal.preference, instead=instead
        )

    def _edit(self, case: Case) -> Fixed:
        """Applies a reviewer's own text, as it is."""
        strings = self._decisions[case.id].strings
        operations = tuple(Replace(pointer, text) for pointer, text in strings.items())
        try:
            data = splice(case.data, operations)
        except (LookupError, ValueError) as error:
            raise UsageError(
                f"the edit of change {case.id} does not fit its record: {error}",
                where="--decisions",
                hint="take its pointers from the change's strings",
            ) from error
        assert data is not None
        reason = still_framed(case, data, self._lint)
        proposal = Proposal(case.remedies[0], "safe", operations)
        change = _change(case, proposal, data, "rewritten", reason)
        return Fixed(change, operations, unfixed=bool(reason))


def _change(
    case: Case,
    proposal: Proposal,
    data: bytes | None,
    outcome: Outcome,
    reason: str,
) -> Change:
    record, findings = case.target.record, case.findings
    before = sha256(case.data).hexdigest()
    after = sha256(data).hexdigest() if data is not None else ""
    return Change(
        id=case.id,
        path=record.path,
        row=record.row,
        line=record.line,
        findings=tuple(finding.fingerprint for finding in findings),
        rules=tuple(dict.fromkeys(finding.rule for finding in findings)),
        kinds=tuple(dict.fromkeys(finding.kind for finding in findings)),
        remedy=proposal.remedy,
        applicability=proposal.applicability,
        applied=outcome != "left",
        outcome=outcome,
        reason=reason,
        before=before,
        after=before if outcome == "left" else after,
        negated=proposal.negated,
        dropped=proposal.dropped,
        kept=proposal.kept,
        masks=proposal.masks,
        strings=tuple(_strings(case.target.value, proposal.operations)),
    )


def _outcome(proposal: Proposal) -> Outcome:
    if is_dropped(proposal.operations):
        return "dropped" if proposal.preference is None else "moved"
    return "masked" if proposal.remedy is Remedy.MASK else "rewritten"


def _strings(value: object, operations: Iterable[Operation]) -> Iterator[StringChange]:
    for operation in operations:
        if isinstance(operation, Replace):
            try:
                before = place(value, operation.pointer)
            except NowhereError:
                continue
            if isinstance(before, str) and before != operation.text:
                yield StringChange(operation.pointer, before, operation.text)
