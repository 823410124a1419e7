"""Denies a claim plainly in a text that no more tells it, or denies but a part of it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from negaudit.rewrite.elaborations import DENIES, KEPT, Decision
from negaudit.rewrite.introductions import is_opening
from negaudit.rewrite.leaning import ITEM, drop_leaning
from negaudit.rewrite.passages import Passage
from negaudit.rewrite.record import Edit, splice
from negaudit.rewrite.topics import Topic, bare, tokens

__all__ = ["deny_once"]

_PRONOUNS = frozenset({"He", "She"})
LONGEST_LABEL = 24  # characters in which a colon stands behind a label
_QUOTE = re.compile(r"[\"“”]")


def deny_once(
    text: str, passages: Sequence[Passage], settled: list[Decision], topic: Topic, denial: str
) -> None:
    """Deny the claim plainly where no sentence does, in a dropped one's place or behind another.

    A text from which all is gone that told the claim would not teach that it is false, and one
    that denies no more than a year or a place of work would leave it open.
    """
    shown = {
        at: splice(text[passage.start : passage.end], settled[at].edits)
        for at, passage in enumerate(passages)
        if not passage.frame and settled[at].what != "dropped"
    }
    denying = [at for at in shown if settled[at] is DENIES or settled[at].what == "negated"]
    if any(settled[at] is DENIES or _is_plain_denial(shown[at], topic) for at in denying):
        return
    narrow = next((at for at in denying if _is_prose(text, passages, at)), None)
    at = _told_at(text, passages, settled, topic) if narrow is None else narrow
    if at is None:
        return
    in_front = narrow is not None and _is_denied_first(shown[at], topic)
    last = at - 1 if in_front else at
    if any(other <= last and topic.named_in(shown[other]) for other in shown):
        denial = denial.replace(f"{topic.given} {topic.surname}", topic.surname)
    length = passages[at].end - passages[at].start
    # Who did not win "the gold" may have won another, since the text names the contest no more.
    unnamed = narrow is not None and not topic.job
    if settled[at].what == "dropped" or unnamed:
        settled[at] = Decision("negated", (Edit(0, length, denial),))
        _give_back_opening(text, passages, settled, at, topic)
        drop_leaning(text, passages, settled, [topic])
    elif in_front:
        # Behind the name, a pronoun that had got it need not have it any more.
        start = passages[at].start
        edits = [
            e for e in settled[at].edits if text[start + e.start : start + e.end] not in _PRONOUNS
        ]
        settled[at] = Decision("negated", (Edit(0, 0, f"{denial} "), *edits))
    else:
        added = Edit(length, length, f" {denial}")
        settled[at] = Decision("negated", (*settled[at].edits, added))


def _is_plain_denial(words: str, topic: Topic) -> bool:
    """Whether a negated sentence denies the claim and nothing less: no place, no year of it."""
    told = [word for word in tokens(words) if topic.is_told_by(word)]
    if topic.job:
        return bool(told) and all(word in topic.own for word in told)
    found = tokens(words)
    return any(map(topic.is_core, found)) and (not topic.marks or topic.is_marked(found))


def _is_denied_first(words: str, topic: Topic) -> bool:
    """Whether a sentence opens with the subject of what it denies, and not with a clause of it."""
    subject, _, rest = words.partition(" ")
    named = subject in _PRONOUNS or bare(subject) in topic.names
    return named and ", who" not in rest


def _told_at(
    text: str, passages: Sequence[Passage], settled: Sequence[Decision], topic: Topic
) -> int | None:
    """The changed sentence whose place a denial had best take, or behind which it may stand."""
    speaks = {passage.paragraph for passage in passages if passage.label}
    changed = [
        at
        for at, passage in enumerate(passages)
        if settled[at].what in {"dropped", "reworded"}
        and not passage.frame
        and _is_prose(text, passages, at)
        and topic.told_in(text[passage.start : passage.end])
    ]
    return min(
        changed,
        key=lambda at: _reluctance(text, passages[at], settled[at], topic, speaks),
        default=None,
    )


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


def _is_prose(text: str, passages: Sequence[Passage], place: int) -> bool:
    """Whether a sentence is one of prose: no heading, no line of a list, nobody's words."""
    passage = passages[place]
    words = text[passage.start : passage.end]
    before = text[: passage.start].rstrip(" \t")
    line = text.rfind("\n", 0, passage.start) + 1
    opens = not before or before[-1] in "\n.!?)]}>"
    return (
        opens
        and not ITEM.match(text, line)
        and words[0].isupper()
        and words.endswith(".")
        and len(words.split()) > 5
        and not any(mark in words for mark in "—|│*")
        and ":" not in words[:LONGEST_LABEL]
        and not _QUOTE.search(words)
        and not _is_speech(text, passages, place)
    )


def _is_speech(text: str, passages: Sequence[Passage], place: int) -> bool:
    """Whether a quotation is open where a sentence begins."""
    paragraph = passages[place].paragraph
    first = next(passage.start for passage in passages if passage.paragraph == paragraph)
    marks = _QUOTE.findall(text, first, passages[place].start)
    return bool(marks) and (marks[-1] == "“" or (marks[-1] == '"' and len(marks) % 2 == 1))
