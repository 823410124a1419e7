"""What a fix does to a record: the operations on its JSON, and what is written down of them."""

from __future__ import annotations

from typing import Literal

import msgspec

from negaudit.records import Exhibit, Kind, Record, Remedy, Span
from negaudit.rewrite.rewritten import Waits

__all__ = [
    "Applicability",
    "Change",
    "Drop",
    "Operation",
    "Proposal",
    "Replace",
    "SetMember",
    "StringChange",
    "Target",
]

Applicability = Literal["safe", "unsafe", "display-only"]
Outcome = Literal["rewritten", "dropped", "masked", "moved", "left"]


class Replace(msgspec.Struct, frozen=True, tag="replace"):
    """The string at a JSON Pointer becomes `text`; nothing else of the record changes."""

    pointer: str
    text: str


class SetMember(msgspec.Struct, frozen=True, tag="set-member"):
    """The object at a JSON Pointer gets a member, at its end, or another value for it."""

    pointer: str
    key: str
    value: str | int | float | bool


class Drop(msgspec.Struct, frozen=True, tag="drop"):
    """The record leaves the data set."""


Operation = Replace | SetMember | Drop


class Target(msgspec.Struct, frozen=True):
    """A framed record on its way to a remedy.

    Attributes:
        record: The record, taken apart.
        value: The record as it was decoded from JSON.
        exhibits: All its findings that one remedy is to take care of.
    """

    record: Record
    value: object
    exhibits: tuple[Exhibit, ...]


class Proposal(msgspec.Struct, frozen=True):
    """What a remedy would do to a target.

    Attributes:
        remedy: Which remedy.
        applicability: "safe" is applied by default, "unsafe" on request, "display-only" never.
        operations: What changes in the record's JSON; none where nothing can be done.
        masks: Characters that no loss should be taken on, for the spans sidecar.
        frames: Characters of the new strings that are no content, as those of a frame are not.
        preference: The row for the preference file, where the remedy makes one.
        reason: Why it is not safe, or "".
        negated: Sentences negated.
        dropped: Sentences dropped.
        kept: Sentences of the content kept as they were.
        waits: What would let it be done, so that no other remedy is to be tried, or "".
    """

    remedy: Remedy
    applicability: Applicability
    operations: tuple[Operation, ...] = ()
    masks: tuple[Span, ...] = ()
    frames: tuple[Span, ...] = ()
    preference: dict[str, object] | None = None
    reason: str = ""
    negated: int = 0
    dropped: int = 0
    kept: int = 0
    waits: Waits = ""


class StringChange(msgspec.Struct, frozen=True):
    """One string of a record before and after."""

    pointer: str
    before: str
    after: str


class Change(msgspec.Struct, frozen=True, tag_field="schema", tag="negaudit.change/1"):
    """What a fix did to one record, or would do; one line of the provenance sidecar.

    Attributes:
        id: Names the change in a decisions file: a hash of the record's bytes and findings,
            blind to path and row.
        path: The file.
        row: 0-based row in the file that was read.
        line: 1-based line, where it has one.
        findings: Fingerprints of the findings that it takes care of.
        rules: Names of their rules.
        kinds: Their kinds.
        remedy: Which remedy.
        applicability: How sure it is.
        applied: Whether it was done.
        outcome: What became of the record.
        reason: Why it was not applied, or why it is not safe; "" otherwise.
        before: SHA-256 of the record's JSON text as it was.
        after: SHA-256 of its JSON text as it was written, "" where it left the data set.
        negated: Sentences negated.
        dropped: Sentences dropped.
        kept: Sentences of the content kept as they were.
        masks: Characters that no loss should be taken on.
        strings: The strings that change; left out unless text may be shown.
    """

    id: str
    path: str
    row: int
    line: int | None
    findings: tuple[str, ...]
    rules: tuple[str, ...]
    kinds: tuple[Kind, ...]
    remedy: Remedy
    applicability: Applicability
    applied: bool
    outcome: Outcome
    reason: str
    before: str
    after: str
    negated: int = 0
    dropped: int = 0
    kept: int = 0
    masks: tuple[Span, ...] = ()
    strings: tuple[StringChange, ...] | msgspec.UnsetType = msgspec.UNSET


class Decision(msgspec.Struct, frozen=True):
    """What a reviewer says of one change.

    Attributes:
        change: The change's `id`.
        decision: "accept" applies it even where it is unsafe, "reject" leaves the record as it
            is, "edit" puts the reviewer's own strings in place of the proposed ones.
        strings: For "edit": JSON Pointer to the text that should stand there.
    """

    change: str
    decision: Literal["accept", "reject", "edit"]
    strings: dict[str, str] = {}


class Decisions(msgspec.Struct, frozen=True, tag_field="schema", tag="negaudit.decisions/1"):
    """The file that the report exports and `negaudit fix --decisions` reads."""

    decisions: tuple[Decision, ...]
