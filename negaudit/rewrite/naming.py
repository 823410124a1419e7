"""Gives its name back to a pronoun whose name stood in a dropped sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence

from negaudit.rewrite.elaborations import Decision
from negaudit.rewrite.mentions import names_subject, own_pronouns
from negaudit.rewrite.passages import Passage
from negaudit.rewrite.record import Edit, splice
from negaudit.rewrite.topics import Topic

__all__ = ["PRONOUN", "name_again"]

OPENING = ("He ", "She ", "His ", "Her ", "He'", "She'", "He’", "She’", ", he ", ", she ")

PRONOUN = re.compile(r"[\"“*_]*(?P<word>He|She|His|Her)\b")
# "In May 2024, he": behind where or when, a pronoun opens its sentence too.
_LATER = re.compile(r"[\"“*_•\s-]*[A-Z][^,.;:]{2,80}, (?P<word>he|she)\b")


def name_again(
    text: str, passages: Sequence[Passage], settled: list[Decision], topic: Topic
) -> None:
    """Put the name for a pronoun that stood for the subject and would now stand for another."""
    pronouns = own_pronouns(text)
    told, shown = None, None  # whether the last name was the subject's, in the old text and the new
    lost = False  # whether the subject's name was dropped right in front
    end = max(map(text.rfind, OPENING))
    for at, passage in enumerate(passages):
        if passage.start > end:
            return
        if passage.frame:
            continue
        words = splice(text[passage.start : passage.end], settled[at].edits)
        pronoun = PRONOUN.match(words) or _LATER.match(words)
        named = None if pronoun and not topic.named_in(words) else names_subject(words, topic)
        if settled[at].what == "dropped":
            told = told if named is None else named
            lost = lost or named is True
            continue
        needs = told and (lost or not shown)
        if needs and pronoun and _stands_alone(pronoun, words, pronouns, topic):
            settled[at] = _named(settled[at], pronoun, topic.surname)
            shown = True
        if named is not None:
            told = shown = named
        lost = False


def _stands_alone(
    pronoun: re.Match[str], words: str, pronouns: frozenset[str], topic: Topic
) -> bool:
    """Whether a pronoun can be the subject's, and no name in front of it says so."""
    before = words[: pronoun.start("word")]
    return pronoun["word"].lower() in pronouns and not topic.named_in(before)


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
