"""Existential "there": "there is no", "there are not two"."""

from __future__ import annotations

from negaudit.rewrite.auxiliaries import negate_operator, styled
from negaudit.rewrite.clauses import Clause
from negaudit.rewrite.lexicon import words
from negaudit.rewrite.record import Edit
from negaudit.rewrite.tree import Sentence, Word

__all__ = ["is_existential", "negate_existential"]

FEW = {"few": "many", "little": "much"}
ARTICLES = frozenset({"a", "an", "some", "any"})
NOTHING = {
    "something": "nothing",
    "someone": "no one",
    "somebody": "nobody",
    "anything": "nothing",
    "anyone": "no one",
}
COUNTS = words(
    "many much several enough few more less fewer all both only about over around at "
    "approximately exactly nearly almost just roughly the this that these those also actually "
    "currently officially numerous various other countless ample sufficient considerable "
    "substantial abundant lots plenty loads tons heaps dozens hundreds thousands millions billions"
)


def is_existential(clause: Clause) -> bool:
    """Whether the subject is the "there" of "there is"."""
    subject = clause.verb.child("expl")
    return subject is not None and subject.lower == "there" and clause.lemma == "be"


def negate_existential(sentence: Sentence, clause: Clause) -> list[Edit] | None:
    """Deny existence with "no" where the noun phrase allows it, else with "not"."""
    place = _noun_phrase(clause)
    edit = None if place is None else _denied_noun(sentence, place)
    return negate_operator(sentence, clause) if edit is None else [edit]


def _denied_noun(sentence: Sentence, place: Word) -> Edit | None:
    """The edit on the noun phrase that starts here, or None where "not" has to do."""
    if new := NOTHING.get(place.lower):
        return Edit(place.start, place.end, new)
    following = place.following
    if place.lower == "a" and following is not None and following.lower in FEW:
        return Edit(place.start, following.end, "no")
    if place.lower in FEW and place.tag == "JJ":
        return Edit(place.start, place.end, FEW[place.lower])
    no = styled(sentence, "no")
    if place.lower in ARTICLES and not _is_spread(sentence, place):
        return Edit(place.start, place.end, no)
    if place.lower in COUNTS or not _is_bare(place):
        return None
    return Edit(place.start, place.start, no + " ")


def _is_spread(sentence: Sentence, place: Word) -> bool:
    """Whether each of many has one: "There is a clock in every room" is denied by "not"."""
    behind = sentence.words[place.index + 1 :]
    return any(word.lower in {"every", "each"} for word in behind)


def _noun_phrase(clause: Clause) -> Word | None:
    """The first word behind the verb, or behind the subject of a question."""
    if clause.finite is not clause.verb:
        return None
    expletive = clause.verb.child("expl")
    assert expletive is not None
    return max(clause.verb, expletive, key=lambda w: w.index).following


def _is_bare(word: Word) -> bool:
    """Whether a plural or mass noun starts here, with adjectives at most."""
    if word.tag not in {"NN", "NNS", "JJ", "NNP", "NNPS", "VBG", "VBN", "JJR", "JJS"}:
        return False
    return not any(child.tag in {"CD", "DT", "PRP$"} for child in word.children)
