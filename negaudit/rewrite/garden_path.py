"""Verbs that the parser hung up in the wrong place.

In "Data obtained in May had shown ..." it may take "obtained" for the main verb; the finite
verb that follows without a subject of its own gives the slip away. In "owns a barn and works
as a vet" it may join "works" to "barn".
"""

from __future__ import annotations

from negaudit.rewrite.inflection import can_be_verb, fits_participle, only_verb
from negaudit.rewrite.lexicon import NEVER_PASSIVE
from negaudit.rewrite.tree import Sentence, Word

__all__ = ["leave_garden_path", "lift_verbs"]

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "expl"})
FINITE = frozenset({"VBZ", "VBD", "VBP"})
LOOSE = frozenset({"dep", "ccomp", "conj", "xcomp", "parataxis"})


def leave_garden_path(sentence: Sentence) -> None:
    """Make the later verb the root, in place, where the first can only be a participle."""
    _unfold_relative(sentence)
    _raise_gerund(sentence)
    for word in sentence.words:
        _open_report(word)
    first = sentence.root
    subject = next((c for c in first.children if c.dep in SUBJECTS and c.index < first.index), None)
    if subject is None or first.tag not in {"VBD", "VBN"} or _has_auxiliary(first):
        return
    if not fits_participle(first.text):
        return
    later = next((c for c in first.children if _is_bereft(c, first)), None)
    if later is not None:
        _reroot(sentence, subject, later)


def _unfold_relative(sentence: Sentence) -> None:
    """Make "The violinist Paganini had six fingers" a clause, where it was one noun phrase."""
    noun = sentence.root
    verb = next((c for c in noun.children if c.dep == "relcl"), None)
    if not noun.tag.startswith("NN") or verb is None or verb.tag not in FINITE:
        return
    name = next((c for c in verb.children if c.dep == "nsubj"), None)
    if name is None or name.tag != "NNP" or name.first() != noun.index + 1:
        return
    moved = [c for c in noun.children if c.index > verb.index]
    noun.children = [c for c in noun.children if c.index < verb.index]
    verb.children = sorted([*verb.children, *moved], key=lambda w: w.index)
    for child in moved:
        child.head = verb
    name.children = sorted([*name.children, noun], key=lambda w: w.index)
    noun.head, noun.dep = name, "compound"
    verb.head, verb.dep = None, "ROOT"
    sentence.root = verb


def _raise_gerund(sentence: Sentence) -> None:
    """Make "Stretching before bed helps" a clause about stretching, where bed helped."""
    gerund = sentence.root
    preposition = next((c for c in gerund.children if c.dep == "prep" and not c.children), None)
    verb = next((c for c in gerund.children if c.tag == "VBZ" and c.dep in LOOSE | {"advcl"}), None)
    if gerund.tag != "VBG" or gerund.index or preposition is None or verb is None:
        return
    noun = verb.child("nsubj")
    if noun is None or noun.first() != preposition.index + 1 or verb.child("mark") is not None:
        return
    verb.children.remove(noun)
    noun.head, noun.dep = preposition, "pobj"
    preposition.children = [noun]
    moved = [c for c in gerund.children if c.index > verb.index]
    gerund.children = [c for c in gerund.children if c.index < verb.index]
    verb.children = sorted([gerund, *verb.children, *moved], key=lambda w: w.index)
    for child in (gerund, *moved):
        child.head = verb
    gerund.dep = "csubj"
    verb.head, verb.dep = None, "ROOT"
    sentence.root = verb


def _open_report(word: Word) -> None:
    """Make "shown that coffee stunts growth" a clause, where "that coffee stunts" was a noun."""
    verb = word.head
    if word.tag not in FINITE or word.dep not in {"dative", "dobj"} or verb is None:
        return
    that = word.child("det")
    subject = next((c for c in reversed(word.children) if c.dep == "compound"), None)
    if that is None or that.lower != "that" or subject is None or that.index > subject.index:
        return
    word.dep, that.dep, subject.dep = "ccomp", "mark", "nsubj"
    that.tag = "IN"


def _has_auxiliary(word: Word) -> bool:
    return any(c.dep in {"aux", "auxpass"} for c in word.children)


def _is_bereft(word: Word, first: Word) -> bool:
    """Whether a finite verb behind the first one has neither subject nor conjunction."""
    if word.dep not in LOOSE or word.index < first.index:
        return False
    left = [c for c in word.children if c.index < word.index]
    if any(c.dep in SUBJECTS | {"mark", "cc", "punct"} or c.tag == "TO" for c in left):
        return False
    between = [c for c in first.children if first.index < c.index < word.index]
    if any(c.dep in {"cc", "punct"} for c in between):
        return False
    auxiliary = next((c for c in left if c.dep in {"aux", "auxpass"}), word)
    return auxiliary.tag in {"VBZ", "VBD", "MD", "VBP"} and auxiliary.lower != "to"


def _reroot(sentence: Sentence, subject: Word, later: Word) -> None:
    first = sentence.root
    moved = [c for c in first.children if c.index <= subject.index or c.index > later.index]
    first.children = [c for c in first.children if c not in moved and c is not later]
    for word in moved:
        word.head = later
    later.children = sorted([*later.children, *moved], key=lambda w: w.index)
    first.dep, first.tag, first.head = "acl", "VBN", subject
    subject.children = sorted([*subject.children, first], key=lambda w: w.index)
    later.dep, later.head = "ROOT", None
    sentence.root = later


def lift_verbs(sentence: Sentence) -> None:
    """Join verbs and auxiliaries to their verb, in place, where they were joined to a noun."""
    for word in sentence.words:
        noun = word.head
        if word.dep in {"aux", "auxpass"} and noun is not None:
            _lift_auxiliary(word, noun)
        if word.dep != "conj" or noun is None:
            continue
        if noun.dep == "acomp" and noun.head is not None:
            _lift_from_adjective(word, noun, noun.head)
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
