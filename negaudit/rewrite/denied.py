"""Denies a claim in a sentence whose subject is the claim's, if nothing then tells it still."""

from __future__ import annotations

from collections.abc import Iterator

from negaudit.rewrite.claims import states
from negaudit.rewrite.clauses import SUBJECTS, Clause, Form, clause_of, is_negative
from negaudit.rewrite.connectives import without_also, without_contrast
from negaudit.rewrite.coordination import conjuncts
from negaudit.rewrite.inflection import inflect
from negaudit.rewrite.lexicon import NEGATORS
from negaudit.rewrite.mentions import is_subject, refers
from negaudit.rewrite.pruning import cut_out, loose_phrase
from negaudit.rewrite.reading import Read, negate_read
from negaudit.rewrite.record import Edit
from negaudit.rewrite.residues import (
    APART,
    goes_on,
    is_odd_tail,
    is_ranked,
    keeps,
    only_aside,
    stays,
)
from negaudit.rewrite.targets import main_clauses
from negaudit.rewrite.topics import Topic
from negaudit.rewrite.tree import Sentence, Word, without

__all__ = ["denial_edits", "is_denial"]

DENYING = NEGATORS | {"no", "without"}
SHARED = frozenset({"we", "you"})  # who is meant beside the claim's subject cannot be told


def denial_edits(
    sentence: Read, tree: Sentence, topic: Topic, hits: list[Word], found: list[Word]
) -> list[Edit] | None:
    """The edits that negate the sentence, or None where it would still presuppose the claim.

    Phrases that would tell the claim still are cut where the rest stands without them: "Leading
    from the start, Holm, who had trained for months, won" becomes "Holm did not win".
    """
    if not _has_subject(found):
        return None
    whole = _edits(sentence, tree, topic, hits, found)
    edits = _trimmed(tree, topic, hits, found) if whole is None else whole
    return None if edits is None else without_contrast(tree, edits)


def _has_subject(found: list[Word]) -> bool:
    """Whether the claim's subject is the subject of any clause at all."""
    return any(word.dep in SUBJECTS for word in found)


def _trimmed(
    tree: Sentence, topic: Topic, hits: list[Word], found: list[Word]
) -> list[Edit] | None:
    verbs = [clause.verb for clause in main_clauses(tree)]
    if not any(_tells(hits, verb, topic) for verb in verbs):
        return None
    told = {hit.index for hit in hits}
    tops = [
        loose_phrase(tree, word) for word in tree.words if word.dep in APART or word.index in told
    ]
    cuts = cut_out(tree, [top for top in tops if top is not None])
    if cuts is None:
        return None
    gone = {w.index for w in tree.words for cut in cuts if _is_in(w, cut)}
    if any(tree.words[index].lower in DENYING for index in gone):
        return None
    rest = without(tree, gone)
    left = {word.start: word for word in rest.words}
    hits, found = ([left[w.start] for w in some if w.start in left] for some in (hits, found))
    clauses = main_clauses(rest)
    if not all(c.verb.dep in {"ROOT", "conj"} and _tells(hits, c.verb, topic) for c in clauses):
        return None
    edits = _edits(Read(rest, rest), rest, topic, hits, found)
    if edits is None or any(_meet(edit, cut) for edit in edits for cut in cuts):
        return None
    return sorted([*edits, *cuts])


def _tells(hits: list[Word], verb: Word, topic: Topic) -> bool:
    """Whether a verb's own words, and not those of a clause below it, tell the claim."""
    return any(topic.is_telling(hit.lower) and _innermost_verb(hit) is verb for hit in hits)


def _innermost_verb(word: Word) -> Word | None:
    above: Word | None = word
    while above is not None and not above.tag.startswith("VB"):
        above = above.head
    return above


def _is_in(word: Word, cut: Edit) -> bool:
    return cut.start <= word.start and word.end <= cut.end - len(cut.text)


def _meet(edit: Edit, other: Edit) -> bool:
    return edit.start < other.end and other.start < edit.end


def _edits(
    sentence: Read, tree: Sentence, topic: Topic, hits: list[Word], found: list[Word]
) -> list[Edit] | None:
    clauses = main_clauses(tree)
    tails = [tail for clause in clauses for tail in _tails(clause)]
    heads = [*(clause.verb for clause in clauses), *tails]
    owned, joined = _owners(heads, hits, found), _joined(clauses, tails)
    if owned is None or joined is None or not _can_be_denied(clauses, hits, found):
        return None
    told = any(stays(hit, heads, topic, found) for hit in hits) or only_aside(heads, hits)
    told = told or any(states(word, topic.claim) for word in tree.words if word.dep in APART)
    left = any(keeps(clause, found) or goes_on(clause, clauses, tails) for clause in clauses)
    if told or left or any(is_odd_tail(tail, hits) for tail in tails):
        return None
    outcome = negate_read(sentence)
    if outcome.status != "safe" or not outcome.edits:
        return None
    return [*outcome.edits, *joined, *owned, *without_also(clauses, outcome.edits)]


def is_denial(tree: Sentence, topic: Topic, hits: list[Word], found: list[Word]) -> bool:
    """Whether the sentence denies the claim as it stands."""
    if not _has_subject(found):
        return False
    clauses = main_clauses(tree)
    heads = [clause.verb for clause in clauses]
    return (
        bool(clauses)
        and all(is_negative(clause) and _is_own(clause, found) for clause in clauses)
        and any(topic.is_core(hit.lower) for hit in hits)
        and not any(stays(hit, heads, topic, found) for hit in hits)
        and not any(keeps(clause, found) for clause in clauses)
    )


def _can_be_denied(clauses: list[Clause], hits: list[Word], found: list[Word]) -> bool:
    """Whether all clauses are affirmative statements about the claim's subject that tell it."""
    verbs = [clause.verb for clause in clauses]
    telling = {id(_innermost(hit, verbs)) for hit in hits}
    return bool(clauses) and all(
        clause.form is Form.FINITE
        and not is_negative(clause)
        and _is_own(clause, found)
        and id(clause.verb) in telling
        for clause in clauses
    )


def _innermost(word: Word, verbs: list[Word]) -> Word | None:
    """The verb whose clause a word stands in, a coordinated one included."""
    above: Word | None = word
    while above is not None and not any(above is verb for verb in verbs):
        if above.dep == "conj" and above.tag.startswith("VB"):
            return above
        above = above.head
    return above


def _is_own(clause: Clause, found: list[Word]) -> bool:
    """Whether the clause's subject, said or shared, is the claim's subject."""
    verb: Word | None = clause.verb
    while verb is not None and clause_of(verb).subject is None and verb.dep == "conj":
        verb = verb.head
    subject = clause_of(verb).subject if verb is not None else None
    return subject is not None and subject.lower not in SHARED and is_subject(subject, found)


def _tails(clause: Clause) -> Iterator[Word]:
    """Participles behind the verb that go on with it: "won the race, beating two others"."""
    for word in clause.verb.children:
        loose = word.dep == "advcl" and word.tag == "VBG" and word.index > clause.verb.index
        if loose and word.child("mark", *SUBJECTS, "aux") is None:
            before = word.previous
            if before is not None and before.text == ",":
                yield word


def _joined(clauses: list[Clause], tails: list[Word]) -> list[Edit] | None:
    """Turns ", beating two others" into " or beat two others" behind "did not win"."""
    edits = []
    for tail in tails:
        clause = next(c for c in clauses if c.verb is tail.head)
        comma = tail.previous
        if comma is None or clause.lemma == "be":
            return None
        form = _form_behind(clause)
        edits.append(Edit(comma.start, tail.end, f" or {inflect(tail.text, tail.tag, form)}"))
        for other in conjuncts(tail):
            if other.tag != "VBG":
                return None
            edits.append(Edit(other.start, other.end, inflect(other.text, other.tag, form)))
        edits += [
            Edit(c.start, c.end, "or")
            for part in (tail, *conjuncts(tail))
            for c in part.children
            if c.dep == "cc" and c.lower == "and" and any(g.dep == "conj" for g in part.children)
        ]
    return edits


def _form_behind(clause: Clause) -> str:
    """The tag of a verb that goes on with a negated one: "has not won or beaten"."""
    if clause.verb.tag in {"VBN", "VBG"}:
        return clause.verb.tag
    return "VB"


def _owners(heads: list[Word], hits: list[Word], found: list[Word]) -> list[Edit] | None:
    """Turns "his clinical schedule" behind a denied verb into "any clinical schedule"."""
    edits: list[Edit] = []
    for hit in hits:
        word: Word | None = hit
        while word is not None and not any(word is head for head in heads):
            if word.dep in SUBJECTS or word.dep in APART:
                break
            owner = word.child("poss")
            if owner is not None and refers(word, found):
                if owner.tag != "PRP$" or word.dep not in {"dobj", "pobj", "conj"}:
                    return None
                if is_ranked(word):
                    return None
                article = "a" if word.tag == "NNP" else "any"
                edits.append(Edit(owner.start, owner.end, article))
            word = word.head
    return list(dict.fromkeys(edits))
