"""Repairs tags that contradict the dictionary or the sentence, before any rule reads them."""

from __future__ import annotations

from negaudit.rewrite.conjunct_tags import PLURAL_PRONOUNS, subject_before, tag_conjunct
from negaudit.rewrite.inflection import (
    base,
    can_be_plural,
    can_be_verb,
    fits,
    is_known,
    keeps_form,
    only_verb,
    stays_in_plural,
)
from negaudit.rewrite.lexicon import NEVER_PASSIVE, words
from negaudit.rewrite.tree import Sentence, Word

__all__ = ["name_verbs", "repair"]

# A past form without an object is active with these; in a headline others are passive.
INTRANSITIVE = NEVER_PASSIVE | words(
    "returned crashed grew began won lost spoke failed dropped scored voted"
)
PAST_TIMES = words("yesterday ago last once earlier previously then recently later")
NOTICES = words("included required provided permitted prohibited needed recommended accepted sold")
PERCEIVE = words("see hear watch feel")
OBJECT_PRONOUNS = words("me him her us them")
MAKE_INTO = words("crowned named elected appointed declared voted dubbed ranked")


def name_verbs(sentence: Sentence) -> None:
    """Tag as verbs, in place, the heads of clauses that can be nothing else."""
    opener = sentence.words[0]
    if opener.tag == "VB" and not is_known(opener.text):
        opener.tag = "NNS" if opener.text.endswith("s") else "NNP"
    for word in sentence.words:
        if word.dep in {"ROOT", "ccomp"} and word.tag[:2] not in {"VB", "MD"}:
            _name_verb(word)
        elif word.tag in {"RBR", "JJR"} and word.text[0].isupper() and not is_known(word.text):
            word.tag = "NNP"


def repair(sentence: Sentence) -> None:
    """Correct the tags of verbs in place."""
    for word in sentence.words:
        if not word.tag.startswith("VB") or (word.tag == "VBG" and not _is_base(word)):
            continue
        subject = subject_before(word)
        if subject is None:
            if _is_command(sentence, word):
                word.tag = "VB"
            tag_conjunct(word)
            continue
        if word.supported:
            continue
        if _is_perceived(word, subject):
            word.tag = "VB"
            continue
        if word.dep in {"ROOT", "conj", "ccomp", "relcl", "advcl", "parataxis"}:
            word.tag = _repaired(sentence, word, subject)


def _is_base(word: Word) -> bool:
    """Whether this is the "sting" of "Bees sting", whose own ending was taken for another."""
    return "VBP" in can_be_verb(word.text) and not word.supported


def _is_perceived(word: Word, subject: Word) -> bool:
    """Whether this is the bare infinitive "leave" of "She saw the van leave the depot"."""
    above = word.head
    if word.dep != "ccomp" or word.tag not in {"VB", "VBP"} or above is None:
        return False
    if base(above.text, above.tag) not in PERCEIVE or word.child("mark") is not None:
        return False
    if subject.tag in {"NN", "NNP"} or subject.lower in OBJECT_PRONOUNS:
        return not any(c.dep == "conj" for c in subject.children)
    return above.tag == "VBD" and any(c.dep in {"det", "poss"} for c in subject.children)


def _name_verb(word: Word) -> None:
    """Tag a word that has a subject and can only be its verb ("sank", "dreams last")."""
    if word.tag == "JJ" and word.child("auxpass"):
        word.tag = "VBN"
        return
    subject = subject_before(word)
    if _opens_command(word):
        word.tag = "VB"
    if subject is None or word.supported or _is_done(word, subject):
        return
    follows = word.previous is not None and word.previous.index == subject.last()
    if not follows or any(c.dep in {"det", "amod", "compound", "poss"} for c in word.children):
        return
    tags = can_be_verb(word.text)
    agreeing = {"NNS": "VBP", "NNPS": "VBP", "NN": "VBZ", "NNP": "VBZ"}.get(subject.tag, "")
    if agreeing in tags:
        word.tag = agreeing
    elif tags and only_verb(word.text):
        word.tag = max(tags)
    elif "VBD" in tags and word.child("mark"):
        word.tag = "VBD"  # "show that the dam burst"


def _is_done(word: Word, subject: Word) -> bool:
    """Whether an adjective closes what may be a clause already: "Sweating burns fat"."""
    following = word.following
    closes = following is None or not following.text[0].isalnum()
    return word.tag == "JJ" and closes and "VBZ" in can_be_verb(subject.text)


def _opens_command(word: Word) -> bool:
    """Whether a word with an object opens the sentence: "Wear gloves", taken for a noun."""
    following = word.following
    if word.index or following is None or not following.text.isalpha():
        return False
    return word.child("dobj") is not None and "VBP" in can_be_verb(word.text)


def _is_command(sentence: Sentence, word: Word) -> bool:
    """Whether this is the "set" of "To dry it, set it on fire": nobody did so."""
    opener = sentence.words[0]
    return (
        word.tag == "VBD"
        and word.dep == "ROOT"
        and opener.lower == "to"
        and keeps_form(word.lower)
        and not word.supported
        and word.child("expl", "csubj", "ccomp") is None
    )


def _repaired(sentence: Sentence, word: Word, subject: Word) -> str:
    tag = word.tag
    if tag in {"VBN", "VBD"} and _is_headline_passive(sentence, word, subject):
        return "VBN"
    if tag in {"VB", "VBG"} or (tag == "VBZ" and can_be_verb(word.text) == {"VBP"}):
        tag = "VBP"
    if tag == "VBN" and "VBD" in can_be_verb(word.lower):
        return "VBN" if _is_absolute(word) else "VBD"
    if tag == "VBN" and "VBP" in can_be_verb(word.lower) and word.dep in {"ROOT", "ccomp"}:
        tag = "VBP"
    tags = can_be_verb(word.lower)
    if tag == "VBP" or (tag == "VBD" and tags and "VBD" not in tags):
        return _present_or_past(sentence, word, subject)
    if tag == "VBD" and word.lower == "lay" and word.child("dobj") and _is_plural(subject):
        return "VBP"
    if tag == "VBD" and _is_plural(subject) and _is_generic(sentence, word, subject):
        return "VBP"
    return tag


def _is_generic(sentence: Sentence, word: Word, subject: Word) -> bool:
    """Whether a form of both tenses tells of a kind: "Stamps cost more than gold"."""
    if not keeps_form(word.lower) or any(c.dep in {"det", "poss"} for c in subject.children):
        return False
    if any(c.dep == "conj" and c.tag in {"VB", "VBP"} and not c.supported for c in word.children):
        return True
    if sentence.mark == "." and _tells_of_event(word, subject):
        return False
    return not any(w.tag == "CD" or _is_past(w) for w in sentence.words)


def _tells_of_event(word: Word, subject: Word) -> bool:
    """Whether one thing is done to: "Saracens beat Bath", "Thieves cut the cable"."""
    thing = word.child("dobj")
    if thing is None:
        return False
    if thing.tag == "NN" and any(c.lower == "the" for c in thing.children):
        return True
    return thing.index > word.index and _is_name(subject) and _is_name(thing)


def _is_name(noun: Word) -> bool:
    return noun.text[0].isupper() and noun.tag != "PRP"


def _is_plural(noun: Word) -> bool:
    """Whether a noun is a plural, also where it was taken for a name."""
    return noun.tag == "NNS" or (noun.tag == "NNP" and can_be_plural(noun.text))


def _is_past(word: Word) -> bool:
    """Whether a word dates an event: "once", but not "once a year"."""
    following = word.following
    often = following is not None and following.lower in {"a", "an", "every", "each"}
    if word.lower == "last":
        return following is not None and following.tag.startswith("NN")
    return word.lower in PAST_TIMES and not (word.lower == "once" and often)


def _is_absolute(word: Word) -> bool:
    """Whether a participle with its own subject is set beside a clause: "all of them made ..."."""
    if word.dep not in {"conj", "parataxis"} or word.head is None:
        return False
    return not any(c.dep == "cc" and c.index < word.index for c in word.head.children)


def _present_or_past(sentence: Sentence, word: Word, subject: Word) -> str:
    """Tells tenses apart: "swam" is no present, nor is "put" behind a singular subject."""
    tags = can_be_verb(word.lower)
    if "VBD" not in tags:
        return "VBZ" if tags == {"VBZ"} else "VBP"
    singular = subject.tag in {"NN", "NNP", "PRP"} and subject.lower not in PLURAL_PRONOUNS
    joined = any(child.dep == "conj" for child in subject.children)
    # "Moose shed antlers": a kind, of which there are many.
    joined |= stays_in_plural(subject.text) and subject.child("det", "poss") is None
    if "VBP" not in tags or not fits(word.lower, word.lower, "VBP"):
        return "VBD"
    if sentence.mark == "." and _is_name(subject) and _tells_of_event(word, subject):
        return "VBD"
    return "VBD" if singular and not joined else "VBP"


def _is_bare_line(sentence: Sentence) -> bool:
    """Whether no full stop closes a headline, or one closes a notice: "Batteries included."."""
    last = sentence.words[-1]
    notice = last.text == "." and last.previous is not None and last.previous.lower in NOTICES
    return notice or last.text[-1].isalnum()


def _is_headline_passive(sentence: Sentence, word: Word, subject: Word) -> bool:
    """Whether this is like "Bridge closed for repairs": no article, full stop or object."""
    if word.dep != "ROOT" or not _is_bare_line(sentence):
        return False
    if subject.tag == "PRP" or any(c.dep == "det" or c.tag == "PRP$" for c in subject.children):
        return False
    if word.lower in MAKE_INTO:
        return True
    if word.child("dobj") is not None or word.lower in INTRANSITIVE:
        return False
    return bool({"VBD"} & can_be_verb(word.lower))
