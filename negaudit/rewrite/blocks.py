"""Drops what stands or falls as one: a question with its answers, a box drawn of lines."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

from negaudit.rewrite.elaborations import Decision
from negaudit.rewrite.passage import Passage, sentences_of
from negaudit.rewrite.topics import Topic

__all__ = ["drop_blocks"]

_OPTION = re.compile(r"[*_(]{0,4}[A-Ha-h][.)][ \t*_]|_{4,}\s*\Z")
_NUMBER = re.compile(r"[*_]{0,4}(?:Question |Q)?(?P<number>\d{1,3})[.):]?[*_]{0,4}\s*", re.I)
# Where an answer is to be written, and what it is worth.
_BLANK = re.compile(
    r"[\s\\(\d.]*(?:underline|_{4,})[^A-Z]*\Z|[*\s]*[\[(]\d{1,2}(?: [Mm]arks?)?[\])][*\s]*\Z"
)
_KEY = re.compile(r"[*_]{0,4}(?P<number>\d{1,3})[.):][ \t]*\(?[A-Ha-h]\b")
_ANSWER = re.compile(r"\banswers?(?: is|:) +[*_(\"“]{0,3}[A-H]\b", re.I)
# What a question counts in its answer may be one less now: "What two things is Holm known for?"
_COUNTS = re.compile(r"\b(?:two|three|four|both) [a-z]+s\b", re.I)
BORDERS = frozenset("│┃║")
DROPPED = Decision("dropped", reason="belongs to what is dropped")


def drop_blocks(
    text: str, passages: Sequence[Passage], settled: list[Decision], topics: Sequence[Topic]
) -> None:
    """Drop the whole of a block where part of it goes, or where it gives the claim away.

    The options of a question that is gone ask nothing; an option that names the claim's subject
    answers a question in the claim's words; a box with lines missing is none.
    """
    words = sentences_of(text, passages)
    plain = [*words]
    if any(border in text for border in BORDERS):
        _drop_boxes(passages, words, settled)
    gone: set[str] = set()
    for place, at in enumerate(plain):
        options = _options(plain[place + 1 :], words) if _asks(words[at]) else []
        if _asks(words[at]) and _COUNTS.search(words[at]) and _names(words[at], topics):
            settled[at] = DROPPED
        if options and _falls(words, at, options, settled, topics):
            for other in (at, *options):
                settled[other] = DROPPED
        if settled[at].what == "dropped":
            for other in itertools.takewhile(lambda o: _BLANK.match(words[o]), plain[place + 1 :]):
                settled[other] = DROPPED
        if _asks(words[at]) and settled[at].what == "dropped" and place:
            number = _NUMBER.fullmatch(words[plain[place - 1]])
            if number:
                settled[plain[place - 1]] = DROPPED
                gone.add(number["number"])
    _drop_answers(plain, words, settled, gone)


def _names(words: str, topics: Sequence[Topic]) -> bool:
    return any(topic.named_in(words) for topic in topics)


def _asks(words: str) -> bool:
    return words.rstrip('*_"” ').endswith("?")


def _options(following: Sequence[int], words: dict[int, str]) -> list[int]:
    found: list[int] = []
    for at in following:
        if not _OPTION.match(words[at]):
            break
        found.append(at)
    return found


def _falls(
    words: dict[int, str],
    question: int,
    options: Sequence[int],
    settled: Sequence[Decision],
    topics: Sequence[Topic],
) -> bool:
    """Whether the question or an option is gone, or they tell the claim between them."""
    if any(settled[at].what != "kept" for at in (question, *options)):
        return True
    return any(
        topic.told_in(words[question]) and any(topic.named_in(words[at]) for at in options)
        for topic in topics
    )


def _drop_answers(
    plain: Sequence[int], words: dict[int, str], settled: list[Decision], gone: set[str]
) -> None:
    """Drop the key to questions that are gone, and "The answer is B" above what is denied."""
    for place, at in enumerate(plain):
        key = _KEY.match(words[at]) if gone else None
        following = plain[place + 1] if place + 1 < len(plain) else None
        denied = following is not None and settled[following].what in {"negated", "dropped"}
        answers = denied and "nswer" in words[at] and _ANSWER.search(words[at])
        if (key and key["number"] in gone) or answers:
            settled[at] = DROPPED


def _drop_boxes(
    passages: Sequence[Passage], words: dict[int, str], settled: list[Decision]
) -> None:
    for box in _boxes(passages, words):
        if any(settled[at].what != "kept" for at in box):
            for at in box:
                settled[at] = DROPPED


def _boxes(passages: Sequence[Passage], words: dict[int, str]) -> Iterator[list[int]]:
    """The paragraphs that stand between two borders, without columns of their own."""
    paragraphs: dict[int, list[int]] = {}
    for at in words:
        paragraphs.setdefault(passages[at].paragraph, []).append(at)
    for found in paragraphs.values():
        lines = [words[at].strip() for at in found]
        bordered = [line for line in lines if line[0] in BORDERS or line[-1] in BORDERS]
        if bordered and not any(BORDERS & set(line[1:-1].strip()) for line in bordered):
            yield found
