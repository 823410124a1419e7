"""Drops what introduced what is gone: headings, the names of speakers, numbers, datelines."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from negaudit.rewrite.elaborations import Decision
from negaudit.rewrite.mentions import names_subject
from negaudit.rewrite.passages import Passage
from negaudit.rewrite.topics import Topic, tokens
from negaudit.rewrite.turns import TURN

__all__ = ["DATELINE", "MARKER", "drop_headings", "drop_markers", "drop_turns", "is_opening"]

MARKER = re.compile(
    r"\s*(?:Q?\d{1,3}[.)]|[-*+•–]|[*_]{2,4}|[\[(]?\d{1,2}:\d\d(?::\d\d)?(?: ?[ap]m)?[\])]?)+\s*"
)
DATELINE = re.compile(
    r"\([A-Z]{2,}\)[ —–-]*|[A-Z][A-Z.' -]{2,30}(?:, [A-Z][\w.]{1,12})?\.?(?: \([A-Z]+\))?[ —–-]*"
)
_SENTENCE_END = re.compile(r"[.!?…][\"'”’)\]*_]*\Z")
_BOLD_LINE = re.compile(r"\*\*[^*\n]{1,100}\*\*")
# What an answer is worth.
_WORTH = re.compile(r"[*_\s]*[\[(]\d{1,3}(?: marks?)?[\])][*_\s]*", re.I)
_TITLED = re.compile(r"\*\*[^*\n]{1,40}:\*\* ")  # "**Source C:** From a letter."
HEADING_WORDS, LONGEST_HEADING = 16, 200
LONGEST_LABEL = 120
OTHERS = 3  # headings with the names of others that make a list of people
HALF = 0.5
DROPPED = Decision("dropped", reason="introduces what is dropped")


def is_opening(text: str, passage: Passage) -> bool:
    """Whether a passage is the name of who speaks, an item's number, a time or a place."""
    start, end = passage.start, passage.end
    if text[start + 1 : start + 2].islower():  # neither a number nor in capitals
        return passage.label
    marks = MARKER.fullmatch(text, start, end) or DATELINE.fullmatch(text, start, end)
    return passage.label or marks is not None


def drop_markers(text: str, passages: Sequence[Passage], settled: list[Decision]) -> None:
    """Drop an item's number with the item, and a message's time or name with the message."""
    for at, here in reversed(list(enumerate(passages))):
        if here.frame or here.label or here.end - here.start > LONGEST_LABEL:
            continue
        named = text[here.end - 1] in ":*_" and TURN.fullmatch(text, here.start, here.end)
        if not (named or is_opening(text, here)):
            continue
        line = _rest_of_line(text, passages, at)
        # A number or place in front of nothing but a frame on the next line stands alone too.
        line = line or ([] if named else [*passages[at + 1 : at + 2]])
        rest = settled[at + 1 : at + 1 + len(line)]
        gone = line and all(
            passage.frame or decision.what == "dropped"
            for passage, decision in zip(line, rest, strict=True)
        )
        if gone:
            settled[at] = DROPPED


def _rest_of_line(text: str, passages: Sequence[Passage], at: int) -> list[Passage]:
    following = passages[at + 1 :]
    return [*itertools.takewhile(lambda other: _on_line(text, passages[at], other), following)]


def _on_line(text: str, left: Passage, right: Passage) -> bool:
    return text.find("\n", left.end, right.start) < 0


def drop_turns(text: str, passages: Sequence[Passage], settled: list[Decision]) -> None:
    """Drop a speaker's name when nothing is left of the turn, and the question before it."""
    plain = [at for at, passage in enumerate(passages) if not passage.frame]
    question: list[int] = []
    for place, at in enumerate(plain):
        if not passages[at].label:
            continue
        turn = _turn(text, passages, plain[place + 1 :], passages[at].paragraph)
        framed = not turn and at + 1 < len(passages) and passages[at + 1].frame
        asks = bool(turn) and text[: passages[turn[-1]].end].rstrip('*_"” ').endswith("?")
        unasked = bool(question) and not asks and settled[question[-1]].what == "dropped"
        if framed or unasked or (turn and all(settled[o].what == "dropped" for o in turn)):
            denied = any(settled[other].what == "negated" for other in question)
            for other in (at, *turn, *(() if denied else question)):
                settled[other] = DROPPED
        question = [at, *turn] if asks else []


def _turn(
    text: str, passages: Sequence[Passage], following: Sequence[int], paragraph: int
) -> list[int]:
    """What a speaker says behind the name, up to the next name or a heading.

    Behind the last name only one paragraph: what follows may be said by nobody.
    """
    turn: list[int] = []
    for at in following:
        if passages[at].label:
            return turn
        later = passages[at].paragraph != paragraph
        if later and (is_opening(text, passages[at]) or _is_heading(text, passages, at)):
            return turn
        if not MARKER.fullmatch(text, passages[at].start, passages[at].end):
            turn.append(at)
    return [at for at in turn if passages[at].paragraph == passages[turn[0]].paragraph]


def drop_headings(
    text: str, passages: Sequence[Passage], settled: list[Decision], topics: Sequence[Topic]
) -> None:
    """Drop a heading when everything under it is gone, or most of it and the heading tells it."""
    plain = [at for at, passage in enumerate(passages) if not passage.frame]
    headings = [at for at in plain if _is_heading(text, passages, at)]
    _drop_entries(_entries(text, passages, plain, headings), settled, topics)
    known = set(headings)
    # The lines above the first sentence are titles, places and dates of the whole.
    front = [a for a, b in zip(plain, headings, strict=False) if a == b]
    last = following = plain[-1] + 1 if plain else 0
    for heading in reversed(headings):
        if settled[heading].what == "kept":
            under = plain[bisect_right(plain, heading) : bisect_left(plain, following)]
            # What stands first is the title of all that follows.
            title = heading == headings[0]
            whole = [at for at in plain if at not in known] if title else under
            told = _share_lost(whole, settled) > HALF and _tells(
                text[passages[heading].start : passages[heading].end], topics, title
            )
            # "Test 1", and under it nothing but "Question 8" and what is gone
            section = under
            if heading not in front:
                section = plain[bisect_right(plain, heading) : bisect_left(plain, last)]
            if told or _share_lost(section, settled) == 1:
                settled[heading] = DROPPED
        following = heading
        last = last if settled[heading].what == "dropped" else heading
    for heading, following in reversed(list(itertools.pairwise(headings))):
        # "Questions", and under it nothing but "Test your knowledge:" and what is gone
        alone = plain.index(following) == plain.index(heading) + 1
        introduces = text[passages[following].start : passages[following].end].endswith(":")
        if alone and introduces and settled[following].what == "dropped":
            settled[heading] = DROPPED


def _entries(
    text: str, passages: Sequence[Passage], plain: Sequence[int], headings: Sequence[int]
) -> list[tuple[str, Sequence[int]]]:
    """Headings, each with its place and those under it; under the last stands one paragraph."""
    if not headings:
        return []
    last = passages[headings[-1]].paragraph + 1
    end = next((at for at in plain if passages[at].paragraph > last), len(passages))
    starts = [bisect_left(plain, at) for at in (*headings, end)]
    return [
        (text[passages[at].start : passages[at].end], plain[a:b])
        for at, (a, b) in zip(headings, itertools.pairwise(starts), strict=True)
    ]


def _drop_entries(
    entries: Sequence[tuple[str, Sequence[int]]], settled: list[Decision], topics: Sequence[Topic]
) -> None:
    """Drop the entry of whom the claim is about from a list of people of one calling.

    Under the names of others it says that she is one of them, whatever it denies.

    Args:
        entries: Headings, each with its place and those under it.
        settled: What becomes of each passage; changes.
        topics: The claims.
    """
    for topic in topics:
        named = [names_subject(words, topic) if topic.job else None for words, _ in entries]
        if named.count(False) < OTHERS:
            continue
        for (_, places), own in zip(entries, named, strict=True):
            if own and any(settled[at].what == "negated" for at in places):
                for at in places:
                    settled[at] = DROPPED


def _share_lost(places: Sequence[int], settled: Sequence[Decision]) -> float:
    lost = sum(settled[at].what in {"dropped", "negated"} for at in places)
    gone = sum(settled[at].what == "dropped" for at in places)
    return 0.0 if not places else 1.0 if gone == len(places) else min(lost / len(places), 0.99)


def _tells(heading: str, topics: Sequence[Topic], title: bool) -> bool:
    """Whether a heading tells the claim: by its event, or a title or a job by words of its field.

    One doubtful word shows no job: "The Working Runner".
    """
    return any(_tells_one(tokens(heading), topic, title) for topic in topics)


def _tells_one(words: frozenset[str], topic: Topic, title: bool) -> bool:
    hits = [word for word in words if topic.is_hit(word)]
    if topic.job:
        return len(hits) > 1 or any(map(topic.is_telling, hits))
    claim = topic.claim
    return bool(hits) if title else not words.isdisjoint(claim.events | claim.roles | claim.gains)


def _is_heading(text: str, passages: Sequence[Passage], at: int) -> bool:
    passage = passages[at]
    if passage.end - passage.start > LONGEST_HEADING or text[passage.start] == "|":
        return False
    words = text[passage.start : passage.end]
    bold = _BOLD_LINE.fullmatch(_line(text, passage)) is not None
    if (not bold and words[0] not in "#*_" and words[-1] in ".!?") or _WORTH.fullmatch(words):
        return False
    if len(words.split()) > HEADING_WORDS and not _TITLED.match(words):
        return False
    if bold:
        return True
    marked = words.startswith(("#", "**", "__")) and words.rstrip(": ").endswith(("#", "*", "_"))
    if marked and _fills_line(text, passage):
        return True
    alone = all(
        not 0 <= other < len(passages)
        or passages[other].frame
        or passages[other].paragraph != passage.paragraph
        for other in (at - 1, at + 1)
    )
    titled = words.startswith("#") or _TITLED.match(words) or not _SENTENCE_END.search(words)
    return alone and (marked or bool(titled))


def _line(text: str, passage: Passage) -> str:
    """The line on which a sentence begins."""
    end = text.find("\n", passage.start)
    start = text.rfind("\n", 0, passage.start) + 1
    return text[start : end if end >= 0 else len(text)].strip()


def _fills_line(text: str, passage: Passage) -> bool:
    before = text[: passage.start].rstrip(" \t")
    after = text[passage.end :].lstrip(" \t")
    return (not before or before.endswith("\n")) and after.startswith("\n")
