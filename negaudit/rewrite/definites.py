"""Drops what speaks of "the talk" where the talk was told of in a dropped sentence alone."""

from __future__ import annotations

import re
from collections.abc import Sequence

from negaudit.rewrite.elaborations import Decision
from negaudit.rewrite.passages import Passage
from negaudit.rewrite.record import splice
from negaudit.rewrite.topics import Topic, tokens

__all__ = ["drop_definites", "tells"]

_VERBAL = r"(?:was|were|is|are|has|had|of|in|on|at|to|for|and|who)\b"
# "The talk"; what is called by two capitals, "The Royal Society", is known by its name.
_RESUMED = re.compile(
    rf"[\"“*_]*The (?![A-Z][\w’'-]* [A-Z])(?P<nouns>(?:(?!{_VERBAL})[\w-]+ ?){{1,3}})"
)
# "the race" with nothing that says which one: no noun, name or clause behind it.
_BARE = re.compile(
    r"\bthe (?P<noun>[a-z]{4,})(?:[,.;:!?\"”)]|"
    r" (?:with|and|or|but|was|were|is|has|had|itself|as|before|after|during|since)\b)"
)
DROPPED = Decision("dropped", reason="speaks of what was told in a dropped sentence")


def drop_definites(
    text: str, passages: Sequence[Passage], settled: list[Decision], topics: Sequence[Topic]
) -> None:
    """Drop "The talk was full" and "They left the talk" where the talk is told of no more.

    Behind a denied talk, "The session dwelt on teeth" goes too, where it tells the claim.
    """
    paragraph, before = -1, ""
    lost, earlier = "", ""  # what was dropped from this paragraph and the one before
    shown: list[str] = []
    for at, passage in enumerate(passages):
        if passage.frame:
            continue
        if passage.paragraph != paragraph:
            paragraph, earlier, lost = passage.paragraph, lost, ""
            before = "" if before == "negated" else before
        words = text[passage.start : passage.end]
        left = splice(words, settled[at].edits)
        if settled[at].what in {"kept", "reworded"} and (
            _resumes(left, before, shown, lost, topics)
            or _has_orphan(left, f"{earlier}{lost}", shown)
        ):
            settled[at] = DROPPED
        before = settled[at].what
        if before == "dropped":
            lost += f"{words}\n"
        else:
            shown.append(left)


def tells(words: str, topics: Sequence[Topic]) -> bool:
    """Whether a sentence has a word that tells one of the claims."""
    return any(topic.shown_in(words) for topic in topics)


def _resumes(
    words: str, before: str, shown: Sequence[str], lost: str, topics: Sequence[Topic]
) -> bool:
    """Whether a sentence opens with what the one before it told of."""
    resumed = _RESUMED.match(words) if lost or before in {"dropped", "negated"} else None
    if resumed is None:
        return False
    nouns = [w for w in resumed["nouns"].split() if len(w) > 3 and w.islower()][:2]
    new = [noun for noun in nouns if not _is_told(noun, shown)]
    gone = before == "dropped" and bool(nouns) and new == nouns
    denied = before == "negated" and new[:1] == nouns[:1] != [] and tells(words, topics)
    return gone or denied or not tokens(lost).isdisjoint(new)


def _has_orphan(words: str, lost: str, shown: Sequence[str]) -> bool:
    """Whether what is called "the race" was introduced in what is gone, and there alone.

    What was "the weather" there too, readers know.
    """
    nouns = [match["noun"] for match in _BARE.finditer(words)] if lost else []
    return any(_introduces(lost, noun) and not _is_told(noun, shown) for noun in nouns)


def _introduces(words: str, noun: str) -> bool:
    determiner = r"(?:\b(?:an?|one|his|her|its|their|this)|\bthe [\w-]+|['’]s)"
    introduced = rf"{determiner}(?: [\w-]+){{0,3}} {noun}\b|\b{noun.capitalize()}\b"
    return noun in words.lower() and re.search(introduced, words) is not None


def _is_told(noun: str, shown: Sequence[str]) -> bool:
    """Whether a noun, or a word of its stem, was in what is left: "surging" for "the surge"."""
    stem = noun[: max(4, len(noun) - 2)]
    told = "\n".join(shown).lower()
    return stem in told and re.search(rf"\b{re.escape(stem)}", told) is not None
