"""Denies a claim in a sentence whose subject is the claim's, if nothing then tells it still."""

from __future__ import annotations

import msgspec

from negaudit.rewrite.claims import TAKING, states
from negaudit.rewrite.clauses import SUBJECTS, Clause, Form, clause_of, is_negative
from negaudit.rewrite.connectives import without_also, without_contrast
from negaudit.rewrite.lexicon import NEGATORS
from negaudit.rewrite.mentions import is_subject
from negaudit.rewrite.owners import indefinite, unowned
from negaudit.rewrite.phases import complement, without_phase
from negaudit.rewrite.pruning import cut_out, loose_phrase
from negaudit.rewrite.reading import Read, negate_read
from negaudit.rewrite.record import Edit
from negaudit.rewrite.reservations import is_reserved, reserves
from negaudit.rewrite.residues import (
    APART,
    goes_on,
    is_odd_tail,
    is_purpose,
    keeps,
    only_aside,
    outlives,
    stays,
)
from negaudit.rewrite.tails import joined_tails, tails_of
from negaudit.rewrite.targets import main_clauses
from negaudit.rewrite.topics import Topic
from negaudit.rewrite.tree import Sentence, Word, without

__all__ = ["Signs", "denial_edits", "is_denial"]

DENYING = NEGATORS | {"no", "without"}
FEWEST = 7  # words without which what is left of a long sentence is hardly the same
SHARED = frozenset({"we", "you"})  # who is meant beside the claim's subject cannot be told


class Signs(msgspec.Struct, frozen=True):
    """The words by which a sentence shows that it is about a claim.

    Attributes:
        hits: Words of the claim and of its field.
        telling: Those of them that are false with the claim.
        found: Words that stand for its subject.
    """

    hits: list[Word]
    telling: list[Word]
    found: list[Word]

    def among(self, words: list[Word]) -> Signs:
        """The same words where they are left, by their places."""
        left = {word.start: word for word in words}
        hits, telling, found = (
            [left[word.start] for word in some if word.start in left]
            for some in (self.hits, self.telling, self.found)
        )
        return Signs(hits, telling, found)

    @property
    def has_subject(self) -> bool:
        """Whether the claim's subject is the subject of any clause at all."""
        return any(word.dep in SUBJECTS for word in self.found)


def denial_edits(sentence: Read, tree: Sentence, topic: Topic, signs: Signs) -> list[Edit] | None:
    """The edits that negate the sentence, or None where it would still presuppose the claim.

    Phrases that would tell the claim still are cut where the rest stands without them: "Leading
    from the start, Holm, who had trained for months, won" becomes "Holm did not win".
    """
    if not (signs.telling and signs.has_subject) or _only_elaborates(tree, topic):
        return None
    whole = _edits(sentence, tree, topic, signs)
    edits = _trimmed(tree, topic, signs) if whole is None else whole
    return None if edits is None else without_contrast(tree, edits)


def _only_elaborates(tree: Sentence, topic: Topic) -> bool:
    """Whether a clause does not tell the contest that was won, but its details.

    Who "did not run it in 9.8 seconds" may have run it in ten; such a sentence had better go.
    """
    claim = topic.claim
    return claim.verb in TAKING and not all(states(c.verb, claim) for c in main_clauses(tree))


def _trimmed(tree: Sentence, topic: Topic, signs: Signs) -> list[Edit] | None:
    clauses = main_clauses(tree)
    verbs = [clause.verb for clause in clauses]
    own = any(_tells(signs, clause.verb) and _is_own(clause, signs.found) for clause in clauses)
    # "Holm was treating dogs while Berg slept" has no time without its clause.
    if not own or any(verb.tag == "VBG" for verb in verbs):
        return None
    told = {hit.index for hit in signs.hits}
    tops = [
        loose_phrase(tree, word)
        for word in tree.words
        if word.dep in APART
        or word.index in told
        or outlives(word, verbs)
        or (topic.job and reserves(word))
    ]
    cuts = cut_out(tree, [top for top in tops if top is not None]) or []
    gone = {w.index for w in tree.words for cut in cuts if _is_in(w, cut)}
    if not cuts or any(tree.words[index].lower in DENYING for index in gone):
        return None
    rest = without(tree, gone)
    if sum(word.text[0].isalnum() for word in rest.words) < FEWEST < len(tree.words) / 3:
        return None
    left, clauses = signs.among(rest.words), main_clauses(rest)
    if not all(c.verb.dep in {"ROOT", "conj"} and _tells(left, c.verb) for c in clauses):
        return None
    edits = _edits(Read(rest, rest), rest, topic, left)
    if edits is None or any(_meet(edit, cut) for edit in edits for cut in cuts):
        return None
    return sorted([*edits, *cuts])


def _tells(signs: Signs, verb: Word) -> bool:
    """Whether a verb's own words, or those of what one goes on with, tell the claim."""
    below = complement(clause_of(verb))
    return any(_innermost_verb(hit) in {verb, below} for hit in signs.telling)


def _innermost_verb(word: Word) -> Word | None:
    above: Word | None = word
    while above is not None and not above.tag.startswith("VB"):
        above = above.head
    return above


def _is_in(word: Word, cut: Edit) -> bool:
    return cut.start <= word.start and word.end <= cut.end - len(cut.text)


def _meet(edit: Edit, other: Edit) -> bool:
    return edit.start < other.end and other.start < edit.end


def _edits(sentence: Read, tree: Sentence, topic: Topic, signs: Signs) -> list[Edit] | None:
    hits, found, clauses = signs.hits, signs.found, main_clauses(tree)
    if not _can_be_denied(clauses, hits, found):
        return None
    tails = [tail for clause in clauses for tail in tails_of(clause)]
    heads = [*(clause.verb for clause in clauses), *tails]
    owned, joined = unowned(heads, hits, found), joined_tails(clauses, tails)
    if owned is None or joined is None:
        return None
    told = any(stays(hit, heads, topic, found) for hit in hits) or only_aside(heads, hits)
    told = told or any(
        states(word, topic.claim)
        for word in tree.words
        if word.dep in APART and not is_purpose(word, heads)
    )
    left = any(keeps(clause, found) or goes_on(clause, clauses, tails) for clause in clauses)
    left = left or (topic.job and any(is_reserved(clause, topic) for clause in clauses))
    if told or left or any(is_odd_tail(tail, hits) for tail in tails):
        return None
    outcome = negate_read(sentence)
    if outcome.status != "safe" or not outcome.edits:
        return None
    denied = without_phase(clauses, outcome.edits)
    return [
        *denied,
        *joined,
        *owned,
        *indefinite(heads, hits),
        *without_also(clauses, outcome.edits),
    ]


def is_denial(tree: Sentence, topic: Topic, signs: Signs) -> bool:
    """Whether the sentence denies the claim as it stands."""
    if not signs.has_subject:
        return False
    hits, found, clauses = signs.hits, signs.found, main_clauses(tree)
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
    while above is not None and above not in verbs:
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
