"""Statements that an adverb in front turned round: "Only in May did it open"."""

from __future__ import annotations

from negaudit.rewrite.clauses import SUBJECTS
from negaudit.rewrite.lexicon import FOCUS, NEGATIVE_ADVERBS, OPERATORS, words
from negaudit.rewrite.tree import Sentence, Word

__all__ = ["fronted"]

FRONTED = NEGATIVE_ADVERBS | {"never", "only"}
QUANTIFIERS = FOCUS | words(
    "many much more most every all each a an one half enough few less both nearly almost"
)
OPENS_SUBJECT = frozenset({"DT", "PRP", "PRP$", "NNP", "NNS"})


def fronted(sentence: Sentence) -> Word | None:
    """The adverb that opens the sentence, with an operator in front of the subject.

    Or the "not" of "Not many came". The parser reads few such sentences well, so that the order
    of the words decides.
    """
    opener = sentence.opener()
    if opener is not None and opener.lower == "not":
        return opener if _denies_subject(sentence, opener) else None
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


def _denies_subject(sentence: Sentence, opener: Word) -> bool:
    """Whether "not" belongs to the subject: "Not many came", and no "but" goes on."""
    quantifier = opener.following
    if quantifier is None or quantifier.lower not in QUANTIFIERS:
        return False
    noun = quantifier.following
    if noun is None or noun.tag == "MD" or noun.lower in OPERATORS:
        return False
    return all(word.lower not in {"but", ","} for word in sentence.words)
