"""Known findings, so that only new ones hold a change.

A baseline keeps for each fingerprint how many findings have it. A fingerprint is made of rule
and content, so records may move between rows and files; it holds no text of the data and no
time, and each entry has a line of its own, sorted, so that a change of the data shows as a small
diff. `negaudit.baseline/1` is its JSON form.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path
from typing import Annotated

import msgspec

from negaudit.errors import InputError
from negaudit.records import Finding

__all__ = [
    "Baseline",
    "Entry",
    "Known",
    "baseline_of",
    "baseline_text",
    "pruned",
    "read_baseline",
]

Hex = Annotated[str, msgspec.Meta(pattern="^[0-9a-f]+$")]
Count = Annotated[int, msgspec.Meta(ge=1)]


class Entry(msgspec.Struct, frozen=True, order=True, forbid_unknown_fields=True):
    """Findings that share a fingerprint.

    Attributes:
        rule: The rule that found them, for readers.
        fingerprint: Hash of rule and content.
        count: How many findings have it.
    """

    rule: str
    fingerprint: Hex
    count: Count


class Baseline(
    msgspec.Struct,
    frozen=True,
    tag_field="schema",
    tag="negaudit.baseline/1",
    forbid_unknown_fields=True,
):
    """Findings that are known, sorted by rule and fingerprint, each fingerprint once."""

    findings: tuple[Entry, ...] = ()

    @property
    def total(self) -> int:
        """How many findings that are."""
        return sum(entry.count for entry in self.findings)


class Known:
    """Tells known findings from new ones, each entry as often as it counts.

    Args:
        baseline: What is known.

    Attributes:
        met: How many known findings were met.
    """

    def __init__(self, baseline: Baseline) -> None:
        self._left = {entry.fingerprint: entry for entry in baseline.findings}
        self.met = 0

    def takes(self, finding: Finding) -> bool:
        """Whether a finding is known; it is then used up."""
        entry = self._left.get(finding.fingerprint)
        if entry is None:
            return False
        if entry.count > 1:
            rest = msgspec.structs.replace(entry, count=entry.count - 1)
            self._left[finding.fingerprint] = rest
        else:
            del self._left[finding.fingerprint]
        self.met += 1
        return True

    def unmet(self, rules: Iterable[str]) -> int:
        """How many known findings of some rules were not met."""
        looked_for = frozenset(rules)
        return sum(entry.count for entry in self._left.values() if entry.rule in looked_for)


def baseline_of(findings: Iterable[Finding]) -> Baseline:
    """The baseline in which exactly these findings are known."""
    counts: Counter[str] = Counter()
    rules: dict[str, str] = {}
    for finding in findings:
        counts[finding.fingerprint] += 1
        rules[finding.fingerprint] = finding.rule
    entries = (Entry(rules[key], key, count) for key, count in counts.items())
    return Baseline(tuple(sorted(entries)))


def pruned(old: Baseline, found: Baseline) -> Baseline:
    """What of a baseline is still found; nothing is added, and no count grows."""
    counts = {entry.fingerprint: entry.count for entry in found.findings}
    kept = (
        msgspec.structs.replace(entry, count=min(entry.count, counts[entry.fingerprint]))
        for entry in old.findings
        if entry.fingerprint in counts
    )
    return Baseline(tuple(sorted(kept)))


def baseline_text(baseline: Baseline) -> str:
    """A baseline as JSON, an entry a line."""
    lines = [json.dumps(msgspec.to_builtins(entry)) for entry in baseline.findings]
    entries = ",\n".join(lines) + "\n" if lines else ""
    return f'{{"schema": "negaudit.baseline/1", "findings": [\n{entries}]}}\n'


def read_baseline(path: Path) -> Baseline:
    """Reads a baseline.

    Raises:
        InputError: The file cannot be read, or is no baseline.
    """
    try:
        baseline = msgspec.json.decode(path.read_bytes(), type=Baseline)
    except OSError as error:
        reason = error.strerror or str(error)
        hint = f"`negaudit baseline create DATA -o {path}` writes one"
        raise InputError(f"cannot be read: {reason}", where=str(path), hint=hint) from error
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise _no_baseline(path, str(error)) from error
    fingerprints = sorted(entry.fingerprint for entry in baseline.findings)
    twice = next((one for one, other in pairwise(fingerprints) if one == other), None)
    if twice is not None:
        raise _no_baseline(path, f"the fingerprint {twice} is there twice")
    return baseline


def _no_baseline(path: Path, why: str) -> InputError:
    hint = "undo what was edited or merged, or write it again with `negaudit baseline create`"
    return InputError(f"this is no baseline of negaudit: {why}", where=str(path), hint=hint)
