"""Verbs with a hyphen, which the tokenizer takes apart: "re-formed", "fact-checks"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from negaudit.rewrite.clauses import TENSES
from negaudit.rewrite.inflection import can_be_verb
from negaudit.rewrite.tree import Sentence, Word

__all__ = ["join_verbs", "prefixed_verbs"]

# Prefixes that are no words: what they are put in front of tells what the whole is.
_PREFIX = re.compile(r"(?<!\S)(?:re|co|pre|de|un|mis|over|out|under|counter|self)\Z", re.I)
_STEM = re.compile(r"-([a-z]+)\b", re.I)
LONGEST_PREFIX = 7


def prefixed_verbs(text: str) -> Iterator[tuple[int, int, str]]:
    """Place and stem of each verb with a prefix: "co-owns", "owns"."""
    for match in _STEM.finditer(text):
        hyphen, stem = match.start(), match[1].lower()
        prefix = _PREFIX.search(text, max(0, hyphen - LONGEST_PREFIX), hyphen)
        if prefix and can_be_verb(stem):
            yield prefix.start(), match.end(), stem


def join_verbs(sentence: Sentence) -> None:
    """Make each finite verb one word with what a hyphen joins to its front, in place."""
    if "-" not in sentence.text:
        return
    for verb in list(sentence.words):
        hyphen = verb.previous
        front = None if hyphen is None or verb.tag not in TENSES else hyphen.previous
        if hyphen is None or front is None or hyphen.text != "-":
            continue
        if front.end == hyphen.start and hyphen.end == verb.start and front.text.islower():
            _join(sentence, front, hyphen, verb)


def _join(sentence: Sentence, front: Word, hyphen: Word, verb: Word) -> None:
    if sentence.root in {front, hyphen}:
        return
    for part in (front, hyphen):
        for child in [c for c in part.children if c is not verb]:
            child.hang(verb)
        above = part.head
        if above is not None:
            if verb.head is part:
                verb.hang(above, part.dep)
            above.children.remove(part)
        sentence.words.remove(part)
    verb.text, verb.lower = f"{front.text}-{verb.text}", f"{front.lower}-{verb.lower}"
    verb.start = front.start
    verb.previous = front.previous
    if verb.previous is not None:
        verb.previous.following = verb
    for place, word in enumerate(sentence.words):
        word.index = place
        word.forget()
