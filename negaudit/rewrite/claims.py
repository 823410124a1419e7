"""What a claim is about: its names, its predicate, and the nouns that take it for granted."""

from __future__ import annotations

from dataclasses import dataclass

from negaudit.rewrite.clauses import clause_of
from negaudit.rewrite.coordination import conjuncts
from negaudit.rewrite.reporting import claimed
from negaudit.rewrite.tree import Sentence, Word

__all__ = ["Claim", "read_claim", "related"]

# Verb to the nouns of its event and of its agent; stems that are alike need no entry.
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
AGENTS = {
    "win": "winner champion victor medalist medallist titleholder",
    "write": "author writer",
    "lead": "leader head",
    "rule": "ruler king queen",
    "marry": "husband wife spouse",
    "own": "owner proprietor",
    "found": "founder cofounder",
    "study": "student",
}
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
    agents = frozenset(AGENTS.get(clause.lemma, "").split())
    return Claim(names or frozenset(), clause.lemma, events, gains, agents)


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
