"""Verbs with a hyphen, which the tokenizer takes apart: "re-formed", "fact-checks"."""

from __future__ import annotations

from negaudit.rewrite.clauses import TENSES
from negaudit.rewrite.tree import Sentence, Word

__all__ = ["join_verbs"]


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
        word.index, word.memo = place, None
