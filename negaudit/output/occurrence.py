"""Tells equal findings apart for tools that keep one finding for each fingerprint."""

from __future__ import annotations

from collections import Counter
from hashlib import sha256

from negaudit.records import Finding

__all__ = ["Occurrences"]


class Occurrences:
    """Counts fingerprints, so that the nth equal finding of a file gets a name of its own.

    A fingerprint hashes rule and content alone, so the same text in two rows has it twice.
    """

    def __init__(self) -> None:
        self._seen: Counter[tuple[str, str]] = Counter()

    def unique(self, finding: Finding) -> str:
        """A hash of the finding's path, its fingerprint and how often both came before."""
        key = (finding.path, finding.fingerprint)
        self._seen[key] += 1
        text = "\0".join((*key, str(self._seen[key])))
        return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]
