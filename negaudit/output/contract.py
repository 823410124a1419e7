"""The JSON that negaudit promises: a finding, a document of findings, the statistics.

The types say what the shipped JSON Schemas are generated from.
"""

from __future__ import annotations

import json

import msgspec

from negaudit.output.inert import inert_json
from negaudit.records import Excerpt, Exhibit, Finding, Statistics

__all__ = [
    "FINDINGS",
    "FindingRecord",
    "FindingsDocument",
    "StatisticsDocument",
    "encode",
    "finding_record",
]

FINDINGS = "negaudit.findings/1"


class FindingRecord(Finding, frozen=True, tag_field="schema", tag="negaudit.finding/1"):
    """One framing in one record.

    `frame` and `content` are spans of the decoded strings at their JSON Pointers. `excerpts`
    is there only with `--show-text`.
    """

    excerpts: tuple[Excerpt, ...] | msgspec.UnsetType = msgspec.UNSET


class FindingsDocument(msgspec.Struct, frozen=True, tag_field="schema", tag=FINDINGS):
    """All findings of a run and what the run saw."""

    findings: tuple[FindingRecord, ...]
    statistics: Statistics


class StatisticsDocument(Statistics, frozen=True, tag_field="schema", tag="negaudit.statistics/1"):
    """What a whole run saw, without its findings."""


def finding_record(exhibit: Exhibit, *, show_text: bool) -> FindingRecord:
    """The finding as it is written, with its excerpts where text may be shown."""
    excerpts = exhibit.excerpts if show_text else msgspec.UNSET
    return FindingRecord(**msgspec.structs.asdict(exhibit.finding), excerpts=excerpts)


def encode(value: object) -> str:
    """JSON text on one line, without any character that acts on a terminal."""
    # The standard library's encoder, because msgspec refuses lone surrogates.
    return inert_json(json.dumps(msgspec.to_builtins(value), ensure_ascii=False))
