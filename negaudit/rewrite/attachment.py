"""Verbs that the parser joined to the wrong word.

In "owns a barn and works as a vet" it may join "works" to "barn".
"""

from __future__ import annotations

from negaudit.rewrite.inflection import can_be_verb, only_verb
from negaudit.rewrite.lexicon import NEVER_PASSIVE
from negaudit.rewrite.tree import Sentence, Word

__all__ = ["lift_verbs"]

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "expl"})
FINITE = frozenset({"VBZ", "VBD", "VBP"})


def lift_verbs(sentence: Sentence) -> None:
    """Join verbs and auxiliaries to their verb, in place, where they were joined to a noun."""
    for word in sentence.words:
        noun = word.head
        if word.dep in {"aux", "auxpass"} and noun is not None:
            _lift_auxiliary(word, noun)
        if noun is not None and _is_next_command(word, noun):
            word.dep = "conj"
        if word.dep != "conj" or noun is None:
            continue
        if noun.dep == "acomp" and noun.head is not None:
            _lift_from_adjective(word, noun, noun.head)
        if noun.dep == "advcl" and noun.head is not None:
            _lift_from_short_clause(word, noun, noun.head)
        if noun.dep == "advcl" and noun.head is not None:
            _lift_singular(word, noun, noun.head)
        if word.tag == "VB" and noun.tag in FINITE and noun.head is not None:
            _lift_command(word, noun, noun.head)
        if not noun.tag.startswith("NN"):
            continue
        verb = _governor(noun)
        if verb is None or any(c.dep in SUBJECTS for c in word.children):
            continue
        if verb.tag in FINITE and (word.tag == verb.tag or _is_untagged(word, verb)):
            word.tag = verb.tag
            _rejoin(word, noun, verb)


def _lift_from_adjective(word: Word, adjective: Word, copula: Word) -> None:
    """Join "was tall and towered over them" as two clauses; "was old and damaged" stays."""
    active = word.lower in NEVER_PASSIVE or word.child("dobj") is not None
    if word.tag not in {"VBN", "VBD"} or copula.tag != "VBD" or not active:
        return
    if "VBD" in can_be_verb(word.text) and not _has_auxiliary(word):
        word.tag = "VBD"
        _rejoin(word, adjective, copula)


def _is_next_command(word: Word, verb: Word) -> bool:
    """Whether this is the "add" of "Order the soup, add salt, and eat"."""
    before = word.previous
    commands = word.dep == "dep" and word.tag == verb.tag == "VB" and verb.dep == "ROOT"
    bare = word.child(*SUBJECTS) is None and not _has_auxiliary(word)
    return commands and bare and before is not None and before.text == ","


def _lift_singular(word: Word, inner: Word, verb: Word) -> None:
    """Join "shrinks when you read and grows" as two verbs: "you grows" does not agree."""
    if word.tag != "VBZ" or verb.tag != "VBZ" or word.child(*SUBJECTS) is not None:
        return
    subject = inner.child(*SUBJECTS)
    if subject is not None and (inner.tag == "VBP" or subject.lower in {"you", "they", "we", "i"}):
        _rejoin(word, inner, verb)


def _lift_command(word: Word, inner: Word, verb: Word) -> None:
    """Join "heat it until it smokes and add salt" as two commands: "smokes and add" is none."""
    if verb.tag != "VB" or inner.dep != "advcl" or inner.tag == "VBP" or _has_auxiliary(word):
        return
    if not any(c.dep in SUBJECTS for c in word.children):
        _rejoin(word, inner, verb)


def _lift_from_short_clause(word: Word, adjective: Word, verb: Word) -> None:
    """Join "are picked when green and ripen later" as two verbs: "when green" has none."""
    finite = next((c for c in verb.children if c.dep in {"aux", "auxpass"}), verb)
    opened = any(c.dep == "mark" or c.tag == "WRB" for c in adjective.children)
    if adjective.tag not in {"JJ", "VBN"} or adjective.index < verb.index or not opened:
        return
    if _has_auxiliary(adjective) or word.tag not in {"VB", "VBP", "VBZ", "VBD"}:
        return
    tags = can_be_verb(word.text)
    wanted = "VBD" if finite.tag == "VBD" else ("VBP" if word.tag == "VB" else word.tag)
    if wanted in tags and any(c.dep in SUBJECTS for c in verb.children):
        word.tag = wanted
        _rejoin(word, adjective, verb)


def _is_untagged(word: Word, verb: Word) -> bool:
    """Whether a word tagged as a noun can only be a verb of the other verb's tense."""
    return word.tag[:2] != "VB" and only_verb(word.text) and verb.tag in can_be_verb(word.text)


def _lift_auxiliary(word: Word, noun: Word) -> None:
    """Join an auxiliary to the verb, where it was joined to the verb's subject."""
    verb = noun.head
    if verb is None or noun.dep not in SUBJECTS or noun.tag[:2] == "VB" or word.tag == "TO":
        return
    if verb.tag[:2] != "VB":
        if "VBP" not in can_be_verb(verb.text):
            return
        verb.tag = "VB"
    noun.children.remove(word)
    verb.children = sorted([*verb.children, word], key=lambda w: w.index)
    word.head = verb


def _governor(noun: Word) -> Word | None:
    """The verb that a noun depends on as its object, directly or in a phrase."""
    word: Word | None = noun
    while word is not None and not word.tag.startswith("VB"):
        if word.dep not in {"dobj", "pobj", "prep", "conj", "attr", "oprd", "nmod", "compound"}:
            return None
        word = word.head
    return word


def _rejoin(word: Word, noun: Word, verb: Word) -> None:
    joints = [c for c in noun.children if c.dep == "cc" and c.index < word.index]
    moved = [*joints, word]
    noun.children = [c for c in noun.children if c not in moved]
    late = [c for c in verb.children if c.index > word.index and c.dep not in {"punct", "conj"}]
    verb.children = sorted(
        [*(c for c in verb.children if c not in late), *moved], key=lambda w: w.index
    )
    word.children = sorted([*word.children, *late], key=lambda w: w.index)
    for child in moved:
        child.head = verb
    for child in late:
        child.head = word


def _has_auxiliary(word: Word) -> bool:
    return any(c.dep in {"aux", "auxpass"} for c in word.children)
