"""Tag questions: "He is a dentist, isn't he?" turns both halves."""

from __future__ import annotations

from negaudit.rewrite.clauses import SUBJECTS, clause_of
from negaudit.rewrite.record import Edit
from negaudit.rewrite.tree import Sentence, Word

__all__ = ["tagged_statement"]

WHOLE = {"ca": "can", "wo": "will", "sha": "shall"}
PRONOUNS = frozenset({"he", "she", "it", "they", "we", "you", "i", "there"})


def tagged_statement(sentence: Sentence) -> tuple[Word, list[Edit]] | None:
    """The statement in front of a negative tag, and the edits that make the tag positive."""
    if sentence.mark != "?":
        return None
    words = [w for w in sentence.words if w.text[0].isalnum() or w.lower in {"n't", "not"}]
    if len(words) < 5:
        return None
    operator, negator, pronoun = words[-3:]
    if negator.lower != "n't" or pronoun.lower not in PRONOUNS:
        return None
    before = operator.previous
    if before is None or before.text != ",":
        return None
    statement = next((w for w in sentence.words if _is_statement(w, operator)), None)
    if statement is None:
        return None
    return statement, [Edit(operator.start, negator.end, WHOLE.get(operator.lower, operator.text))]


def _is_statement(word: Word, operator: Word) -> bool:
    if word.index >= operator.index or word.child(*SUBJECTS) is None:
        return False
    if word.dep not in {"ccomp", "ROOT", "parataxis", "advcl", "dep"}:
        return False
    subject = clause_of(word).subject
    return subject is not None and subject.index < operator.index
