"""What "not only A but also B" claims, denied: neither A nor B."""

from __future__ import annotations

from collections.abc import Iterator

from negaudit.rewrite.auxiliaries import has_operator
from negaudit.rewrite.clauses import AUXILIARIES, FINITE, SUBJECTS, Clause, Form, clause_of
from negaudit.rewrite.inflection import base
from negaudit.rewrite.lexicon import FOCUS
from negaudit.rewrite.predicates import SUPPORT, decapitalise
from negaudit.rewrite.record import Edit
from negaudit.rewrite.tree import Sentence, Word

__all__ = ["neither_edits"]

CLAUSES = frozenset({"conj", "ROOT", "parataxis", "ccomp"})
CLOSING = frozenset({"too", "well"})
BELOW = frozenset({"relcl", "advcl", "acl", "ccomp", "pcomp", "csubj", "xcomp"})
ASIDE = frozenset({"also", "even"})


def neither_edits(sentence: Sentence) -> list[Edit] | None:
    """The edits to "neither ... nor", or None where the sentence is not built so."""
    if sentence.mark == "?":
        return None
    opening = next((w for w in sentence.words if w.lower == "not" and _opens(w)), None)
    if opening is None or opening.following is None:
        return None
    if opening.index and _is_below(opening):
        return None
    only = opening.following
    neither = "Neither" if opening.text[0].isupper() else "neither"
    joint = next((w for w in sentence.words[only.index :] if w.lower == "but"), None)
    second = next(_later_clauses(sentence, joint or only), None)
    if second is None:
        rest = None if joint is None else _phrase(sentence, joint)
    else:
        inverted = only.following is not None and only.following.index <= _operator_place(sentence)
        rest = _clause(sentence, joint, second) if inverted else None
    return None if rest is None else [Edit(opening.start, only.end, neither), *rest]


def _opens(word: Word) -> bool:
    return word.lower == "not" and word.following is not None and word.following.lower in FOCUS


def _is_below(word: Word) -> bool:
    """Whether the word belongs to a clause under the main one."""
    head: Word | None = word
    while head is not None and head.dep not in BELOW:
        head = head.head
    return head is not None


def _operator_place(sentence: Sentence) -> int:
    """Where an auxiliary in front of its subject would stand: "Not only is"."""
    place = next(w.index for w in sentence.words if _opens(w)) + 2
    word = sentence.words[place]
    clause = clause_of(word)
    inverts = word.tag == "MD" or (clause.finite is word and has_operator(clause))
    return place if place == 2 and (inverts or word.lower in SUPPORT.values()) else -1


def _later_clauses(sentence: Sentence, after: Word) -> Iterator[Clause]:
    """Clauses with a subject that opens behind "but", or behind the comma."""
    for word in sentence.words[after.index :]:
        subject = word.child(*SUBJECTS) if word.dep in CLAUSES else None
        before = None if subject is None else sentence.words[subject.first()].previous
        if before is not None and before.lower in {"but", ",", ";"}:
            yield clause_of(word)


def _phrase(sentence: Sentence, joint: Word) -> list[Edit] | None:
    """Turns "but also B" into "nor B"."""
    last = _last_aside(joint)
    following = last.following
    finite = following is None or following.dep in AUXILIARIES or following.tag == "MD"
    if finite or any(w.lower in CLOSING for w in sentence.words[-3:]):
        return None
    return [Edit(joint.start, last.end, "nor")]


def _last_aside(joint: Word) -> Word:
    following = joint.following
    return following if following is not None and following.lower in ASIDE else joint


def _clause(sentence: Sentence, joint: Word | None, clause: Clause) -> list[Edit] | None:
    """Turns "but it is also B" into "nor is it B", "but they also fly" into "nor do they fly"."""
    subject = clause.subject
    if subject is None or clause.form is not Form.FINITE or clause.finite.tag not in FINITE:
        return None
    first = sentence.words[subject.first()]
    operator = clause.finite
    if has_operator(clause):
        if operator.start == sentence.words[operator.index - 1].end:
            return None
        gone = Edit(sentence.words[operator.index - 1].end, operator.end, "")
        front, changed = operator.text, [gone]
    else:
        front = SUPPORT[operator.tag]
        plain = base(operator.text, operator.tag, clause.verb.child("dobj") is not None)
        changed = [Edit(operator.start, operator.end, plain)]
    start = first.start if joint is None else joint.start
    words = f"nor {front} {decapitalise(sentence, first)}"
    return [Edit(start, first.end, words), *changed, *_without_aside(sentence, clause)]


def _without_aside(sentence: Sentence, clause: Clause) -> Iterator[Edit]:
    """Leaves out the "also" of the second half, and a closing "too"."""
    for word in sentence.words[clause.finite.index - 1 :]:
        if word.lower in ASIDE and word.previous is not None:
            yield Edit(word.previous.end, word.end, "")
