"""Tags that a verb without a subject takes from the verb that it is coordinated with."""

from __future__ import annotations

from negaudit.rewrite.inflection import (
    base,
    can_be_plural,
    can_be_verb,
    fits_participle,
    is_known,
)
from negaudit.rewrite.lexicon import COPULAS, HAVE, NEVER_PASSIVE, words
from negaudit.rewrite.tree import Word

__all__ = ["PLURAL_PRONOUNS", "subject_before", "tag_conjunct"]

SUBJECTS = frozenset({"nsubj", "nsubjpass"})
PLURAL_PRONOUNS = frozenset({"i", "you", "we", "they"})
# Passive behind "was born and".
WITH_BORN = words(
    "raised bred reared educated schooled trained brought baptized baptised christened buried "
    "named adopted abandoned given sold killed married"
)
# In the passive these keep an object: "was hired and given a desk".
WITH_TWO_OBJECTS = words(
    "give award grant offer deny teach tell ask pay send show hand lend sell promise allow allot "
    "assign leave owe feed deal issue fine charge name call make appoint elect crown declare dub "
    "title nickname rename label consider deem vote spare refuse guarantee win bring buy"
)
# With these between them, the second verb is active: "got fired and moved to Spain".
PARTING = words("but got gets")


def subject_before(word: Word) -> Word | None:
    """The subject in front of a verb."""
    for child in word.children:
        if child.dep in SUBJECTS and child.index < word.index:
            return child
    return None


def tag_conjunct(word: Word) -> None:
    """Correct, in place, the tag of a verb that has no subject of its own."""
    first = word.head
    if word.dep != "conj" or first is None:
        return
    if word.supported:
        _tag_auxiliary(word, first)
        return
    if _is_active(word, first) or _goes_on(word, first):
        word.tag = "VBD"
    elif _shares_auxiliary(word, first):
        word.tag = "VBN"
    if _shares_subject(word, first):
        word.tag = "VBP"
    if word.tag == "VBP" and first.tag == "VB" and _finite_tag(first) == "MD":
        word.tag = "VB"  # "can grow and live"


def _tag_auxiliary(word: Word, first: Word) -> None:
    """Make "get" of "slow it down and get used up" a present tense."""
    auxiliary = word.child("auxpass")
    if auxiliary is not None and auxiliary.lower == "get" and first.tag == "VBP":
        auxiliary.tag = "VBP"


def _is_active(word: Word, first: Word) -> bool:
    """Whether a verb without a passive follows a passive: "was born and lived"."""
    return (
        word.tag in {"VBN", "VBD"}
        and (word.lower in NEVER_PASSIVE or _follows_birth(word, first) or _governs(word))
        and first.tag == "VBN"
        and not any(c.lower in HAVE for c in first.children)
    )


def _governs(word: Word) -> bool:
    """Whether an object makes the verb active: "was painted and housed a casino"."""
    if word.child("dobj") is None or "VBD" not in can_be_verb(word.lower):
        return False
    return base(word.text, word.tag) not in WITH_TWO_OBJECTS


def _goes_on(word: Word, first: Word) -> bool:
    """Whether this is the "closed" of "opened in May but closed in June"."""
    active = word.tag == "VBN" and first.tag == "VBD" and not first.supported
    return active and first.lower not in COPULAS and "VBD" in can_be_verb(word.lower)


def _follows_birth(word: Word, first: Word) -> bool:
    """Whether this is the "moved" of "was born in Rome and moved to Egypt"."""
    if first.lower != "born" or "VBD" not in can_be_verb(word.lower):
        return False
    later = any(c.lower in {"later", "then", "soon", "eventually"} for c in word.children)
    return later or word.lower not in WITH_BORN


def _shares_auxiliary(word: Word, first: Word) -> bool:
    """Whether this is the "recorded" of "has written and recorded"."""
    return (
        word.tag == "VBD"
        and first.tag == "VBN"
        and first.supported
        and (fits_participle(word.text) or not is_known(word.text))
        and not any(c.lower in PARTING for c in first.children)
    )


def _shares_subject(word: Word, first: Word) -> bool:
    """Whether this is a present tense: "Sharks are mammals and give birth"."""
    while first.dep == "conj" and first.head is not None and subject_before(first) is None:
        first = first.head
    subject = subject_before(first)
    if word.tag not in {"VB", "VBD"} or subject is None:
        return False
    if "VBP" not in can_be_verb(word.text) and is_known(word.text):
        return False
    return _finite_tag(first) == "VBP" or _shares_person(word, first, subject)


def _shares_person(word: Word, first: Word, subject: Word) -> bool:
    """Whether this is the "speak" of "I grew up in Bern and speak French"."""
    if word.tag != "VB" or first.tag != "VBD" or "VBD" in can_be_verb(word.text):
        return False
    return subject.lower in PLURAL_PRONOUNS or can_be_plural(subject.text)


def _finite_tag(verb: Word) -> str:
    for child in verb.children:
        if child.dep in {"aux", "auxpass"}:
            return child.tag
    return verb.tag
