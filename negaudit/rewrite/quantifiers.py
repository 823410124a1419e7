"""Subjects that carry the negation themselves: "not all", "no dentists", "neither"."""

from __future__ import annotations

from enum import Enum

from negaudit.rewrite.clauses import Clause
from negaudit.rewrite.inflection import singular_verb
from negaudit.rewrite.predicates import decapitalise
from negaudit.rewrite.record import Edit
from negaudit.rewrite.tree import Sentence, Word

__all__ = ["Scope", "negate_subject", "resists"]

NOT_BEFORE = frozenset(
    {"all", "every", "everyone", "everybody", "everything", "everywhere", "many", "much"}
)
REPLACED = {
    "each": "not every",
    "some": "no",
    "any": "no",
    "someone": "no one",
    "somebody": "nobody",
    "something": "nothing",
    "anyone": "no one",
    "anybody": "nobody",
    "anything": "nothing",
    "few": "many",
    "little": "much",
}
NEGATIVE_WORDS = frozenset({"no", "none", "nobody", "nothing"})
# Subjects that open so are denied as a whole: "It is not the case that only ...".
RESISTING = frozenset({"only", "almost", "nearly", "practically", "virtually", "several"})
COMPARATIVES = frozenset({"more", "fewer", "less"})
RESISTING_PAIRS = {
    "at": frozenset({"least", "most"}),
    "no": frozenset({"fewer", "less", "more"}),
    "all": frozenset({"but"}),
}


class Scope(Enum):
    """What a subject's negation does to the words behind it.

    "No", "none" and "neither" change polarity words; "not all" and "many" leave them.
    """

    NEGATIVE = "negative"
    PARTIAL = "partial"


def resists(clause: Clause, sentence: Sentence) -> bool:
    """Whether the subject's quantifier can be denied only from outside the clause."""
    if clause.subject is None or clause.inverted:
        return False
    first = sentence.words[clause.subject.first()]
    following = first.following
    before = first.previous
    if before is not None and before.lower in RESISTING and before.dep == "advmod":
        return True
    if first.lower == "just" and following is not None:
        return following.tag == "CD"
    if first.lower in COMPARATIVES:
        return any(word.lower == "than" for word in sentence.words)
    if following is not None and first.lower in {"at", "no", "all"}:
        return following.lower in RESISTING_PAIRS[first.lower]
    return first.lower in RESISTING and first.index < clause.finite.index


def negate_subject(sentence: Sentence, clause: Clause) -> tuple[list[Edit], Scope] | None:
    """Edits on a quantified subject and the scope they give, or None for any other subject."""
    subject = clause.subject
    if subject is None or clause.inverted or subject.dep in {"csubj", "csubjpass", "expl"}:
        return None
    first = sentence.words[subject.first()]
    before = first.previous
    if before is not None and before.lower in {"both", "either"} and _has_joint(sentence, clause):
        first = before
    if first.lower in {"both", "either"}:
        return _negate_pair(sentence, clause, first)
    if not _quantifies(first, subject):
        return None
    if first.lower == "a":
        return _negate_a_few(first)
    return _negate_quantifier(sentence, clause, first)


def _quantifies(first: Word, subject: Word) -> bool:
    """Whether the first word is the subject or its own determiner."""
    if first.lower == "a":
        return any(c.lower == "few" for c in subject.children) or subject.lower == "few"
    if first.lower == "little":
        return first is subject
    if first.dep == "quantmod" and first.head is not None and first.head.head is subject:
        return first.lower in {"all", "any", "both"}
    return first is subject or first.head is subject or _is_pronoun_modifier(first, subject)


def _is_pronoun_modifier(first: Word, subject: Word) -> bool:
    return first.head is not None and first.head.head is subject and first.dep == "predet"


def _negate_a_few(first: Word) -> tuple[list[Edit], Scope] | None:
    few = first.following
    if few is None or few.lower != "few":
        return None
    following = few.following
    word = "none" if following is not None and following.lower == "of" else "no"
    return [Edit(first.start, few.end, _like(first, word))], Scope.NEGATIVE


def _negate_quantifier(
    sentence: Sentence, clause: Clause, first: Word
) -> tuple[list[Edit], Scope] | None:
    following = first.following
    if first.lower in NOT_BEFORE:
        text = _like(first, "not ") + decapitalise(sentence, first)
        return [Edit(first.start, first.end, text)], Scope.PARTIAL
    new = REPLACED.get(first.lower)
    if new is not None and first is clause.subject:
        new = {"no": "none", "not every": "not each"}.get(new, new)
    if new is None or following is None or following.tag == "CD":
        return None
    if following.lower == "of":
        new = {"no": "none", "not every": "not each"}.get(new, new)
    scope = Scope.NEGATIVE if new.partition(" ")[0] in NEGATIVE_WORDS else Scope.PARTIAL
    return [Edit(first.start, first.end, _like(first, new))], scope


def _like(word: Word, text: str) -> str:
    return text[0].upper() + text[1:] if word.text[0].isupper() else text


def _negate_pair(
    sentence: Sentence, clause: Clause, first: Word
) -> tuple[list[Edit], Scope] | None:
    assert clause.subject is not None
    neither = Edit(first.start, first.end, _like(first, "neither"))
    for word in _subject_words(sentence, clause):
        if word.dep == "cc" and word.lower in {"and", "or"}:
            return [neither, Edit(word.start, word.end, "nor")], Scope.NEGATIVE
    if first.lower == "either":
        return [neither], Scope.NEGATIVE
    if first is clause.subject and first.child("prep") is None:
        return [neither, *_agree(clause)], Scope.NEGATIVE
    edits = [_neither_of(first), *_agree(clause)]
    return edits, Scope.NEGATIVE


def _subject_words(sentence: Sentence, clause: Clause) -> list[Word]:
    assert clause.subject is not None
    return sentence.words[clause.subject.first() : clause.finite.index]


def _has_joint(sentence: Sentence, clause: Clause) -> bool:
    return any(word.dep == "cc" for word in _subject_words(sentence, clause))


def _neither_of(first: Word) -> Edit:
    following = first.following
    text = "neither"
    if following is not None and following.lower != "of":
        owned = following.tag in {"DT", "PRP$"} or following.dep == "poss"
        text += " of" if owned else " of the"
    return Edit(first.start, first.end, _like(first, text))


def _agree(clause: Clause) -> list[Edit]:
    """Make the verb singular, unless a plural complement holds it in the plural."""
    complement = clause.verb.child("attr")
    if complement is not None and complement.tag in {"NNS", "NNPS"}:
        return []
    verbs = [clause.finite, *(c for c in clause.verb.children if c.dep == "conj")]
    forms = [(word, singular_verb(word.text, word.tag)) for word in verbs]
    return [Edit(word.start, word.end, form) for word, form in forms if form != word.text]
