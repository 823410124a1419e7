"""How a sentence leans on the one before it, and what becomes of it where that one is gone."""

from __future__ import annotations

import re

from negaudit.rewrite.elaborations import Decision
from negaudit.rewrite.record import Edit, splice

__all__ = ["ANSWERED", "DROPPED", "JOINED", "answering", "leaning"]

# Times and texts that are their own: "this morning" points at nothing that was said.
_OWN = (
    r"(?:past|coming|year|week|month|morning|afternoon|evening|spring|summer|autumn|fall|winter"
    r"|season|century|paper|chapter|book|guide|edition|test|section)"
)
# What opens a sentence that goes on from the one before it.
_OPENERS = (
    rf"This(?! {_OWN})"
    r"|These|That|Those|Such|It|They|Its|Their|Both|Neither|Either|Another|Others?|Each|Here"
    r"|What (?:followed|happened)|But|And|Or|Nor|So|Yet|Still|Instead|Rather|However|Nevertheless"
    r"|Nonetheless|Moreover|Furthermore|Additionally|Also|Then|Thus|Hence|Therefore|Consequently"
    r"|Otherwise|Meanwhile|Similarly|Likewise|Indeed|Even|Crucially|Exactly|Agreed|Yes|No|Not"
    r"|In (?:contrast|turn|response|addition|particular|fact|other words)|As (?:a result|such)"
    r"|By (?:contrast|comparison|then)|For (?:comparison|example|instance|context)"
    r"|Of (?:these|those)|The (?:other|latter|former|same|two|three)"
)
_DEMONSTRATIVE = re.compile(
    r"[\"“'‘(*_]*(?:This|These|That|Those|Such|Then|What (?:followed|happened)"
    r"|In (?:doing so|so doing))\b"
)
_ANAPHOR = re.compile(rf"[\"“'‘(*_]*(?:{_OPENERS})\b")
_LEANING = re.compile(
    r"[\"“*_]*(?:Whether|Because|While|If|When|Although|Since) (?:this|that|these|it)\b"
    r"|.*\b(?:of|to|for|from|in|at|with|by|on|about|under) (?:that|those) [a-z]+"
    r"|.*[a-z] that [a-z]+[.!?]|.*[a-z,] (?:these|those) [A-Z]|.*\bthat (?:same|exact)\b"
    r"|.*\b(?:(?:comparable|similar)(?! to\b)|accompanying|not the only) [a-z]+"
    r"|.*, that [a-z]+ (?:is|was|has|had|will|can|appears?|seems?|remains?)\b"
    rf"|.*[a-z,] (?:this|these|those)(?:[,.;]| (?!{_OWN})[a-z])",
    re.S,
)
# One of these is in all of the above.
POINTING = (
    "this",
    "that",
    "these",
    "those",
    " it",
    "comparable",
    "similar",
    "accompanying",
    "not the only",
)
# What only joins a sentence to the one before it; the rest stands without it.
_JOINING = re.compile(
    r"(?:However|Moreover|Furthermore|Additionally|Meanwhile|Nevertheless|Nonetheless"
    r"|In addition), (?P<first>[^\W\d_])"
)
# The same inside it: "In Bergen, after all, they sail".
_ASIDE = re.compile(
    r"(?P<before>[^,]*), (?:after all|however|meanwhile|moreover|furthermore|nevertheless"
    r"|nonetheless|therefore|in turn|too|as well), "
)
# Somebody does something to what was named before, or is not as it let one think.
_REACTS = re.compile(
    r"[\"“]*(?:I|We|You|He|She|They) (?:[a-z]+ ){1,2}(?:it|them)\b"
    r"|[\"“]*(?:I|We|You|He|She|They)(?: [a-z]+n['’]t|(?: [a-z]+|['’][a-z]+) not)"
    r"(?: [a-z]+){1,2}[.!?][\"”]*\Z"
)
_THERE = re.compile(r".*[a-z] (?:there[.,;]|since\.)", re.S)
# What asks for an answer to the question above it.
_INSTRUCTS = re.compile(r".*\byour (?:response|answer|essay|reply)\b", re.S)
FRONTED = frozenset("in on at for from with by since after before during when while as if".split())
# What names a thing by what another speaker said of it.
_TAKEN_UP = re.compile(
    r".*\b(?:thank|grateful|welcome)\b.* for (?:his|her|their)\b"
    r"|.*\b(?:of|to|for|from|in|at|with|by|on|about) (?:that|those|these) [a-z]+",
    re.S,
)
_TURNING = re.compile(r"Turning (?:now )?to [^,]{3,80}, (?P<first>\w)")
DROPPED = Decision("dropped", reason="leans on a dropped sentence")
ANSWERED = Decision("dropped", reason="answers a turn that is dropped")
JOINED = "what joined it to a dropped sentence is cut"


def answering(words: str, own: Decision) -> Decision:
    """What becomes of the first sentence of a turn that answered one which is dropped.

    "I thank her for those words" goes, "Turning to the sea, the tide is low" loses its turning.
    """
    if _TAKEN_UP.match(words):
        return ANSWERED
    turning = _TURNING.match(words)
    if turning is None:
        return own
    return Decision("reworded", (Edit(0, turning.end("first"), turning["first"].upper()),), JOINED)


def leaning(words: str, before: Decision, own: Decision) -> Decision:
    """What becomes of a sentence by the one before it."""
    if before.what == "dropped" and _THERE.match(splice(words, own.edits)):
        return DROPPED
    gone = before.what == "dropped" and own.what == "kept"
    if not gone and (before.what not in {"dropped", "negated"} or own.what == "negated"):
        return own
    joining = _JOINING.match(words) if gone else None
    rest = words[joining.start("first") :] if joining else words
    rest = rest[:1].upper() + rest[1:]
    leans = _ANAPHOR if gone else _DEMONSTRATIVE
    if leans.match(rest) or (any(map(rest.__contains__, POINTING)) and _LEANING.match(rest)):
        return DROPPED
    if gone and (_INSTRUCTS.match(rest) or _REACTS.match(rest)):
        return DROPPED
    if joining is None:
        return _without_aside(words, own) if gone else own
    return Decision("reworded", (Edit(0, joining.end("first"), rest[0]),), JOINED)


def _without_aside(words: str, own: Decision) -> Decision:
    aside = _ASIDE.match(words)
    if aside is None:
        return own
    # "In Bergen, after all, they sail" keeps a comma, "They, after all, sail" none.
    start = aside.end("before")
    fronted = aside["before"].split(None, 1)[0].lower() in FRONTED
    return Decision("reworded", (Edit(start, aside.end(), ", " if fronted else " "),), JOINED)
