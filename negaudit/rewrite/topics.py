"""What a whole text says about a claim: its subject, its words, and the words of its field."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from negaudit.errors import UsageError
from negaudit.rewrite.claims import GAINS, Claim, read_claim, related
from negaudit.rewrite.clauses import clause_of
from negaudit.rewrite.fields import AMBIGUOUS, DOCTORS, FIELDS, ROLES, WORKPLACES
from negaudit.rewrite.lexicon import words
from negaudit.rewrite.reading import read
from negaudit.rewrite.reporting import claimed
from negaudit.rewrite.tree import Sentence, Word

__all__ = ["GENITIVE", "Topic", "bare", "read_topics", "tokens"]

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_MEASURE = re.compile(r"\d+(?:[.,]\d+)?(?:m|km|k|mi)")
GENITIVE = ("'", "’", "'s", "’s")
PERSONAL = words("he she they i we")
# Words of a predicate by which no sentence shows that it is about the claim.
_EMPTY = words(
    "be is are was were been being have has had having do does did make makes made making take "
    "takes took taken get gets got go goes went come comes came say says said work works worked "
    "working serve serves served first last new old year years time times day days one two three "
    "most more many much other such same own part kind way people person thing world city country "
    "his her their its it him them he she they who which that as of in on at by for with from to "
    "into than a an the and or not also known called"
)


@dataclass(frozen=True, eq=False)
class Topic:
    """A claim as texts speak of it.

    Attributes:
        text: The claim as one affirmative sentence.
        claim: Its names, verb, events and roles.
        names: Words of its subject, in lower case.
        first: First name of its subject, "" where it has no name of several words.
        given: All of its subject's name but the surname, as the claim spells it.
        person: Whether the subject has a name, so that pronouns may stand for it.
        terms: Words of its predicate.
        places: Those of them that are names: of a company, a country, a year's games.
        around: Words that go with it, whichever claim of its field it is.
        doctor: Whether it makes its subject a doctor of some sort.
        measured: Whether it speaks of a distance ("100m"), as of what others may tell it by.
        job: Whether it gives its subject an occupation, and with it a place of work.
    """

    text: str
    claim: Claim
    names: frozenset[str]
    first: str
    given: str
    surname: str
    person: bool
    terms: frozenset[str]
    places: frozenset[str]
    around: frozenset[str]
    doctor: bool
    job: bool
    measured: bool

    @cached_property
    def is_core(self) -> Callable[[str], bool]:
        """Whether a word in lower case is one of the claim's own, or of one stem with it."""
        return _Known(lambda word: _is_core(self, word)).__getitem__

    @cached_property
    def is_hit(self) -> Callable[[str], bool]:
        """Whether a word in lower case is of the claim or of its field."""
        return _Known(lambda word: _is_hit(self, word.removesuffix("."))).__getitem__

    @cached_property
    def forms(self) -> frozenset[str]:
        """The words of its subject with and without a genitive."""
        return frozenset(name + ending for name in self.names for ending in ("", *GENITIVE))

    @cached_property
    def is_told_by(self) -> Callable[[str], bool]:
        """Whether a word in lower case is a hit that tells the claim."""
        return _Known(lambda word: self.is_hit(word) and self.is_telling(word)).__getitem__

    def is_telling(self, word: str) -> bool:
        """Whether what has a hit, in lower case, is false with the claim.

        What only goes with an event may be true without it ("Ed is 1.73 metres tall"), and so may
        what has but a name in it ("Ann lives in Oslo", where she is no judge of).
        """
        if word in self.places:
            return False
        return self.is_core(word) or (self.job and word not in AMBIGUOUS)

    @cached_property
    def marks(self) -> frozenset[str]:
        """The words by which its contest is known: names, distances, and what was contested."""
        prizes = GAINS.get(self.claim.verb, "").split()
        distances = {t for t in self.terms if _MEASURE.fullmatch(t) or (t.isdigit() and len(t) < 4)}
        return (self.claim.gains - set(prizes)) | self.places | distances

    def is_marked(self, words: Iterable[str]) -> bool:
        """Whether words in lower case tell which contest is meant."""
        return any(word == mark or related(word, mark) for word in words for mark in self.marks)

    @cached_property
    def own(self) -> frozenset[str]:
        """The words of its predicate, and the nouns for its event and for who does it."""
        return self.terms | self.claim.events | self.claim.gains | self.claim.roles

    @cached_property
    def stems(self) -> dict[str, list[str]]:
        """Its own words by their first four letters, which related words share at least."""
        found: dict[str, list[str]] = defaultdict(list)
        for term in self.own:
            if len(term) > 3:
                found[term[:4]].append(term)
        return dict(found)

    def touches(self, text: str) -> bool:
        """Whether a text has any word by which it could be about the claim."""
        return any(map(self.is_hit, tokens(text))) or (self.doctor and self.named_in(text))

    def named_in(self, text: str) -> bool:
        """Whether a text names the subject."""
        return not self.forms.isdisjoint(tokens(text))

    def shown_in(self, text: str) -> bool:
        """Whether a text has a word that tells the claim."""
        return any(map(self.is_told_by, tokens(text)))

    def told_in(self, text: str) -> bool:
        """Whether a text has one of the claim's own words, or one of a stem with it."""
        return any(map(self.is_core, tokens(text)))


class _Known(dict[str, bool]):
    """Answers about words, each found once: the question is put to every word of every text."""

    def __init__(self, ask: Callable[[str], bool]) -> None:
        super().__init__()
        self._ask = ask

    def __missing__(self, word: str) -> bool:
        self[word] = answer = self._ask(word)
        return answer


@lru_cache(maxsize=1 << 14)
def tokens(text: str) -> frozenset[str]:
    """The words of a text in lower case."""
    return frozenset(_WORD.findall(text.lower()))


def bare(word: str) -> str:
    """A word in lower case without a genitive."""
    return word.lower().replace("’", "'").removesuffix("'s").removesuffix("'")


def _is_hit(topic: Topic, word: str) -> bool:
    measured = topic.measured and word[:1].isdigit()
    if word in topic.around or (measured and _MEASURE.fullmatch(word)):
        return True
    if "-" in word and any(_is_hit(topic, part) for part in word.split("-")):
        return True
    return topic.is_core(word)


def _is_core(topic: Topic, word: str) -> bool:
    if word in topic.names or word in _EMPTY:
        return False
    if word in topic.own or word.removesuffix("s") in topic.own:
        return True
    return any(related(word, term) for term in topic.stems.get(word[:4], ()))


def read_topics(claims: Iterable[str], nlp: Any) -> list[Topic]:
    """Take claims apart.

    Raises:
        UsageError: If one is empty.
    """
    texts = list(claims)
    topics = []
    for text, found in zip(texts, read(texts, nlp), strict=True):
        if not found:
            raise UsageError("a claim is empty", hint="give it as one affirmative sentence")
        topics.append(_topic(text, found[0].tree))
    return topics


def _topic(text: str, tree: Sentence) -> Topic:
    claim = read_claim(tree)
    verb = claimed(tree.root)
    subject = clause_of(verb).subject
    inside = {w.index for w in subject.subtree()} if subject is not None else set()
    names = claim.names or _nouns(subject)
    terms = _terms(tree, inside, names)
    job = bool(claim.roles) and not claim.verb
    near = terms | claim.roles | claim.events | claim.gains
    fields = [field for field in FIELDS if field & near]
    around = frozenset().union(*fields) - ROLES
    given = [w for w in subject.subtree() if w.tag == "NNP"] if subject is not None else []
    given.sort(key=lambda w: w.index)
    return Topic(
        text=text,
        claim=claim,
        names=names,
        first=given[0].lower if len(given) > 1 else "",
        given=" ".join(word.text for word in given[:-1]),
        surname=given[-1].text if given else "",
        person=bool(claim.names),
        terms=terms,
        places=frozenset(
            w.lower for w in tree.words if w.tag in {"NNP", "NNPS"} and w.lower in terms
        ),
        around=around | (WORKPLACES if job and fields else frozenset()),
        doctor=bool(claim.roles & DOCTORS),
        job=job,
        measured=any(_MEASURE.fullmatch(term) for term in terms),
    )


def _nouns(subject: Word | None) -> frozenset[str]:
    """The head noun of a subject without a name, in both numbers."""
    if subject is None or subject.lower in PERSONAL or not subject.tag.startswith("NN"):
        return frozenset()
    plain = subject.lower.removesuffix("s")
    return frozenset({subject.lower, plain, f"{plain}s"})


def _terms(tree: Sentence, inside: set[int], names: frozenset[str]) -> frozenset[str]:
    """The words of the predicate that carry meaning."""
    kept = {
        w.lower
        for w in tree.words
        if w.index not in inside and w.tag[:2] in {"NN", "VB", "JJ", "CD"} and w.text[0].isalnum()
    }
    return frozenset(word for word in kept if word not in _EMPTY and word not in names)
