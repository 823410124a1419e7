"""Takes the titles and degrees that a claim would give from its subject's name."""

from __future__ import annotations

from negaudit.rewrite.lexicon import words
from negaudit.rewrite.mentions import is_name_of
from negaudit.rewrite.record import Edit
from negaudit.rewrite.topics import Topic
from negaudit.rewrite.tree import Sentence, Word

__all__ = ["title_edits"]

TITLES = words("dr dr. doctor prof prof. professor")
DEGREES = words("dds dmd md m.d. d.d.s. d.m.d. dvm rn ph.d. phd esq esq. facs jd")


def title_edits(tree: Sentence, topic: Topic) -> list[Edit]:
    """Takes "Dr." and ", DDS" from the name of somebody who is no doctor."""
    if not topic.doctor:
        return []
    edits = []
    for word in tree.words:
        following = word.following
        if word.lower in TITLES and following is not None and _names(following, topic):
            edits.append(Edit(word.start, following.start, ""))
        elif word.lower in DEGREES and _follows_name(word, topic):
            before = word.previous
            assert before is not None
            end = word.end
            if following is not None and following.text == "," and before.text == ",":
                end = following.end
            start = before.start if before.text == "," else before.end
            edits.append(Edit(start, end, ""))
    return edits


def _names(word: Word | None, topic: Topic) -> bool:
    while word is not None and word.tag == "NNP" and word.text[0].isupper():
        if is_name_of(word, topic):
            return True
        word = word.following
    return False


def _follows_name(word: Word, topic: Topic) -> bool:
    before = word.previous
    if before is not None and before.text == ",":
        before = before.previous
    return before is not None and is_name_of(before, topic)
