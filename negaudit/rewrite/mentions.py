"""Who is meant: the claim's subject by name, by pronoun or by a description."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Set
from functools import lru_cache

import msgspec

from negaudit.rewrite.claims import is_event, is_work
from negaudit.rewrite.clauses import SUBJECTS
from negaudit.rewrite.fields import WORKPLACES
from negaudit.rewrite.lexicon import words
from negaudit.rewrite.topics import Topic, bare
from negaudit.rewrite.tree import Sentence, Word

__all__ = [
    "Context",
    "describes",
    "is_subject",
    "may_mention",
    "mentions",
    "names_subject",
    "own_pronouns",
    "refers",
]

MASCULINE, FEMININE = words("he him his himself"), words("she her hers herself")
SINGULAR = MASCULINE | FEMININE
MOSTLY = 3  # so many times as many pronouns of one sort show which is the subject's
FIRST = words("i me my mine myself we us our ours ourselves")
SECOND = words("you your yours yourself")
NOBODY = frozenset[str]()
THINGS = words("it its itself they them their theirs themselves")
DEFINITE = words("the this that these those")
HONORIFICS = words("dr dr. mr mr. mrs mrs. ms ms. sir lady dame prof prof. professor doctor")

PERSONS = words(
    "man woman boy girl father mother husband wife native resident veteran newcomer star celebrity"
)
ANYBODY = SINGULAR | FIRST | SECOND | PERSONS | {"old"}

# Two capitalised words in a row: somebody else, most likely, but behind "the" or "at" a place.
_FULL_NAME = re.compile(
    r"[A-Z][a-z'’-]+(?:(?<=\b[DM]r)\.|(?<=\bM[rs]s)\.|(?<=\bMs)\.|(?<=\bProf)\.)?(?: [A-Z]\.)?"
    r" [A-Z][\w'’-]+"
)
_PLACED = re.compile(r"\b(?:the|in|an|at|to|near|from) \Z", re.I)


class Context(msgspec.Struct, frozen=True):
    """What the text around a sentence says about it.

    Attributes:
        pronouns: What may stand for the claim's subject, "he" or "she" or both.
        live: Whether it does so when the sentence begins.
        speaks: Whether "I" does.
        pointed: Whether a frame speaks of this sentence alone.
        near: Whether a frame does so of a sentence beside it, so that a doubtful word tells.
        listed: Whether it is a line "Coach: Ann Lee" among others on the claim's subject.
        addressed: Whether "you" stands for the claim's subject.
        heading: Whether it is a heading, whose words the parser may misread.
        institutions: Names by which its text calls institutions of the claim's field.
    """

    pronouns: frozenset[str]
    live: bool
    speaks: bool
    pointed: bool
    near: bool = False
    listed: bool = False
    addressed: bool = False
    heading: bool = False
    institutions: frozenset[str] = NOBODY


def is_name_of(word: Word, topic: Topic) -> bool:
    """Whether a word is a name of the claim's subject and not of a namesake."""
    if word.lower not in topic.forms:
        return False
    if not topic.person:
        return True
    if not word.text[0].isupper():
        return False
    first, before = word, word.previous
    while before is not None and before.tag == "NNP" and before.text[0].isupper():
        if before.lower in HONORIFICS:
            break
        first, before = before, before.previous
    if first is word or bare(first.text) in topic.names:
        return True
    return not topic.first or first.lower[:2] == topic.first[:2]


def mentions(tree: Sentence, topic: Topic, context: Context) -> list[Word]:
    """The words of a sentence that stand for the claim's subject."""
    live = context.live
    person, forms = topic.person, topic.forms
    standing = context.pronouns if person else THINGS
    speaking = (FIRST if context.speaks else NOBODY) | (SECOND if context.addressed else NOBODY)
    found = []
    for word in tree.words:
        lower = word.lower
        if lower in forms and is_name_of(word, topic):
            found.append(word)
            if (noun := _named_noun(word)) is not None:
                found.append(noun)
            live = True
        elif person and word.tag == "NNP" and word.dep in SUBJECTS:
            live = False
        elif lower in standing or (
            person and (lower in PERSONS or lower.endswith("old")) and _is_somebody(word)
        ):
            if live and not _names_later(word, topic):
                found.append(word)
        elif lower in speaking:
            found.append(word)
    return found


def may_mention(found: Set[str], topic: Topic) -> bool:
    """Whether words in lower case have one that can stand for the claim's subject."""
    standing = ANYBODY if topic.person else THINGS
    return not (standing.isdisjoint(found) and topic.forms.isdisjoint(found))


def _named_noun(name: Word) -> Word | None:
    """The noun in front of a name that the parser hung below it: "my constituent Eva Holm"."""
    noun = name.head if name.dep == "appos" else None
    return (
        noun if noun is not None and noun.tag == "NN" and noun.index == name.first() - 1 else None
    )


def _is_somebody(word: Word) -> bool:
    """Whether a noun stands for a person who was named: "the 39-year-old", "the athlete"."""
    aged = word.lower.endswith("-year-old") or (
        word.lower == "old" and word.previous is not None and word.previous.text == "-"
    )
    if not (aged or (word.lower in PERSONS and word.tag == "NN")):
        return False
    before = word.previous
    for _ in range(5):
        if before is None or before.lower in DEFINITE:
            break
        before = before.previous
    following = word.following
    modifies = following is not None and following.tag.startswith("NN") and not aged
    return before is not None and before.lower == "the" and not modifies


def _names_later(pronoun: Word, topic: Topic) -> bool:
    """Whether the verb of a pronoun has the name below it: "he praised Holm" is another."""
    verb = pronoun.head
    if verb is None or pronoun.dep not in SUBJECTS:
        return False
    return any(w.index > pronoun.index and is_name_of(w, topic) for w in verb.subtree())


def is_subject(word: Word | None, found: list[Word]) -> bool:
    """Whether a clause's subject is the claim's subject."""
    return word in found


@lru_cache(maxsize=64)
def own_pronouns(text: str) -> frozenset[str]:
    """The pronouns that can stand for the claim's subject: those that its text has most of."""
    counts = Counter(text.lower().split())
    his, hers = (sum(counts[word] for word in group) for group in (MASCULINE, FEMININE))
    if max(his, hers) < MOSTLY * min(his, hers) or his == hers:
        return SINGULAR
    return MASCULINE if his > hers else FEMININE


@lru_cache(maxsize=1 << 12)
def names_subject(text: str, topic: Topic) -> bool | None:
    """Whether a text names the claim's subject, or else somebody; None where it names nobody."""
    if topic.named_in(text):
        return True
    names = (match.start() for match in _FULL_NAME.finditer(text))
    return False if any(not _PLACED.search(text, max(0, at - 6), at) for at in names) else None


def describes(word: Word, topic: Topic) -> bool:
    """Whether a noun phrase names the subject, the event or the place of work by the claim.

    "The dentist", "the victory", "the Portland practice"; not "a dentist", "dentists".
    """
    claim = topic.claim
    if is_work(word.lower, claim):
        return _is_definite(word, DEFINITE | THINGS)
    if not word.tag.startswith("NN") or word.tag in {"NNS", "NNPS"}:
        return False
    if topic.job and word.lower in WORKPLACES and word.lower in topic.around:
        head = word.head
        parts = word.dep == "compound" and head is not None and head.tag == "NN"
        return _is_definite(word) or (parts and head is not None and _is_definite(head))
    if word.lower in claim.roles:
        return _is_definite(word, DEFINITE | THINGS)
    return is_event(word, claim) and _is_definite(word)


def _is_definite(word: Word, definite: frozenset[str] = DEFINITE) -> bool:
    article = word.child("det", "poss")
    return article is not None and article.lower in definite


def refers(word: Word, found: list[Word]) -> bool:
    """Whether a noun belongs to the claim's subject: "his patients", "Holm's win"."""
    owner = word.child("poss")
    while owner is not None:
        if any(owner is w or (w.head is owner and w.dep == "compound") for w in found):
            return True
        owner = owner.child("poss")
    return False
