"""The within-sentence form "It is not the case that ...", where no predicate can be negated."""

from __future__ import annotations

from negaudit.rewrite.clauses import SUBJECTS, Clause, Form, clause_of
from negaudit.rewrite.inflection import can_be_plural, can_be_verb
from negaudit.rewrite.predicates import decapitalise
from negaudit.rewrite.quantifiers import resists
from negaudit.rewrite.record import Edit
from negaudit.rewrite.tree import Sentence, Word

__all__ = ["DENIAL", "deny", "is_out_of_order", "must_be_denied"]

# What "not only" goes on with; without them it denies the "only".
GOING_ON = frozenset({"but", "also"})
# "Sometimes, it rains": "sometimes it does not rain" is no denial.
AT_TIMES = frozenset({"sometimes", "occasionally"})
DENIAL = "it is not the case that "


def must_be_denied(sentence: Sentence, clause: Clause) -> bool:
    """Whether the clause's subject or modal leaves no place for "not".

    "Only members may enter", "People can only see red": "cannot only" would mislead.
    """
    if sentence.mark == "?" or clause.form is not Form.FINITE:
        return False
    following = clause.finite.following
    only_after_modal = (
        clause.finite.tag == "MD" and following is not None and following.lower == "only"
    )
    return only_after_modal or resists(clause, sentence) or _may_be_plural(clause)


def _may_be_plural(clause: Clause) -> bool:
    """Whether the subject may end in the "verb": "Oil spills harm sea birds".

    No form tells this from "Yeast forms lump sugars", but both are denied as a whole alike.
    """
    verb, subject = clause.verb, clause.subject
    if verb.tag != "VBZ" or subject is None or subject is not verb.previous or subject.children:
        return False
    noun, thing = verb.following, verb.child("dobj")
    if noun is None or thing is None or noun.head is not thing or noun.dep != "compound":
        return False
    # "FBI files name Hall": what follows an acronym is a noun as often as a verb.
    kinds = {"NNS", "NNP"} if subject.text.isupper() else {"NNS"}
    common = subject.tag == "NN" or (subject.text.isupper() and len(subject.text) > 1)
    if not common or noun.tag != "NN" or thing.tag not in kinds:
        return False
    return can_be_plural(verb.text) and "VBP" in can_be_verb(noun.text)


def is_out_of_order(sentence: Sentence) -> bool:
    """Whether the whole sentence has an order that "not" does not fit into."""
    opener = sentence.opener()
    if opener is None or sentence.mark == "?":
        return False
    if opener.lower in AT_TIMES and opener.head is sentence.root:
        return True
    if any(_is_not_only(w) for w in sentence.words[: sentence.root.index]):
        return any(w.lower in GOING_ON for w in sentence.words)
    if opener.lower == "either" and opener.head is sentence.root and _joins_clauses(sentence):
        return True
    return _is_correlative(sentence) or _is_inverted(sentence)


def _joins_clauses(sentence: Sentence) -> bool:
    """Whether "either" joins clauses: "Either you leave or I call the police"."""
    return any(c.dep == "conj" and c.child(*SUBJECTS) for c in sentence.root.children)


def _is_not_only(word: Word) -> bool:
    """Whether this is the "only" of "She not only sings but also dances"."""
    return word.lower == "only" and word.previous is not None and word.previous.lower == "not"


def _is_correlative(sentence: Sentence) -> bool:
    """Whether this is a sentence like "The more you eat, the taller you get"."""
    if sentence.words[0].lower != "the":
        return False
    places = [
        word.index
        for word, following in zip(sentence.words, sentence.words[1:], strict=False)
        if word.lower == "the" and _compares(following)
    ]
    return len(places) > 1 and places[0] == 0 and any(w.text == "," for w in sentence.words)


def _compares(word: Word) -> bool:
    """Whether this is a comparative, also where it was taken for a noun: "the hotter it is"."""
    if word.tag in {"JJR", "RBR"}:
        return True
    following = word.following
    opens = following is not None and following.tag in {"PRP", "PRP$", "DT"}
    return opens and word.lower.endswith("er")


def _is_inverted(sentence: Sentence) -> bool:
    """Whether the verb stands before its subject in a statement: "Here comes the bus"."""
    clause = clause_of(sentence.root)
    if clause.subject is None or clause.subject.dep in {"expl", "csubj", "csubjpass"}:
        return False
    if sentence.root.child("expl") is not None or not clause.inverted or clause.presents:
        return False
    if clause.finite.index == 0 or clause.subject.index < clause.finite.index:
        return False
    before = clause.finite.previous
    if before is not None and before.lower == "so" and clause.finite.tag != "VB":
        return False
    return not _is_quote(sentence, clause.finite.index)


def _is_quote(sentence: Sentence, verb: int) -> bool:
    """Whether the inversion is that of a quotation: "..., said the mayor"."""
    root = sentence.root
    return any(c.dep == "ccomp" and c.index < verb and c.child(*SUBJECTS) for c in root.children)


def deny(sentence: Sentence, clause: Clause) -> list[Edit] | None:
    """The edit that denies a clause as a whole; None for questions and commands."""
    if sentence.mark == "?" or clause.subject is None:
        return None
    start = _start(sentence, clause)
    if start is not sentence.opener():
        return [Edit(start.start, start.start, DENIAL)]
    denial = DENIAL[0].upper() + DENIAL[1:] if start.text[0].isupper() else DENIAL
    return [Edit(start.start, start.end, denial + decapitalise(sentence, start))]


def _start(sentence: Sentence, clause: Clause) -> Word:
    """The first word of the clause, behind its conjunction and behind quotation marks."""
    verb = clause.verb
    if verb is sentence.root:
        return sentence.opener() or sentence.words[0]
    place = verb.first()
    for word in verb.children:
        if word.dep == "mark" and word.index < verb.index:
            place = max(place, word.index + 1)
    while not sentence.words[place].text[0].isalnum() and place < verb.index:
        place += 1
    return sentence.words[place]
