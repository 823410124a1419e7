"""What would tell a claim still, or something else, when the clause around it is denied."""

from __future__ import annotations

from negaudit.rewrite.claims import is_event, is_role
from negaudit.rewrite.clauses import SUBJECTS, Clause, clause_of
from negaudit.rewrite.lexicon import words
from negaudit.rewrite.mentions import describes, is_subject
from negaudit.rewrite.phases import is_deniable
from negaudit.rewrite.topics import Topic
from negaudit.rewrite.tree import Word

__all__ = [
    "APART",
    "ASIDE",
    "goes_on",
    "is_odd_tail",
    "is_purpose",
    "is_ranked",
    "keeps",
    "only_aside",
    "outlives",
    "stays",
]

# Clauses and phrases that stay true, or are taken for true, when the verb above them is denied.
APART = frozenset({"relcl", "advcl", "acl", "appos", "csubj", "csubjpass", "pcomp", "parataxis"})
# Denying these keeps what was before: who "did not stop smoking" smoked.
CHANGES = words(
    "continue keep stop cease resume return remain maintain retain quit restart finish reduce "
    "increase adjust shift change switch extend expand cut limit regain rejoin reopen stay balance "
    "juggle combine integrate prioritize prioritise resist refuse avoid deny hide ignore deserve "
    "think worry dream celebrate regret forget realize realise know learn manage retire resign"
)
LASTING = words(
    "still already again anymore longer only just even solely merely always never absolutely "
    "actually completely then now"
)
UNIVERSAL = words("every each all both everything everyone everybody always only")
DEMONSTRATIVES = words("this these that those such")
# Participles that are as good as prepositions.
PREPOSITIONS = words(
    "following including according regarding concerning depending starting beginning"
)
ASIDE = words("between during before after throughout amid")
# What may stand in front of a negated clause and mean the same.
FRONTED = words("in on at during since between throughout from until for as over within across")
PLACING = words("in on at")
HAVE = words("has have had 's 've 'd")
ASIDES = frozenset({"appos", "relcl", "acl"})
CONTRARY = words("despite notwithstanding unlike")
CONDITIONS = frozenset({"if", "unless", "whether"})
ORDINALS = words("first second third only last next latest")


def goes_on(clause: Clause, clauses: list[Clause], tails: list[Word]) -> bool:
    """Whether a verb or participle behind the clause is not reached by its negation."""
    if any(c.dep == "mark" and c.lower in CONDITIONS for c in clause.verb.children):
        return True
    return any(
        _is_loose(word, clause.verb, clauses)
        for word in clause.verb.children
        if word.index > clause.verb.index and word not in tails
    )


def _is_loose(word: Word, verb: Word, clauses: list[Clause]) -> bool:
    if word.dep == "conj" and all(word is not other.verb for other in clauses):
        return word.tag.startswith("VB") and verb.child("cc") is None
    if word.dep == "advcl" and any(c.lower == "having" for c in word.children):
        return True
    participle = word.dep in {"advcl", "prep"} and word.tag in {"VBG", "VBN"}
    behind = [w for w in word.subtree() if w.previous is not None and w.previous.text == ","]
    return participle and any(w.index == word.first() for w in behind)


def is_odd_tail(tail: Word, hits: list[Word]) -> bool:
    """Whether a participle says something that "or" would not join to the denied verb."""
    below = set(tail.subtree())
    lemma = clause_of(tail).lemma
    return tail.lower in PREPOSITIONS or lemma in CHANGES or not any(hit in below for hit in hits)


def outlives(word: Word, verbs: list[Word]) -> bool:
    """Whether a phrase says something else when its verb is denied.

    "Despite the rain, she won" gives for odd what did not happen then, and "has not worked there
    since 2016" tells that she did before.
    """
    verb = word.head
    if word.dep != "prep" or verb is None or verb not in verbs:
        return False
    perfect = any(c.dep == "aux" and c.lower in HAVE for c in verb.children)
    return (word.lower == "since" and perfect) or (
        word.lower in CONTRARY and word.index < verb.index
    )


def is_purpose(word: Word, heads: list[Word]) -> bool:
    """Whether a denial reaches an infinitive behind it: "did not run to win gold"."""
    infinitive = word.dep == "advcl" and any(c.tag == "TO" for c in word.children)
    return infinitive and any(word.head is head and word.index > head.index for head in heads)


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
    if clause.lemma in CHANGES and not is_deniable(clause):
        return True
    if any(
        (w.dep == "det" and w.lower in DEMONSTRATIVES) or (w.dep == "aux" and w.lower == "having")
        for w in verb.subtree()
    ):
        return True
    for word in verb.children:
        fronted = word.dep == "advcl" and word.index < verb.index
        if fronted or word.lower in LASTING or outlives(word, [verb]):
            return True
        if word.dep == "prep" and word.index < verb.index and word.lower not in FRONTED:
            return True
        if word.dep in {"xcomp", "ccomp"} and clause_of(word).lemma in CHANGES:
            return True
    return any(
        word.lower in UNIVERSAL
        or (word.dep in ASIDES and (_within(word, found) or _is_told_aside(word)))
        for child in verb.children
        if child.index > verb.index and child.dep not in {"conj", "advcl"}
        for word in child.subtree()
    )


def _is_told_aside(word: Word) -> bool:
    """Whether a clause behind a comma tells of what there is then none: "a hall, built in May"."""
    before, noun = word.leftmost().previous, word.head
    if noun is None or before is None or before.text != "," or word.dep == "appos":
        return False
    article = noun.child("det")
    return article is not None and article.lower in {"a", "an"}


def _within(word: Word, found: list[Word]) -> bool:
    below = set(word.subtree())
    return any(other in below for other in found)


def stays(hit: Word, heads: list[Word], topic: Topic, found: list[Word]) -> bool:
    """Whether a word still tells the claim when the clauses of `heads` are denied."""
    if hit in heads:
        return False
    told = is_role(hit, topic.claim) or is_event(hit, topic.claim)
    if told and describes(hit, topic) and not (hit.dep == "attr" and hit.head in heads):
        return True
    word: Word | None = hit
    while word is not None and word not in heads:
        # Of whom X did not beat, "who took silver" is told by the claim too.
        rival = word.dep == "relcl" and not topic.job
        if rival or is_ranked(word) or _holds(word, heads, found):
            return word.dep != "prep" or not _is_setting(hit, word)
        word = word.head
    return word is None


def _holds(word: Word, heads: list[Word], found: list[Word]) -> bool:
    """Whether what is under a word is true however the clause above it is denied."""
    if word.dep in SUBJECTS or (word.dep in APART and not _is_harmless(word, found)):
        return True
    verb = word.head
    return word.dep == "prep" and verb in heads and verb is not None and word.index < verb.index


def _is_setting(hit: Word, prep: Word) -> bool:
    """Whether a word in front of its clause only says when or where: "At the 2024 Olympics"."""
    year = hit.tag == "CD" and len(hit.text) == 4
    return prep.lower in PLACING and (year or hit.tag in {"NNP", "NNPS"})


def is_ranked(noun: Word) -> bool:
    """Whether a noun is singled out: "the first dentist to win", "the most careful dentist"."""
    return any(
        word.lower in ORDINALS or word.tag in {"JJS", "RBS"}
        for child in noun.children
        for word in (child, *(child.children if child.dep == "amod" else ()))
    )


def _is_harmless(word: Word, found: list[Word]) -> bool:
    """Whether a subordinate clause is about something else, or says what for."""
    if word.dep in ASIDES and word.head is not None:
        return not is_subject(word.head, found) and not _within(word, found)
    if word.dep != "advcl":
        return False
    before = word.previous
    # "the final held in May", taken for a clause of its own
    reduced = word.tag == "VBN" and before is not None and before.tag in {"NN", "NNS", "JJ"}
    return reduced or any(c.tag == "TO" for c in word.children)
