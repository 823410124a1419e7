"""What a whole fix came to."""

from __future__ import annotations

from collections import Counter

import msgspec

from negaudit.fix.record import Outcome
from negaudit.fix.repair import Fixed

__all__ = ["Count", "Summary"]


class Summary(msgspec.Struct, frozen=True):
    """What a whole fix came to.

    Attributes:
        records: Records read.
        framed: Records with at least one finding.
        outcomes: Framed records by what became of them.
        negated: Sentences negated.
        dropped: Sentences dropped from records that stay.
        kept: Sentences of the content kept as they were.
        instead: Records for which the first remedy could not be done and another one was.
        left: Records that stay as they are, or not wholly fixed, by reason.
        unfixed: Those of them whose findings are graver than a note.
        waiting: Those for which an unsafe change waits to be asked for.
        unanswered: Those that a language model may answer for another time.
        rejected: Records left as the reviewer said.
        unreadable: Records that cannot be read, or not as they stand, and stay.
    """

    records: int = 0
    framed: int = 0
    outcomes: dict[Outcome, int] = {}
    negated: int = 0
    dropped: int = 0
    kept: int = 0
    instead: int = 0
    left: dict[str, int] = {}
    unfixed: int = 0
    waiting: int = 0
    unanswered: int = 0
    rejected: int = 0
    unreadable: int = 0

    @property
    def changed(self) -> int:
        """Records that are not as they were."""
        return sum(number for outcome, number in self.outcomes.items() if outcome != "left")

    @property
    def exit_code(self) -> int:
        """1 where something that was to be fixed is not, else 0."""
        return 1 if self.unfixed or self.unreadable else 0


class Count:
    """Adds up what becomes of records."""

    def __init__(self) -> None:
        self._outcomes: Counter[Outcome] = Counter()
        self._left: Counter[str] = Counter()
        self._sentences = [0, 0, 0]
        self._instead = self._unfixed = self._waiting = self._unanswered = self._rejected = 0

    def add(self, fixed: Fixed) -> None:
        """Counts one framed record."""
        change = fixed.change
        self._outcomes[change.outcome] += 1
        if change.applied:
            counts = (change.negated, change.dropped, change.kept)
            self._sentences = [a + b for a, b in zip(self._sentences, counts, strict=True)]
            self._instead += fixed.instead
        self._unfixed += fixed.unfixed
        self._rejected += fixed.rejected
        if fixed.unfixed or not (change.applied or fixed.rejected):
            self._left[change.reason or change.applicability] += 1
            self._waiting += not change.applied and change.applicability == "unsafe"
            self._unanswered += fixed.waits == "model"

    def summary(self, records: int, unreadable: int) -> Summary:
        """The sums, with what the linter counted."""
        negated, dropped, kept = self._sentences
        return Summary(
            records=records,
            framed=self._outcomes.total(),
            outcomes=dict(self._outcomes),
            negated=negated,
            dropped=dropped,
            kept=kept,
            instead=self._instead,
            left=dict(self._left),
            unfixed=self._unfixed,
            waiting=self._waiting,
            unanswered=self._unanswered,
            rejected=self._rejected,
            unreadable=unreadable,
        )
