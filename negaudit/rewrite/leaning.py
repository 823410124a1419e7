"""Settles what leans on sentences that are gone: it goes with them, or gets its name back."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

from negaudit.rewrite.anaphora import ANSWERED, DROPPED, JOINED, answering, leaning
from negaudit.rewrite.blocks import drop_blocks
from negaudit.rewrite.definites import drop_definites, tells
from negaudit.rewrite.elaborations import DENIES, Decision
from negaudit.rewrite.introductions import (
    drop_headings,
    drop_markers,
    drop_turns,
    is_opening,
)
from negaudit.rewrite.mentions import names_subject
from negaudit.rewrite.naming import PRONOUN, name_again
from negaudit.rewrite.papers import drop_asked
from negaudit.rewrite.passage import Passage, sentences_of
from negaudit.rewrite.record import splice
from negaudit.rewrite.topics import Topic

__all__ = ["ITEM", "drop_leaning", "settle"]

_NAMED = re.compile(r"[\"“'‘(*_]*(?:[A-Z][\w'’.-]*[a-z.],? ){2}|[\"“'‘(*_]*[A-Z]{2,}\b")
_SUPERLATIVE = re.compile(
    r"\b(?:one of )?the (?:most [a-z]+|[a-z]{3,}est)\b|\bso [a-z]+ an?\b", re.I
)
# The lines of a list.
ITEM = re.compile(r"[•*–-]\s|\|")
_NOUN = re.compile(r"[^\W\d_]+")
OPENING = frozenset(
    "that and or but which who because if when while the a an of to for from with by".split()
)
LISTED = Decision("dropped", reason="stands in a list whose head is dropped, or tells the claim")


def settle(
    text: str, passages: Sequence[Passage], decisions: Sequence[Decision], topics: Sequence[Topic]
) -> list[Decision]:
    """Drop what only leans on dropped sentences, and name whom a pronoun lost."""
    settled = list(decisions)
    _drop_openings(text, passages, settled)
    _drop_denied_items(text, passages, settled, topics)
    drop_leaning(text, passages, settled, topics)
    for topic in topics:
        if topic.person:
            _drop_others(text, passages, settled, topic)
    _drop_remnants(text, passages, settled, topics)
    drop_asked(text, passages, settled)
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
    words = sentences_of(text, passages)
    plain = [*words]
    _lean(passages, words, settled)
    lost, answers = False, False  # whether the turn lost a sentence, and the one before it did
    for before, at in itertools.pairwise(plain):
        if passages[at].label:
            lost, answers = False, lost
        elif (
            answers
            and settled[at].what == "kept"
            and (passages[before].label or settled[before] is ANSWERED)
        ):
            settled[at] = answering(words[at], settled[at])
        lost = lost or settled[at].what == "dropped"
    _drop_announced(words, settled, topics)
    drop_definites(text, passages, settled, topics)
    _lean(passages, words, settled)
    for before, at, after in zip(plain, plain[1:], plain[2:], strict=False):
        around = {settled[before].what, settled[after].what}
        same = passages[before].paragraph == passages[after].paragraph
        stays = settled[at].what == "kept" or settled[at].reason == JOINED
        if stays and same and around == {"dropped"}:
            shown = splice(words[at], settled[at].edits)
            settled[at] = DROPPED if PRONOUN.match(shown) else settled[at]


def _lean(passages: Sequence[Passage], words: dict[int, str], settled: list[Decision]) -> None:
    for before, at in itertools.pairwise(words):
        same = passages[before].paragraph == passages[at].paragraph
        if settled[at].what == "dropped":
            continue
        if same and _is_item(words[at], words[before], settled[before]):
            settled[at] = LISTED
        elif same or (settled[before].what == "dropped" and settled[at].what == "kept"):
            settled[at] = leaning(words[at], settled[before], settled[at])


def _drop_announced(
    words: dict[int, str], settled: list[Decision], topics: Sequence[Topic]
) -> None:
    """Drop "The Games saw one of the greatest feats" in front of the feat that is denied."""
    for at, after in reversed([*itertools.pairwise(words)]):
        told = settled[after].what in {"negated", "dropped"} and settled[at].what == "kept"
        if told and _SUPERLATIVE.search(words[at]) and tells(words[at], topics):
            settled[at] = DROPPED


def _drop_denied_items(
    text: str, passages: Sequence[Passage], settled: list[Decision], topics: Sequence[Topic]
) -> None:
    """Drop "Holm did not win" from a list under "Winners:", where nobody looks for it."""
    head = ""
    for at, passage in enumerate(passages):
        if passage.frame:
            continue
        if not ITEM.match(text, text.rfind("\n", 0, passage.start) + 1):
            head = text[passage.start : passage.end]
        elif settled[at].what == "negated" and tells(head, topics):
            settled[at] = LISTED


def _is_item(words: str, before: str, above: Decision) -> bool:
    """Whether a line stands in a list of which the line that introduces it is gone."""
    head = above.what == "dropped" and before.endswith(":")
    return (head or above is LISTED) and ITEM.match(words) is not None


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
            spared = settled[at] is DENIES or is_opening(text, passages[at])
            if settled[at].what == "kept" and not (spared or _names(words, topics)):
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
