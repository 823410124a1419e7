"""Words that the parser took for auxiliaries, and that are none.

In "has type 1 diabetes" it may read "type" as the verb that "has" supports.
"""

from __future__ import annotations

from negaudit.rewrite.clauses import SUBJECTS
from negaudit.rewrite.inflection import can_be_verb, fits_participle, only_participle
from negaudit.rewrite.lexicon import COPULAS, HAVE, words
from negaudit.rewrite.tree import Sentence, Word

__all__ = ["unmask"]

AUX = frozenset({"aux", "auxpass"})
AUXILIARIES = COPULAS | HAVE | words("do does did get gets got getting gotten s ve re m d ll to")
IDIOMS = words("better best rather to")


def unmask(sentence: Sentence) -> None:
    """Make, in place, such words the nouns or the main verbs that they are."""
    for word in sentence.words:
        if word.dep == "case":
            _free_has(word)
        if word.dep not in AUX or word.head is None:
            continue
        if word.dep == "aux":
            _unmask(sentence, word, word.head)
        else:
            _hand_on(word, word.head)


def _free_has(clitic: Word) -> None:
    """Make "has" of the "'s" of "The captain's got a dog", where it was a genitive."""
    owner, verb = clitic.head, clitic.following
    if owner is None or verb is None or owner.head is not verb or owner.dep not in SUBJECTS:
        return
    # "Macy's got a new owner": a name may end so.
    got = verb.lower == "got" and owner.tag == "NN"
    if got or only_participle(verb.text):
        clitic.tag, verb.tag = "VBZ", "VBN"
        clitic.hang(verb, "aux")


def _hand_on(word: Word, verb: Word) -> None:
    """Give the verb the subject that was given to its auxiliary."""
    subject = word.child("nsubj", "nsubjpass")
    known = verb.child(*SUBJECTS)
    if subject is not None and (known is None or known.lower == "that"):
        subject.hang(verb, "nsubjpass")


def _unmask(sentence: Sentence, word: Word, verb: Word) -> None:
    if word.lower in HAVE:
        if word.tag in {"VBZ", "VBP", "VBD", "VB"} and _is_main(word, verb):
            _raise(sentence, word, verb)
    elif word.tag != "MD" and word.lower not in AUXILIARIES:
        _name_plural(word, verb)


def _name_plural(word: Word, verb: Word) -> None:
    """Make "moods" the subject of "Dark moods captivate me", where it was an auxiliary."""
    subject = verb.child("nsubj")
    if (
        word.tag != "VBZ"
        or verb.tag not in {"VB", "VBP", "NN"}
        or "VBP" not in can_be_verb(verb.text)
    ):
        return
    word.tag, word.dep, verb.tag = "NNS", "nsubj", "VBP"
    if subject is not None and subject.last() == word.index - 1:
        subject.hang(word, "compound")


def _is_main(have: Word, verb: Word) -> bool:
    """Whether "have" takes what follows for its object: a noun, or "it delivered"."""
    following = have.following
    if verb.index < have.index or following is None or following.lower in IDIOMS:
        return False
    if following.lower in AUXILIARIES or fits_participle(following.text):
        return False
    if not fits_participle(verb.text) and (
        verb.tag.startswith("NN") or "VBP" in can_be_verb(verb.text)
    ):
        return True
    subject, before = verb.child("nsubj"), have.previous
    between = subject is not None and have.index < subject.index
    return between and before is not None and before.tag in {"CC", "MD", "TO"}


def _raise(sentence: Sentence, have: Word, verb: Word) -> None:
    """Put "have" in the place of the verb, and the verb under it."""
    left = [c for c in verb.children if c.index < have.index]
    behind = [c for c in verb.children if c.tag[:2] in {"CC", "."} and c.index > verb.index]
    above = verb.head
    if above is None:
        sentence.raise_verb(have, "dobj")
    else:
        have.hang(above, verb.dep)
        verb.hang(have, "dobj" if verb.child(*SUBJECTS) in {None, *left} else "ccomp")
    for word in (*left, *behind):
        word.hang(have)
