"""SARIF 2.1.0, for code scanning on GitHub and for other viewers.

GitHub takes at most 25,000 results a run and 1,024 characters of a rule's descriptions; what
is over is cut, and a notification says how much.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TextIO

from negaudit.output.contract import encode
from negaudit.output.escape import escape_markdown
from negaudit.output.inert import inert
from negaudit.output.occurrence import Occurrences
from negaudit.output.place import file_uri, relative_path
from negaudit.output.registry import Look, Results, output_format
from negaudit.output.summary import REMEDIES
from negaudit.records import Excerpt, Exhibit, Finding, Severity
from negaudit.version import VERSION

if TYPE_CHECKING:
    from negaudit.find.rules import Rule

__all__ = ["MAX_RESULTS", "write_sarif"]

MAX_RESULTS = 25_000

_SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_BASE = "SRCROOT"
_BASE_TEXT = "The folder that negaudit ran in."
_MAX_DESCRIPTION = 1024
_MAX_MESSAGE = 4096
_PROBLEM = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.NOTE: "recommendation",
}
# Brackets begin a link and braces a placeholder in a message of SARIF.
_SPECIAL = re.compile(r"[\[\]\\]")


@output_format("sarif")
def write_sarif(results: Results, out: TextIO, look: Look) -> None:
    """Writes the rules, each result as it comes up to the limit, and the invocation."""
    head = {"$schema": _SCHEMA, "version": "2.1.0"}
    out.write(f'{encode(head)[:-1]}, "runs": [{{\n"tool": {encode(_tool(results.rules))},\n')
    cut = _write_results(results, out, look)
    bases = {_BASE: {"description": {"text": _BASE_TEXT}}}
    tail = {
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": bases,
        "invocations": [_invocation(results.exit_code, cut)],
    }
    out.write(f"{encode(tail)[1:-1]}\n}}]}}\n")


def _write_results(results: Results, out: TextIO, look: Look) -> int:
    index = {rule.name: number for number, rule in enumerate(results.rules)}
    occurrences = Occurrences()
    cut = written = 0
    out.write('"results": [')
    for exhibit in results:
        if written == MAX_RESULTS:
            cut += 1
            continue
        result = _result(exhibit, index, occurrences, look)
        out.write((",\n" if written else "\n") + encode(result))
        written += 1
    out.write("\n],\n")
    return cut


def _result(
    exhibit: Exhibit, index: dict[str, int], occurrences: Occurrences, look: Look
) -> dict[str, object]:
    finding = exhibit.finding
    rule_index = {"ruleIndex": index[finding.rule]} if finding.rule in index else {}
    return {
        "ruleId": finding.code,
        **rule_index,
        "level": finding.severity.value,
        "message": {"text": _message(finding.message)},
        "locations": [_location(finding, exhibit.excerpts if look.show_text else ())],
        "partialFingerprints": {
            "negauditFinding/v1": finding.fingerprint,
            "negauditOccurrence/v1": occurrences.unique(finding),
        },
        "properties": _properties(finding),
    }


def _location(finding: Finding, excerpts: tuple[Excerpt, ...]) -> dict[str, object]:
    artifact = {"uri": file_uri(finding.path)}
    if relative_path(finding.path) is not None:
        artifact["uriBaseId"] = _BASE
    physical: dict[str, object] = {"artifactLocation": artifact}
    if finding.line is not None:
        physical["region"] = _region(finding.line, excerpts)
    pointers = dict.fromkeys(span.pointer for span in (*finding.frame, *finding.content))
    row = f"row {finding.row}"
    names = [inert(f"{row} {pointer}") for pointer in pointers] or [row]
    logical = [{"fullyQualifiedName": name, "kind": "value"} for name in names]
    return {"physicalLocation": physical, "logicalLocations": logical}


def _region(line: int, excerpts: tuple[Excerpt, ...]) -> dict[str, object]:
    if not excerpts:
        return {"startLine": line}
    text = " … ".join(inert(excerpt.text) for excerpt in excerpts)
    return {"startLine": line, "snippet": {"text": text}}


def _properties(finding: Finding) -> dict[str, object]:
    return {
        "rule": finding.rule,
        "row": finding.row,
        "kind": finding.kind,
        "placement": finding.placement,
        "confidence": finding.confidence,
        "trained": finding.trained,
        "frame": finding.frame,
        "content": finding.content,
        "remedies": finding.remedies,
    }


def _tool(rules: tuple[Rule, ...]) -> dict[str, object]:
    driver = {
        "name": "negaudit",
        "semanticVersion": VERSION,
        "rules": [_descriptor(rule) for rule in rules],
    }
    return {"driver": driver}


def _descriptor(rule: Rule) -> dict[str, object]:
    summary, why = inert(rule.summary, newline=" "), inert(rule.why, newline=" ").strip()
    remedies = "\n".join(f"- {remedy}: {REMEDIES[remedy]}" for remedy in rule.remedies)
    instead = f"What to do instead, best first:\n{remedies}" if remedies else ""
    return {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": _cut(_message(summary), _MAX_DESCRIPTION)},
        "fullDescription": {"text": _cut(_message(why), _MAX_DESCRIPTION)},
        "help": {
            "text": f"{summary}\n\n{why}\n\n{instead}",
            "markdown": f"{escape_markdown(summary)}\n\n{escape_markdown(why)}\n\n{instead}",
        },
        "defaultConfiguration": {"level": rule.severity.value},
        "properties": {
            "tags": ["fine-tuning-data", rule.kind.value],
            "precision": rule.confidence,
            "problem.severity": _PROBLEM[rule.severity],
        },
    }


def _invocation(exit_code: int, cut: int) -> dict[str, object]:
    invocation: dict[str, object] = {
        "executionSuccessful": exit_code in (0, 1),
        "exitCode": exit_code,
    }
    if cut:
        text = (
            f"{cut} findings were cut: a run holds at most {MAX_RESULTS} results. "
            "Narrow the run with --select, or use --format jsonl for all of them."
        )
        invocation["toolExecutionNotifications"] = [{"level": "warning", "message": {"text": text}}]
    return invocation


def _message(text: str) -> str:
    shown = inert(_cut(text, _MAX_MESSAGE))
    return _SPECIAL.sub(r"\\\g<0>", shown).replace("{", "{{").replace("}", "}}")


def _cut(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[: limit - 1] + "…"
