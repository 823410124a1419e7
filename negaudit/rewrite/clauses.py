"""Clauses: a predicate with its auxiliaries and subject, and which of them carry the claim."""

from __future__ import annotations

from enum import Enum

import msgspec

from negaudit.rewrite.inflection import base
from negaudit.rewrite.lexicon import COPULAS, FOCUS, NEGATIVE_ADVERBS, NEGATIVE_NOUNS, NEGATORS
from negaudit.rewrite.tree import Sentence, Word

__all__ = ["WH_TAGS", "Clause", "Form", "clause_at", "clause_of", "is_negative"]

TENSES = frozenset({"VBZ", "VBP", "VBD"})
FINITE = TENSES | {"MD"}
TENSED = FINITE | {"VB"}
FINITE_COPULAS = COPULAS - {"be", "been", "being"}
SUBJECTS = ("nsubj", "nsubjpass", "csubj", "csubjpass", "expl")
QUOTES = frozenset({'"', "'", "\u201c", "\u201d", "\u2018", "\u2019", "``"})
AUXILIARIES = ("aux", "auxpass")
WH_TAGS = frozenset({"WRB", "WP", "WDT", "WP$"})
NEGATIVE_WORDS = NEGATORS | NEGATIVE_ADVERBS
NEGATABLE = frozenset({"nsubj", "nsubjpass", "expl", "dobj", "attr", "dative", "acomp"})


class Form(Enum):
    """How a predicate is built."""

    FINITE = "finite"
    IMPERATIVE = "imperative"
    INFINITIVE = "infinitive"
    PARTICIPLE = "participle"
    NOMINAL = "nominal"


class Clause(msgspec.Struct, frozen=True, eq=False):
    """One predicate.

    Attributes:
        verb: The head of the predicate: its main verb or its copula.
        auxiliaries: Words in front of the verb that carry tense or voice, "to" included.
        subject: The subject's head, or None.
        form: How the predicate is built.
        finite: The word that carries tense, or the first word of a predicate without one.
    """

    verb: Word
    auxiliaries: tuple[Word, ...]
    subject: Word | None
    form: Form
    finite: Word

    @property
    def lemma(self) -> str:
        """The base form of the verb."""
        return base(self.verb.text, self.verb.tag)

    @property
    def inverted(self) -> bool:
        """Whether the finite word stands before the subject, as in a question."""
        subject, place = self.subject, self.finite.index
        return subject is not None and place < subject.index and place < subject.first()

    @property
    def presents(self) -> bool:
        """Whether a phrase of place opens the clause: "Among the guests was a vet"."""
        verb = self.verb
        if not self.inverted or self.finite is not verb or verb.lower not in COPULAS:
            return False
        place = next((c for c in verb.children if c.last() == verb.index - 1), None)
        if place is None or place.dep not in {"prep", "advcl"}:
            return False
        return not any(word.tag in WH_TAGS for word in place.subtree())


def clause_of(verb: Word) -> Clause:
    """The clause of a predicate's head."""
    known: Clause | None = verb.memo
    if known is not None:
        return known
    place = verb.index
    auxiliaries = tuple([c for c in verb.children if c.dep in AUXILIARIES and c.index < place])
    subject = verb.child(*SUBJECTS) or _shared_subject(verb)
    form = _form(verb, auxiliaries, subject)
    finite = next((word for word in auxiliaries if word.tag != "TO"), verb)
    verb.memo = clause = Clause(verb, auxiliaries, subject, form, finite)
    return clause


def _shared_subject(verb: Word) -> Word | None:
    """The subject of "Why is the sky blue?", which the parser may give to "blue"."""
    complement = verb.child("acomp") if verb.lower in COPULAS else None
    return None if complement is None else complement.child(*SUBJECTS)


def _form(verb: Word, auxiliaries: tuple[Word, ...], subject: Word | None) -> Form:
    first = auxiliaries[0] if auxiliaries else verb
    if first.tag == "TO":
        return Form.INFINITIVE
    if _commands(verb, first, subject):
        return Form.IMPERATIVE
    if first.tag in TENSED or first.lower in FINITE_COPULAS:
        return Form.FINITE
    return Form.PARTICIPLE if first.tag in {"VBG", "VBN"} else Form.NOMINAL


def _commands(verb: Word, first: Word, subject: Word | None) -> bool:
    """Whether a base form has no subject, or "do" stands in front of it."""
    if first.tag == "VB":
        return subject is None or first.lower == "do"
    is_base = first.tag == "VBP" and first.lower not in COPULAS
    return is_base and subject is None and verb.dep == "ROOT" and verb is first


def clause_at(sentence: Sentence, offset: int) -> Clause | None:
    """The innermost clause whose predicate covers the character at `offset`.

    An apposition counts as a clause of its own.
    """
    found = next((w for w in sentence.words if w.start <= offset < w.end), None)
    while found is not None:
        if found.dep == "appos" or _is_predicate(found):
            return clause_of(found)
        found = found.head
    return None


def _is_predicate(word: Word) -> bool:
    if word.dep in AUXILIARIES:
        return False
    return word.tag in FINITE or word.tag in {"VB", "VBG", "VBN"}


def is_negative(clause: Clause) -> bool:
    """Whether the clause is negated already, by any word that English has for it."""
    verb = clause.verb
    if verb.negative is None:
        verb.negative = _has_negator(verb)
    return verb.negative


def _has_negator(verb: Word) -> bool:
    for word in verb.children:
        if word.dep == "neg" or word.lower in NEGATIVE_WORDS:
            if word.lower != "nor" and not _is_contrast(word, verb):
                return True
        elif word.dep == "advmod" and _is_negative_adverb(word):
            return True
        if word.dep in NEGATABLE and _is_negative_phrase(word):
            return True
    return _has_negative_place(verb)


def _is_negative_adverb(word: Word) -> bool:
    """Whether this is "no longer", "hardly ever", or the "yet" of "has yet to pay"."""
    if word.lower == "yet" and word.head is not None:
        following = [w for w in word.head.subtree() if w.previous is word]
        return bool(following) and following[0].tag == "TO"
    if word.lower == "matter":
        return False
    return any(c.lower == "no" or c.lower in NEGATIVE_ADVERBS for c in word.children)


def _is_contrast(word: Word, verb: Word) -> bool:
    """Whether a "not" denies a part and not the clause: "not only", ", not a vet"."""
    if word.index > verb.index:
        return _is_set_apart(word)
    focused = word.lower == "not" and any(
        c.lower in FOCUS and c.index == word.index + 1 for c in (*verb.children, *word.children)
    )
    # "He does not only sing" goes on with no "but".
    return focused and any(c.dep in {"cc", "conj", "parataxis"} for c in verb.children)


def _is_set_apart(word: Word) -> bool:
    return word.previous is not None and word.previous.lower in {",", "and", "but"}


def _is_negative_phrase(word: Word) -> bool:
    if word.lower in NEGATIVE_NOUNS:
        return True
    if not word.children:
        return False
    if any(c.lower in NEGATIVE_ADVERBS for c in word.children):
        return True
    first = word.leftmost()
    if first.lower in NEGATIVE_ADVERBS and first.head is not None and first.head.lower == "any":
        return True
    return any(_negates(c, word) for c in word.children) and not any(
        c.text in QUOTES and c.index < word.index for c in word.children
    )


def _negates(word: Word, noun: Word) -> bool:
    """Whether a word in a noun phrase makes it negative: "no vet", "not a vet", "not all vets"."""
    if word.lower in {"no", "neither"}:
        return word.dep in {"det", "preconj", "cc", "nummod", "amod"}
    if word.lower == "not":
        return word.index < noun.index and not _is_set_apart(word)
    return word.dep in {"det", "predet"} and any(c.lower == "not" for c in word.children)


def _has_negative_place(verb: Word) -> bool:
    """Whether the clause has "under no circumstances", "in no English words" or the like."""
    return any(
        any(d.lower == "no" for d in noun.children) and noun.lower not in {"time", "doubt"}
        for prep in verb.children
        if prep.dep == "prep"
        for noun in prep.children
        if noun.dep == "pobj" or prep.index < verb.index
    )
