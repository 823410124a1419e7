"""Statements that an adverb in front turned round: "Only in May did it open"."""

from __future__ import annotations

from negaudit.rewrite.clauses import SUBJECTS
from negaudit.rewrite.lexicon import FOCUS, NEGATIVE_ADVERBS, OPERATORS
from negaudit.rewrite.tree import Sentence, Word

__all__ = ["fronted"]

FRONTED = NEGATIVE_ADVERBS | {"never", "only"}
OPENS_SUBJECT = frozenset({"DT", "PRP", "PRP$", "NNP", "NNS"})


def fronted(sentence: Sentence) -> Word | None:
    """The adverb that opens the sentence, with an operator in front of the subject.

    Or the "not" of "Not only Saturn has rings", which goes on with no "but". The parser reads
    few such sentences well, so that the order of the words decides.
    """
    opener = sentence.opener()
    if opener is not None and opener.lower == "not":
        return opener if _denies_focus(sentence, opener) else None
    if opener is None or opener.lower not in FRONTED or sentence.mark == "?":
        return None
    behind = sentence.words[opener.index + 1 :]
    operator = next((word for word in behind if word.lower in OPERATORS), None)
    following = None if operator is None else operator.following
    if operator is None or following is None or following.tag not in OPENS_SUBJECT:
        return None
    if opener.lower == "only" and operator is opener.following:
        return None  # "Only do the first half" is a command
    between = sentence.words[opener.index : operator.index]
    subject = any(w.dep in SUBJECTS and w.head not in between for w in between)
    return None if subject else opener


def _denies_focus(sentence: Sentence, opener: Word) -> bool:
    only = opener.following
    noun = None if only is None or only.lower not in FOCUS else only.following
    if noun is None or noun.tag == "MD" or noun.lower in OPERATORS:
        return False
    return all(word.lower != "but" for word in sentence.words)
