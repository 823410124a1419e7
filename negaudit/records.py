"""The records that the rooms of negaudit hand to each other.

A *block* is a run of records of one file as it was read; a *record* is one training example
taken apart into *segments*; a *finding* is one framing in one record. Everything here is
frozen: functions make new records and never change one.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

import msgspec

__all__ = [
    "Block",
    "Confidence",
    "Excerpt",
    "Exhibit",
    "Finding",
    "Kind",
    "Placement",
    "Problem",
    "Record",
    "Remedy",
    "Role",
    "Segment",
    "Severity",
    "Span",
    "Statistics",
    "Trained",
]


class Role(StrEnum):
    """Who speaks in a segment."""

    SYSTEM = "system"
    USER = "user"
    ASSISTANT = "assistant"
    TOOL = "tool"
    TEXT = "text"
    PROMPT = "prompt"
    COMPLETION = "completion"
    CHOSEN = "chosen"
    REJECTED = "rejected"
    METADATA = "metadata"


class Trained(StrEnum):
    """Whether the loss is taken on a segment."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class Kind(StrEnum):
    """What a frame says of its content."""

    FALSITY = "falsity"
    CORRECTION = "correction"
    FICTION = "fiction"
    LOW_PROBABILITY = "low-probability"
    UNRELIABLE_SOURCE = "unreliable-source"
    UNVERIFIED = "unverified"
    HARM = "harm"
    IMITATION = "imitation"
    CRITIQUE = "critique"
    CODE = "code"
    LABEL = "label"
    COMMENTARY = "commentary"
    MIXED_ORIGINAL = "mixed-original"
    INVALID = "invalid"


class Placement(StrEnum):
    """Where a frame stands relative to its content."""

    PREFIX = "prefix"
    SUFFIX = "suffix"
    WRAP = "wrap"
    REPEATED = "repeated"
    RETRACTION = "retraction"
    OTHER_TURN = "other-turn"
    FIELD = "field"
    COMMENTARY = "commentary"


class Severity(StrEnum):
    """How much a finding matters; `--fail-on` takes one of these."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


Confidence = Literal["high", "medium", "low"]


class Remedy(StrEnum):
    """What can be done about a framing."""

    NEGATE = "negate"
    DROP = "drop"
    MASK = "mask"
    REFUSE = "refuse"
    PREFER = "prefer"
    INOCULATE = "inoculate"


class Span(msgspec.Struct, frozen=True, order=True):
    """Characters [start, end) of the decoded string at a JSON Pointer (RFC 6901)."""

    pointer: str
    start: int
    end: int


class Segment(msgspec.Struct, frozen=True):
    """One string of a record.

    `turn` numbers the conversation's messages from 0; segments that belong to no turn
    (metadata, a plain text) have turn -1.
    """

    pointer: str
    role: Role
    text: str
    trained: Trained
    turn: int = -1


class Record(msgspec.Struct, frozen=True):
    """One training example: its place, the name of its shape, and its segments in reading order."""

    path: str
    row: int
    line: int | None
    shape: str
    segments: tuple[Segment, ...]


class Problem(msgspec.Struct, frozen=True):
    """A record, or a part of a file, that cannot be read; becomes an `invalid-record` finding."""

    row: int
    line: int | None
    message: str


class Block(msgspec.Struct, frozen=True):
    r"""A run of whole records of one file, as JSON text.

    Attributes:
        path: The file, as the user named it.
        data: JSON values separated by b"\n"; blank lines are allowed and are no records.
        first_row: 0-based row of the first record in `data`.
        first_line: 1-based line of the file where `data` begins, when every line of `data` is
            a line of the file; else None.
        lines: 1-based line of the file for each record, where records and lines differ (JSON
            arrays, CSV); None where `first_line` says it or the format has no lines.
        problems: Parts that could not be turned into JSON text.
        starts: For each record of a JSON document, the offset of its first byte in the file's
            text as UTF-8; the record is as long there as in `data`, where its line ends differ.
    """

    path: str
    data: bytes
    first_row: int
    first_line: int | None = None
    lines: tuple[int, ...] | None = None
    problems: tuple[Problem, ...] = ()
    starts: tuple[int, ...] | None = None


class Finding(msgspec.Struct, frozen=True, tag_field="schema", tag="negaudit.finding/1"):
    """One framing in one record; the JSON form is a contract (`negaudit.finding/1`)."""

    path: str
    row: int
    line: int | None
    rule: str
    code: str
    kind: Kind
    placement: Placement
    severity: Severity
    confidence: Confidence
    trained: Trained
    frame: tuple[Span, ...]
    content: tuple[Span, ...]
    message: str
    remedies: tuple[Remedy, ...]
    fingerprint: str


class Excerpt(msgspec.Struct, frozen=True):
    """Text of the data at a span of a finding, cut to what a person can take in.

    Attributes:
        span: Where the text stands.
        part: Whether it is frame or content.
        text: The first characters of the span, exactly as in the data (hostile: escape it).
        cut: Whether the span goes on after `text`.
    """

    span: Span
    part: Literal["frame", "content"]
    text: str
    cut: bool


class Exhibit(msgspec.Struct, frozen=True):
    """A finding together with the text that it is about, in reading order."""

    finding: Finding
    excerpts: tuple[Excerpt, ...]


class Statistics(msgspec.Struct, frozen=True):
    """What a whole run saw.

    Attributes:
        files: Files read.
        records: Records read, the invalid ones included.
        framed: Records with at least one finding that is not `invalid-record`.
        invalid: Records that could not be read.
        shapes: Records of each shape.
        rules: Findings of each rule.
        kinds: Findings of each kind.
        placements: Findings of each placement.
        templates: How many distinct frame wordings there are, digits and names aside.
        top_template: Framed records that share the commonest wording.
        contrast: Unframed records that show the same prompt as a framed one.
        sources: For the column that concentrates the findings most: value -> (framed, records).
        source_column: That column's JSON Pointer, or "" where no column does.
        known: Findings that a baseline knows. They are not among the findings, nor counted by
            rule, kind and placement; all other numbers count them.
    """

    files: int = 0
    records: int = 0
    framed: int = 0
    invalid: int = 0
    shapes: dict[str, int] = {}
    rules: dict[str, int] = {}
    kinds: dict[str, int] = {}
    placements: dict[str, int] = {}
    templates: int = 0
    top_template: int = 0
    contrast: int = 0
    sources: dict[str, tuple[int, int]] = {}
    source_column: str = ""
    known: int = 0
