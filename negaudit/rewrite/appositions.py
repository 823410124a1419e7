"""Appositions: "X, a dentist, ..." to "X, who is not a dentist, ..."."""

from __future__ import annotations

from negaudit.rewrite.lexicon import words
from negaudit.rewrite.record import Edit
from negaudit.rewrite.tree import Sentence, Word

__all__ = ["negate_apposition"]

PERSON_ENDINGS = ("ist", "ian", "er", "or", "man", "woman", "eer", "ee", "ant", "smith")
PERSONS = words(
    "boss captain chef chief child coach cook daughter friend guide head host hero judge king "
    "monk nurse pilot poet priest prince queen saint scientist son spy student vet veteran "
    "champion athlete resident native president professor critic graduate thief"
)
THINGS = words(
    "river tower order center water paper number layer computer chapter border quarter corner "
    "plant restaurant harbor factor motor letter monster summer winter"
)


def negate_apposition(sentence: Sentence, noun: Word) -> list[Edit]:
    """Turn the apposition into a negated relative clause, or put "not" in front of it."""
    start = sentence.words[noun.first()]
    plural = noun.tag in {"NNS", "NNPS"}
    if is_person(noun):
        verb = "are" if plural else "is"
        return [Edit(start.start, start.start, f"who {verb} not ")]
    return [Edit(start.start, start.start, "not ")]


def is_person(noun: Word) -> bool:
    """Whether a noun names a person, by its ending or by a short list."""
    lower = noun.lower.removesuffix("s") if noun.tag == "NNS" else noun.lower
    if lower in THINGS:
        return False
    return lower in PERSONS or lower.endswith(PERSON_ENDINGS)
