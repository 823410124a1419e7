"""Verbs that the parser joined to the wrong word.

In "owns a barn and works as a vet" it may join "works" to "barn".
"""

from __future__ import annotations

from negaudit.rewrite.clause_tags import (
    behind_clause,
    behind_content,
    behind_gerund,
    behind_infinitive,
)
from negaudit.rewrite.clauses import SUBJECTS, TENSES
from negaudit.rewrite.homographs import is_act
from negaudit.rewrite.inflection import base, can_be_verb, only_verb
from negaudit.rewrite.lexicon import NEVER_PASSIVE, words
from negaudit.rewrite.tree import Sentence, Word

__all__ = ["lift_verbs"]

GOVERNED = frozenset({"DT", "PRP$", "PRP", "CD"})
# Plurals that stand in front of a noun as readily as singulars.
ATTRIBUTIVE = words("sports arms sales savings customs goods rights games")
# Behind a noun without an article: "food for birds", "prey to wolves".
PURPOSES = words("of for to")
WITH_OF = words("taste smell reek speak think dream")
TEMPORAL = words("before after during until since at by")
# Adverbs that go with nouns.
ADDED = words("too also alone only alike together daily both as so even")
PLACES = words("in at on under near inside down into through across around along behind over up")
BEHIND = {"advcl": behind_clause, "ccomp": behind_content}
# "weighs ten pounds and beats once a minute"
TIMES = words("once twice every")
# What leads from a noun up to the verb that it is an object of.
INSIDE_OBJECT = words("dobj pobj prep conj attr oprd nmod amod compound")


def lift_verbs(sentence: Sentence) -> None:
    """Join verbs and auxiliaries to their verb, in place, where they were joined to a noun."""
    for word in sentence.words:
        if word.tag in {"NNS", "VBZ"} or (word.tag == "NN" and is_act(word)):
            _free_verb(word)
        joined = word.head
        if word.dep in {"aux", "auxpass"} and joined is not None:
            _lift_auxiliary(word, joined)
        if word.dep in {"dep", "advcl"} and joined is not None and _is_next(word, joined):
            word.dep, word.tag = "conj", joined.tag
        if word.dep != "conj" or joined is None or word.child(*SUBJECTS) is not None:
            continue
        if _is_listed(word):
            word.tag = "NNS"
            word.hang(joined.child("dobj") or joined)
            continue
        verb = _governor(joined) if joined.tag.startswith("NN") else _verb_above(joined)
        if verb is None or verb.index > word.index:
            continue
        if tag := _tag_beside(word, joined, verb):
            word.tag = tag
            _rejoin(word, joined, verb)


def _tag_beside(word: Word, joined: Word, verb: Word) -> str:
    """The tag of a word that belongs beside the verb; empty where it is joined well."""
    if joined.tag.startswith("NN"):
        alike = word.tag == verb.tag or (word.tag, verb.tag) == ("VB", "VBP")
        fits = alike or _is_untagged(word, verb) or _leaves_noun(word, joined)
        return verb.tag if fits and verb.tag in TENSES & can_be_verb(word.text) else ""
    if joined.tag == "VBG":
        return behind_gerund(word, verb)
    if joined.dep == "acomp":
        return _behind_adjective(word, verb)
    behind = behind_infinitive if joined.tag == "VB" else BEHIND.get(joined.dep)
    return behind(word, joined, verb) if behind else ""


def _leaves_noun(word: Word, joined: Word) -> bool:
    following = word.following
    if following is not None and following.lower in TIMES:
        return word.tag == "NNS" and word.first() == word.index
    return _leaves_place(word, joined) or _leaves_kind(word, joined) or _is_bare_act(word)


def _is_bare_act(word: Word) -> bool:
    """Whether this is the "hunt" of "have bones and hunt at night", without an article."""
    following = word.following
    if word.tag != "NN" or word.first() != word.index or following is None or not is_act(word):
        return False
    return following.lower not in PURPOSES and following.tag not in {"NN", "NNS"}


def _leaves_kind(word: Word, joined: Word) -> bool:
    """Whether a singular without an article is no second kind: "are birds and hunt at night"."""
    following = word.following
    if joined.dep != "attr" or (joined.tag, word.tag) != ("NNS", "NN") or following is None:
        return False
    placed = following.tag in {"IN", "RB"} and following.lower not in PURPOSES
    return placed and word.first() == word.index


def _leaves_place(word: Word, joined: Word) -> bool:
    """Whether a plural is no second time or place: "swims before work and coaches on weekends"."""
    preposition, following = joined.head, word.following
    if joined.dep != "pobj" or word.first() != word.index:
        return False
    if preposition is None or following is None or following.tag not in {"IN", "RB", "TO"}:
        return False
    if following.lower == "of":
        return base(word.text, "VBZ") in WITH_OF
    if following.tag == "RB" and following.lower.endswith(("ly", "wards")):
        return following.head is not word
    apart = preposition.lower in PLACES or (following.tag == "RB" and following.lower not in ADDED)
    if apart and _differs(word, joined):
        return True
    apart = joined.tag == "NNP" or preposition.lower in TEMPORAL or _contrasts(word)
    return apart and word.tag == "NNS"


def _differs(word: Word, joined: Word) -> bool:
    """Whether bare nouns of two numbers are joined: "in igloos and travel by sled"."""
    if word.tag == "NNS":
        return joined.tag == "NN" and any(c.lower in {"a", "an"} for c in joined.children)
    return (joined.tag, word.tag) == ("NNS", "NN")


def _contrasts(word: Word) -> bool:
    """Whether "but" sets a verb against another: "floats on water but sinks in oil"."""
    return word.previous is not None and word.previous.lower == "but"


def _behind_adjective(word: Word, copula: Word) -> str:
    """The tag of "was tall and towered over them"; "was old and damaged" is joined well."""
    if _is_untagged(word, copula):
        return copula.tag
    active = word.lower in NEVER_PASSIVE or word.child("dobj") is not None
    if word.tag not in {"VBN", "VBD"} or copula.tag != "VBD" or not active or word.supported:
        return ""
    return "VBD" if "VBD" in can_be_verb(word.text) else ""


def _is_next(word: Word, verb: Word) -> bool:
    """Whether this is the "add" of "Order the soup, add salt", or of "Cooks add salt, stir".

    With "then" in any tense: "She studied law, then became a nun".
    """
    before = word.previous
    later = before is not None and before.lower == "then"
    if before is not None and later:
        before = before.previous
    loose = word.dep == "dep" or verb.tag == "VBP"
    opened = word.child(*SUBJECTS, "mark") or any(c.tag == "WRB" for c in word.children)
    bases = word.tag in {"VB", verb.tag} or (word.tag == "VBP" and verb.tag == "VB")
    joined = verb.tag in {"VB", "VBP"} or (later and word.tag == verb.tag)
    if not loose or not bases or not joined or verb.dep != "ROOT":
        return False
    return not (opened or word.supported) and before is not None and before.text == ","


def _free_verb(word: Word) -> None:
    """Give "orders" of "calls you and orders bread" its object, where it was a part of it."""
    before, noun, head = word.previous, word.following, word.head
    if before is None or before.tag != "CC" or noun is None or head is None:
        return
    if not ({"VBZ", "VBP"} & can_be_verb(word.text)) or word.lower in ATTRIBUTIVE:
        return
    if word.dep == "compound" and head.dep == "conj" and head.first() == word.index:
        assert head.head is not None
        word.hang(head.head, "conj")
        head.hang(word, "dobj")
    elif word.dep == "conj" and head.dep == "nmod" and head.head is noun and noun.head is not None:
        head.hang(noun.head, noun.dep)
        noun.hang(word, "dobj")


def _is_listed(word: Word) -> bool:
    """Whether this is the noun "drops" of "covers water damage, drops, and theft"."""
    before, following = word.previous, word.child("conj")
    if word.tag != "VBZ" or only_verb(word.text) or before is None or following is None:
        return False
    if {c.dep for c in word.children} - {"punct", "cc", "conj"} or before.text != ",":
        return False
    return following.tag.startswith("NN") and "VBZ" not in can_be_verb(following.text)


def _is_untagged(word: Word, verb: Word) -> bool:
    """Whether a word tagged as none must be a verb of the other verb's tense.

    The dictionary may know it as nothing else, or it has an object as no noun can have one:
    "owns a mill and grinds the corn".
    """
    if word.tag[:2] == "VB" or verb.tag not in can_be_verb(word.text):
        return False
    bare = word.tag[:2] == "NN" and word.first() == word.index
    return only_verb(word.text) or (bare and _governs(word))


def _governs(word: Word) -> bool:
    """Whether what follows a bare noun can only be the object of a verb."""
    following = word.following
    if following is None or word.child("dobj") is not None:
        return following is not None
    set_beside = following.tag.startswith("NN") and following.dep in {"conj", "dobj"}
    return set_beside or following.tag in GOVERNED or following.lower in {"about", "as"}


def _lift_auxiliary(word: Word, noun: Word) -> None:
    """Join an auxiliary to the verb, where it was joined to the verb's subject."""
    verb = noun.head
    if verb is None or noun.dep not in SUBJECTS or noun.tag[:2] == "VB" or word.tag == "TO":
        return
    if verb.tag[:2] != "VB":
        if "VBP" not in can_be_verb(verb.text):
            return
        verb.tag = "VB"
    word.hang(verb)


def _governor(noun: Word) -> Word | None:
    """The verb that a noun depends on as its object, directly or in a phrase."""
    word: Word | None = noun
    while word is not None and (not word.tag.startswith("VB") or _is_reduced(word)):
        if word.dep not in INSIDE_OBJECT and not _is_reduced(word):
            return None
        word = word.head
    return word


def _is_reduced(word: Word) -> bool:
    """Whether this is the "made" of "bones made of iron"."""
    return word.tag == "VBN" and word.dep == "acl" and not word.supported


def _verb_above(word: Word) -> Word | None:
    """The verb or copula that a clause or an adjective depends on."""
    above = word.head
    while above is not None and not above.tag.startswith("VB"):
        above = above.head
    return above


def _rejoin(word: Word, joined: Word, verb: Word) -> None:
    """Make the word a conjunct of the verb, and give it what follows it."""
    for joint in [c for c in joined.children if c.dep == "cc" and c.index < word.index]:
        joint.hang(verb)
    behind = [c for c in (*verb.children, *joined.children) if c.index > word.index]
    late = [c for c in behind if c.dep not in {"punct", "conj"}]
    word.hang(verb)
    for child in late:
        child.hang(word)
