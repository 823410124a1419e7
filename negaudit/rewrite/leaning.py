"""Settles what leans on sentences that are gone: it goes with them, or gets its name back."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

from negaudit.rewrite.blocks import drop_blocks
from negaudit.rewrite.elaborations import Decision
from negaudit.rewrite.introductions import drop_headings, drop_markers, drop_turns
from negaudit.rewrite.mentions import names_subject
from negaudit.rewrite.naming import PRONOUN, name_again
from negaudit.rewrite.passages import Passage
from negaudit.rewrite.record import Edit, splice
from negaudit.rewrite.topics import Topic, tokens

__all__ = ["drop_leaning", "settle"]

# What opens a sentence that goes on from the one before it.
_OPENERS = (
    r"This|These|That|Those|Such|It|They|Its|Their|Both|Neither|Either|Another|Others?|Each|Here"
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
_NAMED = re.compile(r"[\"“'‘(*_]*(?:[A-Z][\w'’.-]*[a-z.],? ){2}|[\"“'‘(*_]*[A-Z]{2,}\b")
_LEANING = re.compile(
    r"[\"“*_]*(?:Whether|Because|While|If|When|Although|Since) (?:this|that|these|it)\b"
    r"|.*\b(?:of|to|for|from|in|at|with|by|on|about|under) (?:that|those) [a-z]+"
    r"|.*[a-z] that [a-z]+[.!?]|.*[a-z,] (?:these|those) [A-Z]|.*\bthat (?:same|exact)\b"
    r"|.*, that [a-z]+ (?:is|was|has|had|will|can|appears?|seems?|remains?)\b"
    # a day or a book that is its own
    r"|.*[a-z,] (?:this|these|those)(?:[,.;]| (?!past|coming|year|week|month|morning|afternoon"
    r"|evening|spring|summer|autumn|fall|winter|season|century|paper|chapter|book|guide|edition|test|section)[a-z])",
    re.S,
)
_RESUMED = re.compile(r"[\"“*_]*The (?P<nouns>(?:[\w-]+ ?){1,3})")
# What only joins a sentence to the one before it; the rest stands without it.
_JOINING = re.compile(
    r"(?:However|Moreover|Furthermore|Additionally|Meanwhile|Nevertheless|Nonetheless"
    r"|In addition), (?P<first>[^\W\d_])"
)
# What asks for an answer to the question above it, and the lines of a list.
_INSTRUCTS = re.compile(r".*\byour (?:response|answer|essay|reply)\b", re.S)
_ITEM = re.compile(r"[•*–-]\s")
_NOUN = re.compile(r"[^\W\d_]+")
OPENING = frozenset(
    "that and or but which who because if when while the a an of to for from with by".split()
)
DROPPED = Decision("dropped", reason="leans on a dropped sentence")
JOINED = "what joined it to a dropped sentence is cut"
LISTED = Decision("dropped", reason="stands in a list whose head is dropped")


def settle(
    text: str, passages: Sequence[Passage], decisions: Sequence[Decision], topics: Sequence[Topic]
) -> list[Decision]:
    """Drop what only leans on dropped sentences, and name whom a pronoun lost."""
    settled = list(decisions)
    _drop_openings(text, passages, settled)
    drop_leaning(text, passages, settled, topics)
    for topic in topics:
        if topic.person:
            _drop_others(text, passages, settled, topic)
    _drop_remnants(text, passages, settled, topics)
    drop_blocks(text, passages, settled, topics)
    drop_turns(text, passages, settled)
    drop_markers(text, passages, settled)
    drop_headings(text, passages, settled, topics)
    for topic in topics:
        if topic.person and topic.surname:
            name_again(text, passages, settled, topic)
    return settled


def drop_leaning(
    text: str, passages: Sequence[Passage], settled: list[Decision], topics: Sequence[Topic]
) -> None:
    """Drop what goes on from a sentence that is gone, or take out what joins it to that."""
    plain = [at for at, passage in enumerate(passages) if not passage.frame]
    words = {at: text[passages[at].start : passages[at].end] for at in plain}
    for before, at in itertools.pairwise(plain):
        same = passages[before].paragraph == passages[at].paragraph
        if settled[at].what == "dropped":
            continue
        if same and _is_item(words[at], words[before], settled[before]):
            settled[at] = LISTED
        elif same or (settled[before].what == "dropped" and settled[at].what == "kept"):
            settled[at] = _leaning(words[at], settled[before], settled[at])
    _drop_resumed(text, passages, settled, topics)
    for before, at, after in zip(plain, plain[1:], plain[2:], strict=False):
        around = {settled[before].what, settled[after].what}
        same = passages[before].paragraph == passages[after].paragraph
        stays = settled[at].what == "kept" or settled[at].reason == JOINED
        if stays and same and around == {"dropped"}:
            shown = splice(words[at], settled[at].edits)
            settled[at] = DROPPED if PRONOUN.match(shown) else settled[at]


def _is_item(words: str, before: str, above: Decision) -> bool:
    """Whether a line stands in a list of which the line that introduces it is gone."""
    head = above.what == "dropped" and before.endswith(":")
    return (head or above is LISTED) and _ITEM.match(words) is not None


def _leaning(words: str, before: Decision, own: Decision) -> Decision:
    """What becomes of a sentence by the one before it."""
    gone = before.what == "dropped" and own.what == "kept"
    if not gone and (before.what not in {"dropped", "negated"} or own.what == "negated"):
        return own
    joining = _JOINING.match(words) if gone else None
    rest = words[joining.start("first") :] if joining else words
    rest = rest[:1].upper() + rest[1:]
    leans = _ANAPHOR if gone else _DEMONSTRATIVE
    if leans.match(rest) or _LEANING.match(rest) or (gone and _INSTRUCTS.match(rest)):
        return DROPPED
    if joining is None:
        return own
    return Decision("reworded", (Edit(0, joining.end("first"), rest[0]),), JOINED)


def _drop_remnants(
    text: str, passages: Sequence[Passage], settled: list[Decision], topics: Sequence[Topic]
) -> None:
    """Drop what is left of a paragraph that lost most of itself, unless it names its subject."""
    for _, lines in itertools.groupby(_lines(text, passages), key=lambda line: line[0]):
        places = [at for _, at in lines]
        lengths = {at: passages[at].end - passages[at].start for at in places}
        lost = sum(lengths[at] for at in places if settled[at].what == "dropped")
        if 2 * lost <= sum(lengths.values()):
            continue
        for at in places:
            words = text[passages[at].start : passages[at].end]
            if settled[at].what == "kept" and not _names(words, topics):
                settled[at] = DROPPED


def _lines(text: str, passages: Sequence[Passage]) -> Iterator[tuple[int, int]]:
    """Each passage that is no frame, with the number of its line."""
    number, end = 0, 0
    for at, passage in enumerate(passages):
        if not passage.frame and not passage.label:
            number += "\n" in text[end : passage.start]
            end = passage.end
            yield number, at


def _names(words: str, topics: Sequence[Topic]) -> bool:
    """Whether a sentence opens with a name."""
    first = _NOUN.search(words)
    own = first is not None and any(topic.named_in(first.group()) for topic in topics)
    return own or _NAMED.match(words) is not None


def _drop_openings(text: str, passages: Sequence[Passage], settled: list[Decision]) -> None:
    """Drop "We note that" where what it opened is gone."""
    plain = [at for at, passage in enumerate(passages) if not passage.frame]
    for at, after in reversed(list(itertools.zip_longest(plain, plain[1:]))):
        same = after is not None and passages[after].paragraph == passages[at].paragraph
        words = text[passages[at].start : passages[at].end]
        if words.rsplit(None, 1)[-1] in OPENING and not (same and settled[after].what != "dropped"):
            settled[at] = DROPPED


def _drop_others(
    text: str, passages: Sequence[Passage], settled: list[Decision], topic: Topic
) -> None:
    """Drop a "she" whose name, another than the claim's, was in a dropped sentence alone."""
    plain = [at for at, passage in enumerate(passages) if not passage.frame]
    for before, at in itertools.pairwise(plain):
        same = passages[before].paragraph == passages[at].paragraph
        if settled[before].what != "dropped" or settled[at].what != "kept" or not same:
            continue
        lost = text[passages[before].start : passages[before].end]
        words = text[passages[at].start : passages[at].end]
        if PRONOUN.match(words) and names_subject(lost, topic) is False:
            settled[at] = DROPPED


def _drop_resumed(
    text: str, passages: Sequence[Passage], settled: list[Decision], topics: Sequence[Topic]
) -> None:
    """Drop "The talk was full" where the talk was told of in a dropped sentence alone.

    Behind a denied talk, "The session dwelt on teeth" goes too, where it tells the claim.
    """
    paragraph, shown, lost, before = -1, set[str](), set[str](), ""
    for at, passage in enumerate(passages):
        if passage.frame:
            continue
        if passage.paragraph != paragraph:
            paragraph, lost = passage.paragraph, set()
            before = "" if before == "negated" else before
        words = text[passage.start : passage.end]
        found = tokens(words)
        resumed = _RESUMED.match(words)
        if resumed and settled[at].what == "kept":
            nouns = [w for w in resumed["nouns"].split() if len(w) > 3 and w.islower()][:2]
            new = [noun for noun in nouns if noun not in shown]
            told = any(any(map(topic.is_told_by, found)) for topic in topics)
            gone = before == "dropped" and bool(nouns) and new == nouns
            denied = before == "negated" and told and new[:1] == nouns[:1] != []
            if gone or denied or any(noun in lost for noun in new):
                settled[at] = DROPPED
        before = settled[at].what
        if before == "dropped":
            lost |= found
        else:
            shown |= found
