"""What a claim is about: its names, its predicate, and the nouns that take it for granted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from negaudit.rewrite.clauses import Clause, clause_of, is_negative
from negaudit.rewrite.coordination import conjuncts
from negaudit.rewrite.inflection import base
from negaudit.rewrite.lexicon import CREATION, words
from negaudit.rewrite.reporting import claimed
from negaudit.rewrite.tree import Sentence, Word

__all__ = ["Claim", "is_about", "is_event", "is_role", "is_work", "read_claim", "related", "states"]

# Verb to the nouns of its event and of who does it; stems that are alike need no entry.
EVENTS = {
    "win": "victory win triumph",
    "defeat": "victory win triumph defeat",
    "lose": "loss defeat",
    "die": "death",
    "bear": "birth",
    "marry": "marriage wedding",
    "choose": "choice",
    "sell": "sale",
    "flee": "flight",
    "arrive": "arrival",
    "succeed": "success",
    "fail": "failure",
    "lie": "lie",
    "steal": "theft",
    "attack": "attack assault",
    "write": "authorship",
    "break": "breach",
    "convict": "conviction",
    "practice": "practice",
    "practise": "practice",
}
GAINS = {"win": "gold title medal championship crown"}
DOERS = {
    "win": "winner champion victor medalist medallist titleholder laureate",
    "write": "author writer",
    "lead": "leader head",
    "rule": "ruler king queen",
    "marry": "husband wife spouse",
    "own": "owner proprietor",
    "found": "founder cofounder",
    "study": "student",
}
# Verbs that say the same when what was gained is their object ("took gold").
TAKING = {"win": "win take claim secure clinch earn capture bag land collect receive"}
PARTS = words("preface foreword chapter chapters edition manuscript royalties sequel")
SUBORDINATE = frozenset({"relcl", "advcl", "acl", "pcomp", "appos", "ccomp"})
ROLE_VERBS = frozenset({"work", "serve", "act", "practice", "practise", "qualify", "train"})


@dataclass(frozen=True)
class Claim:
    """The words by which a sentence shows that it is about the claim.

    Attributes:
        names: Proper names of the claim's subject, in lower case.
        verb: The base form of its verb; "" for a copula.
        events: Nouns that name the event.
        gains: Nouns that name what the subject has by it ("his gold").
        roles: Nouns that name the subject by the claim ("dentist", "winner").
    """

    names: frozenset[str]
    verb: str
    events: frozenset[str]
    gains: frozenset[str]
    roles: frozenset[str]


def read_claim(sentence: Sentence) -> Claim:
    """Take a claim, stated as one affirmative sentence, apart."""
    clause = clause_of(claimed(sentence.root))
    subject = clause.subject
    names = frozenset(w.lower for w in subject.subtree() if w.tag == "NNP") if subject else None
    roles = _roles(clause.verb)
    if clause.lemma == "be" or (roles and clause.lemma in ROLE_VERBS):
        return Claim(names or frozenset(), "", frozenset(), frozenset(), roles)
    events = frozenset(EVENTS.get(clause.lemma, "").split())
    gains = frozenset(GAINS.get(clause.lemma, "").split()) | _object(clause.verb)
    doers = frozenset(DOERS.get(clause.lemma, "").split())
    return Claim(names or frozenset(), clause.lemma, events, gains, doers)


def _roles(verb: Word) -> frozenset[str]:
    """The predicate noun: "is a dentist", "works as a dentist"."""
    nouns: list[Word] = []
    for child in verb.children:
        if child.dep == "attr":
            nouns.append(child)
        elif child.dep == "prep" and child.lower == "as":
            nouns += [c for c in child.children if c.dep == "pobj"]
    return frozenset(w.lower for noun in nouns for w in (noun, *conjuncts(noun)))


def _object(verb: Word) -> frozenset[str]:
    noun = verb.child("dobj")
    return frozenset({noun.lower}) if noun is not None and noun.tag != "PRP" else frozenset()


def related(word: str, term: str) -> bool:
    """Whether two words share a stem ("dental" and "dentist", "discovery" and "discover")."""
    common = 0
    for a, b in zip(word, term, strict=False):
        if a != b:
            break
        common += 1
    return common >= 4 and common >= 0.55 * max(len(term), len(word) - 3)


def is_role(word: Word, claim: Claim) -> bool:
    """Whether a noun names the subject by the claim."""
    return word.lower in claim.roles or word.lower.removesuffix("s") in claim.roles


def is_event(word: Word, claim: Claim) -> bool:
    """Whether a noun names the claim's event."""
    if word.lower in claim.events:
        return True
    return len(claim.verb) > 4 and related(word.lower, claim.verb)


def is_work(word: str, claim: Claim) -> bool:
    """Whether a word names what there is by the claim alone, or a part of it.

    Of a textbook that nobody wrote there are no chapters either, nor is it a book.
    """
    if claim.verb not in CREATION:
        return False
    return word in PARTS or any(gain.endswith(word) for gain in claim.gains if len(word) > 3)


def is_about(clause: Clause, claim: Claim) -> bool:
    """Whether a clause, its subordinate clauses aside, says something with the claim's words."""
    if _has_other_subject(clause, claim):
        return False
    if claim.verb and clause.lemma == claim.verb:
        return True
    return any(_is_term(word, claim) for word in _own_words(clause.verb))


def states(verb: Word, claim: Claim) -> bool:
    """Whether a subordinate clause states the claim."""
    clause = clause_of(verb)
    if not verb.tag.startswith("VB") or is_negative(clause) or _has_other_subject(clause, claim):
        return False
    lemma = base(verb.text, verb.tag)
    if claim.verb and lemma == claim.verb:
        return True
    gained = verb.child("dobj")
    if gained is not None and gained.lower in claim.gains:
        return lemma in TAKING.get(claim.verb, "").split()
    return bool(_roles(verb) & claim.roles) and (lemma == "be" or lemma in ROLE_VERBS)


def _has_other_subject(clause: Clause, claim: Claim) -> bool:
    """Whether the subject is somebody with another name; a pronoun may be anybody."""
    subject = clause.subject
    if subject is None or subject.tag in {"WP", "WDT"}:
        subject = clause.verb.head
    if subject is None or subject.tag != "NNP" or not claim.names:
        return False
    return not claim.names & {word.lower for word in subject.subtree()}


def _is_term(word: Word, claim: Claim) -> bool:
    terms = claim.events | claim.gains | claim.roles
    return word.tag[:2] in {"NN", "JJ"} and any(
        word.lower.removesuffix("s") == term or related(word.lower, term) for term in terms
    )


def _own_words(verb: Word) -> Iterator[Word]:
    """The words under a verb, other clauses aside; "to take gold" belongs to it."""
    for child in verb.children:
        purpose = child.dep == "advcl" and any(c.tag == "TO" for c in child.children)
        if child.dep not in SUBORDINATE or purpose:
            yield child
            yield from _own_words(child)
