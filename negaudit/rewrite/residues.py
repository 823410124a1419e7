"""What would tell a claim still, or something else, when the clause around it is denied."""

from __future__ import annotations

from negaudit.rewrite.claims import is_event, is_role
from negaudit.rewrite.clauses import SUBJECTS, Clause, clause_of
from negaudit.rewrite.lexicon import words
from negaudit.rewrite.mentions import describes, is_subject
from negaudit.rewrite.topics import Topic
from negaudit.rewrite.tree import Word

__all__ = [
    "APART",
    "goes_on",
    "is_odd_tail",
    "is_ranked",
    "keeps",
    "only_aside",
    "stays",
]

# Clauses and phrases that stay true, or are taken for true, when the verb above them is denied.
APART = frozenset({"relcl", "advcl", "acl", "appos", "csubj", "csubjpass", "pcomp", "parataxis"})
# Denying these keeps what was before: who "did not stop smoking" smoked.
CHANGES = words(
    "continue keep stop cease resume return remain maintain retain quit restart finish reduce "
    "increase adjust shift change switch extend expand cut limit regain rejoin reopen stay balance "
    "juggle combine integrate prioritize prioritise resist refuse avoid deny hide ignore deserve "
    "celebrate regret forget realize realise know learn manage"
)
LASTING = words(
    "still already again anymore longer only just even solely merely always never absolutely "
    "actually completely then"
)
UNIVERSAL = words("every each all both everything everyone everybody always")
DEMONSTRATIVES = words("this these that those such")
# Participles that are as good as prepositions.
PREPOSITIONS = words(
    "following including according regarding concerning depending starting beginning"
)
ASIDE = words("between during before after throughout amid")
# What may stand in front of a negated clause and mean the same.
FRONTED = words("in on at during since between throughout from until for as over within across")
ORDINALS = words("first second third only last next latest")


def goes_on(clause: Clause, clauses: list[Clause], tails: list[Word]) -> bool:
    """Whether a verb or participle behind the clause is not reached by its negation."""
    verb = clause.verb
    for word in verb.children:
        before = word.previous
        if word.dep == "mark" and word.lower in {"if", "unless", "whether"}:
            return True
        if word.index < verb.index or word in tails:
            continue
        if word.dep == "conj" and all(word is not other.verb for other in clauses):
            if word.tag.startswith("VB") and verb.child("cc") is None:
                return True
        loose = word.dep in {"advcl", "prep"} and word.tag == "VBG"
        if loose and before is not None and before.text == ",":
            return True
    return False


def is_odd_tail(tail: Word, hits: list[Word]) -> bool:
    """Whether a participle says something that "or" would not join to the denied verb."""
    below = set(tail.subtree())
    lemma = clause_of(tail).lemma
    return tail.lower in PREPOSITIONS or lemma in CHANGES or not any(hit in below for hit in hits)


def only_aside(heads: list[Word], hits: list[Word]) -> bool:
    """Whether all that tells the claim says when something else happened."""

    def is_aside(word: Word | None) -> bool:
        while word is not None and word not in heads:
            if word.dep == "prep" and word.lower in ASIDE:
                return True
            word = word.head
        return False

    return all(is_aside(hit) for hit in hits)


def keeps(clause: Clause, found: list[Word]) -> bool:
    """Whether a clause's words would tell the claim, or something else, when it is denied."""
    verb = clause.verb
    if clause.lemma in CHANGES:
        return True
    if any(w.dep == "det" and w.lower in DEMONSTRATIVES for w in verb.subtree()):
        return True
    for word in verb.children:
        if word.lower in LASTING or (word.dep == "advcl" and word.index < verb.index):
            return True
        if word.dep == "prep" and word.index < verb.index and word.lower not in FRONTED:
            return True
        if word.dep in {"xcomp", "ccomp"} and clause_of(word).lemma in CHANGES:
            return True
    return any(
        word.lower in UNIVERSAL or (word.dep in {"appos", "relcl", "acl"} and _within(word, found))
        for child in verb.children
        if child.index > verb.index and child.dep not in {"conj", "advcl"}
        for word in child.subtree()
    )


def _within(word: Word, found: list[Word]) -> bool:
    below = set(word.subtree())
    return any(other in below for other in found)


def stays(hit: Word, heads: list[Word], topic: Topic, found: list[Word]) -> bool:
    """Whether a word still tells the claim when the clauses of `heads` are denied."""
    if any(hit is head for head in heads):
        return False
    if (is_role(hit, topic.claim) or is_event(hit, topic.claim)) and describes(hit, topic):
        return True
    word: Word = hit
    while not any(word is head for head in heads):
        if topic.job and is_role(hit, topic.claim) and is_ranked(word):
            return True
        if word.dep in SUBJECTS:
            return True
        if word.dep in APART and not _is_harmless(word, found):
            return True
        if word.dep == "prep" and word.head in heads and word.index < word.head.index:
            return True
        if word.head is None:
            return True
        word = word.head
    return False


def is_ranked(noun: Word) -> bool:
    """Whether a noun is singled out: "the first dentist to win"."""
    return any(c.lower in ORDINALS or c.tag in {"JJS", "RBS"} for c in noun.children)


def _is_harmless(word: Word, found: list[Word]) -> bool:
    """Whether a subordinate clause is about something else, or says what for."""
    if word.dep in {"relcl", "acl", "appos"} and word.head is not None:
        return not is_subject(word.head, found) and not _within(word, found)
    return word.dep == "advcl" and any(c.tag == "TO" for c in word.children)
