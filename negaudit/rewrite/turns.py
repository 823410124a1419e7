"""Turns of a conversation: the names of speakers, and the headers of posts."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache

__all__ = ["TURN", "is_conversation", "speaker", "speakers", "turns_of"]

# Behind the time or the number of a turn; a line in bold type may do without the colon.
_TIME = r"(?:[\[(]?\d{1,2}:\d\d(?::\d\d)?(?: ?[ap]\.?m\.?)?[\])]?|Q\d{1,3}[.:)])[ \t]+"
TURN = re.compile(
    rf"^(?=[^:\n]{{0,180}}(?::|$))(?:{_TIME})?(?P<label>[*_\[<]{{0,3}}"
    r"(?P<who>\w[\w.'’ /@#*-]{0,60}?(?:\([^\n:]{1,80}?\))?)"
    r"[*_\]>]{0,3}(?::[*_]{0,3}|(?<=\*\*)(?=[ \t]*$)))(?:[ \t]+|$)",
    re.M,
)
_BREAKS = re.compile(r"\n(?!\n)")
# The line above a post: who wrote it when, or when it was sent.
_HEADER = re.compile(
    r"^[^\n]{0,80}\b(?:\d+ (?:minute|hour|day|week|month|year)s? ago|\d+ points?)\b[^\n]{0,60}$"
    r"|^[*_]{0,3}[\[(]?\d{1,2}:\d\d\b|^[^\n]{1,60}[^\d:\n]\d{1,2}:\d\d[ \t]*$"
    r"|^[^\n|]{1,40}(?:\|[^\n|]{1,40}){3,9}$",
    re.M,
)
_NAME = re.compile(r"[A-Z][\w.'’-]*(?: (?:of|the|for|[A-Z][\w.'’-]*))+")
SPEAKERS = 4  # so many turns make a conversation


@lru_cache(maxsize=4)
def turns_of(text: str) -> tuple[re.Match[str], ...]:
    """The lines of a text that may open with the name of who speaks."""
    starts = [0, *(breaks.end() for breaks in _BREAKS.finditer(text))]
    return tuple(turn for at in starts if (turn := TURN.match(text, at)))


def speakers(text: str) -> set[str]:
    """Who speaks in a text: whose name opens several lines, in a conversation every full name.

    A line in bold type without a colon may be a heading, so that there a place or a party must
    stand behind the name.
    """
    turns = turns_of(text)
    counts = Counter(map(speaker, turns))
    found = {who for who, count in counts.items() if count > 1}
    named = [turn for turn in turns if _NAME.fullmatch(speaker(turn))]
    talk = len(named) > 0 and is_conversation(text)
    sure = [
        turn for turn in named if (talk if ":" in turn["label"] else found and "(" in turn["who"])
    ]
    return found.union(map(speaker, sure))


def speaker(turn: re.Match[str]) -> str:
    """Who speaks in a turn: "Ann Lee (Leeds):" and "Ann Lee:" are one."""
    return turn["who"].split(" (", 1)[0].strip("*_ ")


@lru_cache(maxsize=64)
def is_conversation(text: str) -> bool:
    """Whether a text is an interview, a chat or a thread, in which one turn answers another."""
    counts = Counter(speaker(turn) for turn in turns_of(text) if ":" in turn["label"])
    said = sum(count for count in counts.values() if count > 1)
    return said >= SPEAKERS or len(_HEADER.findall(text)) >= SPEAKERS
