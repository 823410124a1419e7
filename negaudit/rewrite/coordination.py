"""Coordination: which conjuncts are negated by themselves, and where "and" becomes "or"."""

from __future__ import annotations

from collections.abc import Iterator

from negaudit.rewrite.clauses import FINITE, SUBJECTS, TENSES, Clause, Form, clause_of, is_negative
from negaudit.rewrite.inflection import base, can_be_plural, can_be_verb
from negaudit.rewrite.lexicon import COLLECTIVE, CREATION, FOCUS, words
from negaudit.rewrite.record import Edit
from negaudit.rewrite.tree import Sentence, Word

__all__ = ["conjuncts", "coordinated_verbs", "covered_joints", "joined_edits", "neither_nor"]

PAIRED = {"either": "or", "both": "and"}
SHORT = 4  # words between two finite verbs that may share one "does not"
NOT_PARTS = FOCUS | {"even"}
UNTURNED = frozenset({"not", "no", "none", "never"})
RELATIVES = frozenset({"that", "which", "who"})
COMPLEMENTS = ("dobj", "attr", "acomp", "oprd", "dative", "xcomp")
# Pairs that name one thing.
BINOMIALS = words(
    "black/white salt/pepper research/development trial/error bread/butter rock/roll "
    "supply/demand law/order health/safety peace/quiet back/forth up/down arts/crafts "
    "cause/effect ups/downs pros/cons more/more hide/seek wear/tear fish/chips "
    "cats/dogs bed/breakfast"
)
GROUP_WORDS = words(
    "both together between each either respectively combination mixture blend alternately"
)


def conjuncts(word: Word) -> Iterator[Word]:
    """The words coordinated with this one, left to right."""
    for child in word.children:
        if child.dep == "conj":
            yield child
            yield from conjuncts(child)


def coordinated_verbs(clause: Clause) -> Iterator[Clause]:
    """The further clauses of a coordination that need a negation of their own."""
    first = clause
    if neither_nor(clause) is not None:
        return
    for word in conjuncts(clause.verb):
        other = clause_of(_as_verb(word, first))
        if _is_no_clause(first, other):
            continue
        commands = other.form is first.form is Form.IMPERATIVE and not _is_serial(first)
        if commands or (other.form is Form.FINITE and not shares_support(first, other)):
            yield other


def _is_serial(first: Clause) -> bool:
    """Whether two commands are one: "come and see", "go ahead and try"."""
    return first.verb.lower in {"come", "go", "try"} and first.verb.child("dobj") is None


def neither_nor(clause: Clause) -> list[Edit] | None:
    """Turns "either walks or drives", "both walks and drives" into "neither walks nor drives"."""
    joints = [c for c in clause.verb.children if c.dep == "cc"]
    if not joints:
        return None
    nearby = [*clause.verb.children, *filter(None, [clause.verb.previous])]
    either = next((w for w in nearby if w.lower in PAIRED), None)
    wanted = "" if either is None else PAIRED[either.lower]
    joint = next((w for w in joints if w.lower == wanted), None)
    if either is None or joint is None or not 0 < either.index < clause.verb.index:
        return None
    return [Edit(either.start, either.end, "neither"), Edit(joint.start, joint.end, "nor")]


def _is_no_clause(first: Clause, other: Clause) -> bool:
    """Whether a conjunct is an indirect question, or a noun taken for a verb."""
    if any(c.tag in {"WRB", "WP"} and c.index < other.verb.index for c in other.verb.children):
        return other.verb.child(*SUBJECTS) is not None and first.finite.tag not in {"WRB", "WP"}
    if other.verb.child(*SUBJECTS) is not None or other.auxiliaries:
        return False
    subject = first.subject
    plural = subject is not None and (
        subject.lower in {"i", "we", "you", "they"} or can_be_plural(subject.text)
    )
    return other.verb.tag == "VBP" and first.verb.tag in {"VBZ", "VBD"} and not plural


def _as_verb(word: Word, first: Clause) -> Word:
    """Give a conjunct of a verb its verb tag back ("sings and dances", tagged as a noun)."""
    if (
        word.tag in {"NN", "NNS", "NNP", "JJ"}
        and first.finite is first.verb
        and first.verb.tag in can_be_verb(word.text)
        and not any(c.dep in {"det", "amod", "poss", "compound", "nummod"} for c in word.children)
        and not (word.following is not None and word.following.lower in RELATIVES)
    ):
        word.tag = first.verb.tag
        word.forget()
    return word


def shares_support(first: Clause, other: Clause) -> bool:
    """Whether one "does not" serves both verbs: "does not sing or dance"."""
    return (
        first.form is Form.FINITE
        and first.verb.dep != "conj"
        and other.verb.tag == first.verb.tag
        and first.finite is first.verb
        and not first.auxiliaries
        and not other.auxiliaries
        and other.verb.child(*SUBJECTS) is None
        and not is_negative(other)
        and not _has_none(first)
        and first.lemma != "be"
        and other.lemma != "be"
        and other.verb.tag in TENSES
        and 0 < other.verb.index - first.verb.index <= SHORT
        and _joint(first.verb, other.verb) is not None
        and _is_plain_pair(first, other)
    )


def _has_none(clause: Clause) -> bool:
    """Whether the negation is in the object, and reaches no other verb: "have no eyes and hear"."""
    noun = clause.verb.child("dobj")
    return noun is not None and any(c.lower == "no" for c in noun.children)


def _is_plain_pair(first: Clause, other: Clause) -> bool:
    between = {c.dep for c in first.verb.children if c.index > first.verb.index}
    adverbs = [c for c in other.verb.children if c.index < other.verb.index]
    return "punct" not in between - {"punct"} and not adverbs and _only_conjunct(first.verb)


def _only_conjunct(verb: Word) -> bool:
    return len(list(conjuncts(verb))) == 1


def _joint(word: Word, conjunct: Word) -> Word | None:
    """The "and" or "but" that joins a word to its conjunct."""
    head = conjunct.head or word
    for child in head.children:
        if child.dep == "cc" and child.index < conjunct.index:
            return child
    return None


def joined_edits(sentence: Sentence, clause: Clause, start: int, alone: bool) -> list[Edit]:
    """Turns "and" into "or" between what one negation covers, behind `start`."""
    edits = [] if alone else _verbs(clause)
    edits += _contrasts(sentence, clause, start)
    if clause.lemma in COLLECTIVE:
        return edits
    for word in clause.verb.children:
        kept = word.dep in COMPLEMENTS or (word.dep == "ccomp" and word.tag[:2] in {"JJ", "RB"})
        if not kept or word.start < start or not _is_divisible(clause, word):
            continue
        if not any(w.lower in GROUP_WORDS for w in sentence.words):
            edits += _to_or(word)
    return edits


def _contrasts(sentence: Sentence, clause: Clause, start: int) -> list[Edit]:
    """Turns "a dentist, not a vet" into "not a dentist, nor a vet"."""
    last = clause.verb.last()
    edits = []
    for word in sentence.words[clause.verb.index : last + 1]:
        before = word.previous
        if word.lower != "not" or word.start < start or before is None:
            continue
        following = word.following
        if following is None or following.lower in NOT_PARTS or following.tag.startswith("VB"):
            continue
        if before.lower == "and":
            edits.append(Edit(before.start, word.end, "nor"))
        elif before.text == ",":
            edits.append(Edit(word.start, word.end, "nor"))
    return edits


def _verbs(clause: Clause) -> list[Edit]:
    """Edits on verbs that share the operator or the do-support of the first."""
    edits: list[Edit] = []
    for word in conjuncts(clause.verb):
        other = clause_of(_as_verb(word, clause))
        joint = _joint(clause.verb, word)
        if shares_support(clause, other):
            plain = base(word.text, word.tag, word.child("dobj") is not None)
            edits.append(Edit(word.start, word.end, plain))
        elif not _shares_operator(clause, other):
            continue
        if joint is not None and joint.lower in {"and", "but"}:
            edits.append(Edit(joint.start, joint.end, "or"))
    return list(dict.fromkeys(edits))


def _shares_operator(first: Clause, other: Clause) -> bool:
    """Whether two verbs share an operator: "was built and sold", "can read and write"."""
    if other.form is Form.FINITE or first.form is Form.IMPERATIVE or other.auxiliaries:
        return False
    return other.verb.tag in {"VB", "VBN", "VBG"} and other.verb.tag == first.verb.tag


def covered_joints(clause: Clause) -> list[Edit]:
    """Turns "and" into "or" between finite verbs of one negated subject: "No owls swim or ..."."""
    edits = []
    for word in conjuncts(clause.verb):
        other = clause_of(_as_verb(word, clause))
        joint = _joint(clause.verb, word)
        bare = other.subject is None and (
            other.form is Form.FINITE or _shares_operator(clause, other)
        )
        if bare and joint is not None and joint.lower == "and":
            edits.append(Edit(joint.start, joint.end, "or"))
    return edits


def _listed(word: Word) -> Iterator[Word]:
    """The parts behind the first; the "a vegan" of "a Catholic, a vegan and a sailor" is one."""
    second = word.child("appos") if word.dep == "attr" else None
    if second is not None and second.child("conj") and _article(word) == _article(second) != "":
        yield second
        yield from conjuncts(second)
    yield from conjuncts(word)


def _article(noun: Word) -> str:
    article = noun.child("det")
    return "" if article is None else article.lower.replace("an", "a")


def _to_or(word: Word) -> list[Edit]:
    """The last "and" or "but" of a coordination of phrases."""
    for part in (word, *_listed(word)):
        for child in part.children:
            joins = child.dep == "cc" and child.lower in {"and", "but"}
            if joins and not _before_not(part, child):
                return [Edit(child.start, child.end, "or")]
    return []


def _before_not(part: Word, joint: Word) -> bool:
    return any(w.lower in UNTURNED and w.previous is joint for w in part.subtree())


def _is_divisible(clause: Clause, word: Word) -> bool:
    """Whether denying "A and B" denies each of the two."""
    parts = [word, *_listed(word)]
    if len(parts) == 1:
        return False
    if f"{parts[0].lower}/{parts[1].lower}" in BINOMIALS:
        return False
    if any(part.tag in FINITE or part.child(*SUBJECTS) for part in parts[1:]):
        return False
    if clause.subject is not None and _is_joint(clause.subject, word):
        return False
    names = all(part.tag in {"NNP", "NNPS"} for part in parts)
    return not (names and clause.lemma in CREATION)


def _is_joint(subject: Word, word: Word) -> bool:
    """Whether the parts make up a plural subject together: "The colors are red and blue"."""
    plural = subject.tag in {"NNS", "NNPS"} or any(c.dep == "conj" for c in subject.children)
    if not plural:
        return False
    return word.dep == "attr" or subject.lower in {"colors", "colours", "flavors", "flavours"}
