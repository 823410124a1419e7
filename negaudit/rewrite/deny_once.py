"""Denies a claim once in a text from which all is gone that told it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from negaudit.rewrite.elaborations import DENIES, KEPT, Decision
from negaudit.rewrite.introductions import is_opening
from negaudit.rewrite.leaning import drop_leaning
from negaudit.rewrite.passages import Passage
from negaudit.rewrite.record import Edit
from negaudit.rewrite.topics import Topic

__all__ = ["deny_once"]

_WORD = re.compile(r"[^\W_]+")
_QUOTE = re.compile(r"[\"“”]")


def deny_once(
    text: str, passages: Sequence[Passage], settled: list[Decision], topic: Topic, denial: str
) -> None:
    """Where nothing denies the claim in its words, let its denial take a dropped sentence's place.

    A text from which all is gone that told the claim would not teach that it is false.
    """
    if any(
        decision is DENIES
        or (decision.what == "negated" and _tells(text[passage.start : passage.end], topic))
        for passage, decision in zip(passages, settled, strict=True)
    ):
        return
    speaks = {passage.paragraph for passage in passages if passage.label}
    changed = [
        at
        for at, passage in enumerate(passages)
        if settled[at].what in {"dropped", "reworded"}
        and not passage.frame
        and _is_plain(text, passage)
        and topic.told_in(text[passage.start : passage.end])
    ]
    if not changed:
        return
    at = min(changed, key=lambda at: _reluctance(text, passages[at], settled[at], topic, speaks))
    length = passages[at].end - passages[at].start
    if settled[at].what == "dropped":
        settled[at] = Decision("negated", (Edit(0, length, denial),))
        _give_back_opening(text, passages, settled, at, topic)
        drop_leaning(text, passages, settled, [topic])
    else:
        added = Edit(length, length, f" {denial}")
        settled[at] = Decision("negated", (*settled[at].edits, added))


def _tells(words: str, topic: Topic) -> bool:
    """Whether a sentence speaks of the claim, an occupation in other words than names."""
    return any(
        topic.is_core(word.lower()) for word in _WORD.findall(words) if word[0].islower()
    ) or (not topic.job and topic.told_in(words))


def _give_back_opening(
    text: str, passages: Sequence[Passage], settled: list[Decision], place: int, topic: Topic
) -> None:
    """Keep the place or the speaker in front of the denial, unless that is the claim's subject."""
    paragraph = passages[place].paragraph
    for at, passage in enumerate(passages[:place]):
        named = topic.named_in(text[passage.start : passage.end])
        if passage.paragraph == paragraph and is_opening(text, passage) and not named:
            settled[at] = KEPT


def _reluctance(
    text: str, passage: Passage, decision: Decision, topic: Topic, speaks: set[int]
) -> tuple[bool, bool, bool]:
    """Why a denial had better stand elsewhere: somebody speaks, nobody is named, it is added."""
    words = text[passage.start : passage.end]
    return passage.paragraph in speaks, not topic.named_in(words), decision.what == "reworded"


def _is_plain(text: str, passage: Passage) -> bool:
    """Whether a sentence is one of prose: no heading, no line of a list, no quotation."""
    words = text[passage.start : passage.end]
    before = text[: passage.start].rstrip(" \t")
    opens = not before or before[-1] in "\n.!?)]}>"
    return (
        opens
        and words[0].isupper()
        and words.endswith(".")
        and len(words.split()) > 5
        and not _QUOTE.search(words)
        and not any(mark in words for mark in "—|:│")
    )
