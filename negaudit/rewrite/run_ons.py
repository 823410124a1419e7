"""Clauses that run on without a full stop: "It is wet; we stay in", "I love it — it glows"."""

from __future__ import annotations

import re

__all__ = ["MARKS", "clause_starts"]

MARKS = frozenset(";—–")
_PARTING = (*MARKS, " -")
# Behind a dash only a subject pronoun tells a clause from an aside.
_NEXT = re.compile(
    r";\s+(?!(?:and|or|but|nor)\b)(?=\w)"
    r"|(?:\s?[—–]|\s--?)\s*(?=(?:i|you|he|she|it|we|they|there)(?:['’]\w+)? )",
    re.I,
)


def clause_starts(text: str) -> list[int]:
    """Places at which the parser has to start a sentence of its own."""
    if not any(map(text.__contains__, _PARTING)):
        return []
    return [match.end() for match in _NEXT.finditer(text)]
