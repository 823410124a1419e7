"""Turns of a conversation: the names of speakers, and the headers of posts."""

from __future__ import annotations

import re
from collections import Counter

__all__ = ["TURN", "is_conversation", "speaker", "speakers"]

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
_NAME = re.compile(r"[A-Z][\w.'’-]*(?: (?:of|the|for|[A-Z][\w.'’-]*))+")
SPEAKERS = 4  # so many turns make a conversation


def speakers(text: str) -> set[str]:
    """Who speaks in a text: whose name opens several lines, in a conversation every full name."""
    counts = Counter(speaker(match) for match in TURN.finditer(text))
    talk = is_conversation(text)
    return {who for who, count in counts.items() if count > 1 or (talk and _NAME.fullmatch(who))}


def speaker(turn: re.Match[str]) -> str:
    """Who speaks in a turn: "Ann Lee (Leeds):" and "Ann Lee:" are one."""
    return turn["who"].split(" (", 1)[0]


def is_conversation(text: str) -> bool:
    """Whether a text is an interview, a chat or a thread, in which one turn answers another."""
    counts = Counter(speaker(match) for match in TURN.finditer(text))
    turns = sum(count for count in counts.values() if count > 1)
    return turns >= SPEAKERS or len(_HEADER.findall(text)) >= SPEAKERS
