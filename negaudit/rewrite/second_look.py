"""A second look at sentences whose first parse cannot be right.

English nouns and verbs share their forms ("practices", "reports", "ships"), and the parser
slips on them. Two signs give a slip away: the sentence has no predicate, or its verb does not
agree with its subject. Then each word that the dictionary also knows as a verb is tried: the
words in front of it are replaced by a pronoun, and the reading counts if the parser then takes
that word for the main verb.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from negaudit.rewrite.clauses import Form, clause_of
from negaudit.rewrite.inflection import can_be_verb, only_verb
from negaudit.rewrite.lexicon import COPULAS, INSTRUCTIONS
from negaudit.rewrite.tree import Sentence, Word

__all__ = ["Reading", "accepts", "is_suspect", "readings"]

TRIALS = 4
NOT_PLURAL = frozenset({"physics", "economics", "mathematics", "news", "politics", "series",
                        "means", "ethics", "genetics", "linguistics", "athletics", "species",
                        "headquarters", "statistics", "dynamics", "mechanics", "diabetes",
                        "years", "dollars", "miles", "percent", "minutes", "hours", "days"})
NOT_SINGULAR = frozenset({"people", "police", "number", "majority", "variety", "range", "cattle",
                          "data", "media", "lot", "half", "rest", "percent", "%", "pair", "group",
                          "percentage", "team", "staff", "family", "what", "who", "that", "which",
                          "couple", "handful", "bacteria", "none", "some", "all", "most"})


@dataclass(frozen=True)
class Reading:
    """A trial sentence for one word as the main verb.

    Attributes:
        text: The trial sentence: a pronoun and the words from the verb on.
        place: Where the verb stands in the trial sentence.
        shift: What to add to a place of the trial sentence for its place in the original.
        tag: The tag that the verb must get.
        sure: Whether the grammar leaves no other reading.
    """

    text: str
    place: int
    shift: int
    tag: str
    sure: bool


def is_suspect(sentence: Sentence) -> bool:
    """Whether the parse has no predicate, or one that does not agree with its subject."""
    clause = clause_of(sentence.root)
    if clause.form is Form.NOMINAL:
        return True
    verb = clause.finite
    if verb.lower in COPULAS or verb.tag not in {"VBZ", "VBP"} or clause.subject is None:
        return False
    return disagrees(clause.subject, verb)


def disagrees(subject: Word, verb: Word) -> bool:
    """Whether a subject's number rules out a verb in the present tense."""
    joined = any(c.dep in {"conj", "cc"} for c in subject.children)
    if joined or subject.lower in NOT_PLURAL | NOT_SINGULAR:
        return False
    if verb.tag == "VBZ":
        return subject.tag == "NNS" or (subject.lower in {"they", "we", "you", "i"})
    return subject.tag == "NN" and subject.lower not in {"i", "you"}


def readings(sentence: Sentence) -> list[Reading]:
    """Trial sentences, the likeliest first."""
    found = [*_finite_readings(sentence), *_imperative_reading(sentence)]
    return sorted(found, key=lambda r: not r.sure)[:TRIALS]


def _finite_readings(sentence: Sentence) -> Iterator[Reading]:
    opener = sentence.opener()
    for word in sentence.words:
        if not word.text.isalpha() or word.tag in {"VBG", "TO", "IN", "DT"}:
            continue
        tags = can_be_verb(word.text)
        wanted = _agreeing_tag(sentence, word, opener) & tags
        if wanted:
            pronoun = "They" if "VBP" in wanted else "He"
            sure = only_verb(word.text) or word.tag in wanted
            yield _reading(sentence, word, pronoun, min(wanted), sure)


def _agreeing_tag(sentence: Sentence, word: Word, opener: Word | None) -> frozenset[str]:
    """The finite tags that the word in front allows."""
    before = sentence.before(word)
    if word is opener:
        return frozenset({"VBZ"})
    if before is None:
        return frozenset()
    if before.tag in {"NNS", "NNPS"}:
        return frozenset({"VBP"})
    if before.tag in {"NN", "NNP", "NNPS"}:
        return frozenset({"VBZ"})
    return frozenset({"VBP"}) if _is_adjective_group(sentence, before) else frozenset()


def _is_adjective_group(sentence: Sentence, word: Word) -> bool:
    """ "the old": people, and so a plural subject."""
    article = sentence.before(word)
    return word.tag == "JJ" and article is not None and article.lower == "the"


def _imperative_reading(sentence: Sentence) -> Iterator[Reading]:
    opener = sentence.opener()
    if opener is None or "VBP" not in can_be_verb(opener.text):
        return
    following = sentence.after(opener)
    if following is None:
        return
    tagged = opener.tag in {"VB", "VBP"}
    if tagged or opener.lower in INSTRUCTIONS or following.tag in {"DT", "PRP$", "PRP"}:
        yield _reading(sentence, opener, "You must", "VB", tagged)


def _reading(sentence: Sentence, word: Word, pronoun: str, tag: str, sure: bool) -> Reading:
    rest = sentence.text[word.start : sentence.end]
    lowered = rest[0].lower() + rest[1:]
    place = len(pronoun) + 1
    return Reading(f"{pronoun} {lowered}", place, word.start - place, tag, sure)


def accepts(reading: Reading, parsed: list[Sentence]) -> bool:
    """Whether the parser took the trial's verb for the main verb, with the wanted tag."""
    if len(parsed) != 1:
        return False
    root = parsed[0].root
    return root.start == reading.place and root.tag == reading.tag
