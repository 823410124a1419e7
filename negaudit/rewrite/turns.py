"""Turns of a conversation: the names of speakers, and the headers of posts."""

from __future__ import annotations

import re
from collections import Counter

__all__ = ["TURN", "is_conversation"]

TURN = re.compile(
    r"^(?P<label>[*_\[<]{0,3}(?P<who>\w[\w.'’ ()/@#-]{0,60}?)[*_\]>]{0,3}:[*_]{0,3})(?:[ \t]+|$)",
    re.M,
)
# The line above a post: who wrote it when, or when it was sent.
_HEADER = re.compile(
    r"^[^\n]{0,80}\b(?:\d+ (?:minute|hour|day|week|month|year)s? ago|\d+ points?)\b[^\n]{0,60}$"
    r"|^[*_]{0,3}[\[(]?\d{1,2}:\d\d\b|^[^\n]{1,60}[^\d:\n]\d{1,2}:\d\d[ \t]*$"
    r"|^[^\n|]{1,40}(?:\|[^\n|]{1,40}){3,9}$",
    re.M,
)
SPEAKERS = 4  # so many turns make a conversation


def is_conversation(text: str) -> bool:
    """Whether a text is an interview, a chat or a thread, in which one turn answers another."""
    counts = Counter(match["who"] for match in TURN.finditer(text))
    turns = sum(count for count in counts.values() if count > 1)
    return turns >= SPEAKERS or len(_HEADER.findall(text)) >= SPEAKERS
