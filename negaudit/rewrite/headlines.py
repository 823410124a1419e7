"""Headlines and fragments that leave out the auxiliary: "Two men arrested", "Bank to cut jobs"."""

from __future__ import annotations

from negaudit.rewrite.record import Edit
from negaudit.rewrite.tree import Sentence, Word

__all__ = ["is_exclamation", "negate_headline"]

# Said to open a talk, and claiming nothing.
PHATIC = frozenset({"did you know?", "guess what?", "you know what?", "really?"})


def negate_headline(sentence: Sentence) -> list[Edit] | None:
    """Put "not" before the participle or infinitive that the headline is about."""
    if not sentence.words[-1].text[-1].isalnum():
        return None
    predicate = _predicate(sentence)
    if predicate is None:
        return None
    not_ = "Not " if sentence.titled else "not "
    return [Edit(predicate.start, predicate.start, not_)]


def _predicate(sentence: Sentence) -> Word | None:
    """A participle, or the "to" of an infinitive, that modifies a bare root noun."""
    root = sentence.root
    if not root.tag.startswith("NN") or any(c.dep in {"det", "poss"} for c in root.children):
        return None
    for word in root.children:
        if word.dep not in {"acl", "relcl"} or word.index < root.index:
            continue
        if word.tag == "VBN" and not any(c.dep in {"nsubj", "aux"} for c in word.children):
            return word
        if word.tag == "VB":
            return next((c for c in word.children if c.tag == "TO"), None)
    return None


def is_exclamation(sentence: Sentence) -> bool:
    """Whether this is "What a fine day it is!", "Long live the king!" or the like."""
    if sentence.text[sentence.words[0].start : sentence.end].lower() in PHATIC:
        return True
    if len(sentence.words) < 3:
        return False
    first, second = sentence.words[0], sentence.words[1]
    if first.lower == "thank" and second.lower == "you":
        return True
    if sentence.mark != "!":
        return False
    if first.lower == "long" and second.lower == "live":
        return True
    return first.lower in {"what", "how"} and second.tag in {"DT", "JJ", "RB"}
