"""Settles what leans on sentences that are gone: it goes with them, or gets its name back."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

from negaudit.rewrite.blocks import drop_blocks
from negaudit.rewrite.elaborations import Decision
from negaudit.rewrite.introductions import drop_headings, drop_markers, drop_turns
from negaudit.rewrite.mentions import names_subject, own_pronouns
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
    r"[\"“'‘(*_]*(?:This|These|That|Those|Such|What (?:followed|happened)"
    r"|In (?:doing so|so doing))\b"
)
_ANAPHOR = re.compile(rf"[\"“'‘(*_]*(?:{_OPENERS})\b")
_NAMED = re.compile(r"[\"“'‘(*_]*(?:[A-Z][\w'’.-]*[a-z.],? ){2}|[\"“'‘(*_]*[A-Z]{2,}\b")
_LEANING = re.compile(
    r"[\"“*_]*(?:Whether|Because|While|If|When|Although|Since) (?:this|that|these|it)\b"
    r"|.*\b(?:of|to|for|from|in|at|with|by|on|about|under) (?:that|those) [a-z]+"
    r"|.*[a-z] that [a-z]+[.!?]|.*[a-z,] (?:these|those) [A-Z]|.*\bthat (?:same|exact)\b"
    # a day or a book that is its own
    r"|.*[a-z,] (?:this|these|those)(?:[,.;]| (?!past|coming|year|week|month|morning|afternoon"
    r"|evening|spring|summer|autumn|fall|winter|season|century|paper|chapter|book|guide|edition|test|section)[a-z])",
    re.S,
)
_PRONOUN = re.compile(r"[\"“*_]*(?P<word>He|She|His|Her)\b")
# "In May 2024, he": behind where or when, a pronoun opens its sentence too.
_LATER = re.compile(r"[\"“*_•\s-]*[A-Z][^,.;:]{2,80}, (?P<word>he|she)\b")
_RESUMED = re.compile(r"[\"“*_]*The (?P<nouns>(?:[\w-]+ ?){1,3})")
_NOUN = re.compile(r"[^\W\d_]+")
OPENING = frozenset(
    "that and or but which who because if when while the a an of to for from with by".split()
)
DROPPED = Decision("dropped", reason="leans on a dropped sentence")


def settle(
    text: str, passages: Sequence[Passage], decisions: Sequence[Decision], topics: Sequence[Topic]
) -> list[Decision]:
    """Drop what only leans on dropped sentences, and name whom a pronoun lost."""
    settled = list(decisions)
    _drop_openings(text, passages, settled)
    drop_leaning(text, passages, settled)
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
            _name_again(text, passages, settled, topic)
    return settled


def drop_leaning(text: str, passages: Sequence[Passage], settled: list[Decision]) -> None:
    """Drop what goes on from a sentence that is gone."""
    plain = [at for at, passage in enumerate(passages) if not passage.frame]
    for before, at in itertools.pairwise(plain):
        what = settled[at].what
        words = text[passages[at].start : passages[at].end]
        gone = settled[before].what == "dropped" and what == "kept"
        if passages[before].paragraph != passages[at].paragraph:
            if gone and (_ANAPHOR.match(words) or _LEANING.match(words)):
                settled[at] = DROPPED
            continue
        if what == "dropped":
            continue
        leans = _ANAPHOR if gone else _DEMONSTRATIVE
        changed = settled[before].what in {"dropped", "negated"} and what != "negated"
        if changed and (leans.match(words) or _LEANING.match(words)):
            settled[at] = DROPPED
    _drop_resumed(text, passages, settled)
    for before, at, after in zip(plain, plain[1:], plain[2:], strict=False):
        around = {settled[before].what, settled[after].what}
        same = passages[before].paragraph == passages[after].paragraph
        if settled[at].what == "kept" and same and around == {"dropped"}:
            words = text[passages[at].start : passages[at].end]
            if _PRONOUN.match(words) or words.startswith(("However, he ", "However, she ")):
                settled[at] = DROPPED


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
        if _PRONOUN.match(words) and names_subject(lost, topic) is False:
            settled[at] = DROPPED


def _drop_resumed(text: str, passages: Sequence[Passage], settled: list[Decision]) -> None:
    """Drop "The talk was full" where the talk was told of in a dropped sentence alone."""
    paragraph, shown, lost, gone = -1, set[str](), set[str](), False
    for at, passage in enumerate(passages):
        if passage.frame:
            continue
        if passage.paragraph != paragraph:
            paragraph, lost = passage.paragraph, set()
        words = text[passage.start : passage.end]
        resumed = _RESUMED.match(words)
        if resumed and settled[at].what == "kept":
            nouns = [w for w in resumed["nouns"].split() if len(w) > 3 and w.islower()][:2]
            new = [noun for noun in nouns if noun not in shown]
            if any(noun in lost for noun in new) or (gone and nouns and new == nouns):
                settled[at] = DROPPED
        found = tokens(words)
        gone = settled[at].what == "dropped"
        if gone:
            lost |= found
        else:
            shown |= found


def _name_again(
    text: str, passages: Sequence[Passage], settled: list[Decision], topic: Topic
) -> None:
    """Put the name for a pronoun that stood for the subject and would now stand for another."""
    pronouns = own_pronouns(text)
    told, shown = None, None  # whether the last name was the subject's, in the old text and the new
    for at, passage in enumerate(passages):
        if passage.frame:
            continue
        words = splice(text[passage.start : passage.end], settled[at].edits)
        pronoun = _PRONOUN.match(words) or _LATER.match(words)
        goes_on = pronoun and not topic.named_in(words)
        named = None if goes_on else names_subject(words, topic)
        if settled[at].what == "dropped":
            told = told if named is None else named
            continue
        if pronoun and pronoun["word"].lower() in pronouns and told and not shown:
            settled[at] = _named(settled[at], pronoun, topic.surname)
            shown = True
        if named is not None:
            told = shown = named


def _named(decision: Decision, pronoun: re.Match[str], surname: str) -> Decision:
    possessive = pronoun["word"] in {"His", "Her"}
    name = surname + ("'s" if possessive else "")
    start, end = pronoun.span("word")
    edits = list(decision.edits)
    if edits and edits[0].start <= start and edits[0].text == pronoun["word"][0]:
        # What stood in front was cut, and the pronoun got its capital.
        cut = edits.pop(0)
        start, end = cut.start, cut.end - 1 + end - start
    moved = pronoun["word"].islower() and any(edit.start < start for edit in edits)
    if moved or any(edit.start < end and start < edit.end for edit in edits):
        return decision
    what = "reworded" if decision.what == "kept" else decision.what
    return Decision(what, tuple(sorted((Edit(start, end, name), *edits))), decision.reason)
