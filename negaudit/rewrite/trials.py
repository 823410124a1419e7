"""Trial sentences: a clear verb in place of a word that may be one.

English nouns and verbs share their forms ("practices", "reports", "ships"). A verb that is never
a noun shows whether the sentence can be read with a verb in that place.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from negaudit.rewrite.clauses import Form, clause_of
from negaudit.rewrite.commands import command_verb
from negaudit.rewrite.doubt import introduces
from negaudit.rewrite.inflection import base, can_be_plural, can_be_verb, is_known, only_verb
from negaudit.rewrite.lexicon import OPERATORS, REPORT, words
from negaudit.rewrite.slips import NOT_SINGULAR, opens_statement
from negaudit.rewrite.tree import Sentence, Word

__all__ = ["Reading", "readings"]

TRIALS = 4
# Verbs that are nothing else: with an object, without one, with an infinitive, with a gerund,
# with a clause.
TAKING = {"VBZ": "takes", "VBP": "take", "VBD": "took", "VB": "take"}
GOING = {"VBZ": "goes", "VBP": "go", "VBD": "went", "VB": "go"}
MAKING = {"VBZ": "makes", "VBP": "make", "VBD": "made", "VB": "make"}
INVOLVING = {"VBZ": "involves", "VBP": "involve", "VBD": "involved", "VB": "involve"}
WITH_GERUND = words("mean need risk love hate like regret stop start delay practise practice")
SAYING = {"VBZ": "says", "VBP": "say", "VBD": "said", "VB": "say"}
BEHIND_GOING = frozenset({"IN", "RB", "RBR", "RP", "TO", ".", ",", "VBZ", "VBP", "VBD", "MD"})
TIMES = frozenset({"when", "whenever", "where", "wherever"})
COMMAND = "You must "
NO_VERBS = frozenset({"VBG", "TO", "IN", "DT", "PRP", "CC", "MD", "RP", "WRB", "WP"})
DEGREES = frozenset({"too", "very", "so", "as", "more", "most", "less"})
CLOSING_MARKS = frozenset({",", '"', "'", "\u201d", "\u2019", ")", "''"})
ARTICLES = frozenset({"DT", "PRP$"})
NEVER_SUBJECT_END = frozenset({"DT", "IN", "PRP$", "TO", "CC", "WRB", "POS", "MD", "WDT"})


@dataclass(frozen=True)
class Reading:
    """A trial sentence with a clear verb in place of one word.

    Attributes:
        text: The trial sentence.
        place: Where the clear verb stands in the trial sentence.
        word: The word that it stands for.
        tag: The tag that it must get.
        shift: Characters put in front of the sentence ("You must" for a command).
        sure: Whether the dictionary or the first tagging knows the word as this verb form.
        gap: Characters put in front of the verb.
    """

    text: str
    place: int
    word: Word
    tag: str
    shift: int
    sure: bool
    gap: int = 0

    @property
    def fragment(self) -> bool:
        """Whether the verb would open the sentence, without a subject."""
        return self.word.previous is None and self.tag != "VB"


def readings(sentence: Sentence) -> list[Reading]:
    """Trial sentences, the likeliest first."""
    if clitic := _clitic_reading(sentence):
        return [clitic]
    command = command_verb(sentence)
    commands = [] if command is None else [_reading(sentence, command[0], "VB", command[1])]
    commanding = bool(commands) and commands[0].sure
    if commanding and commands[0].word.dep not in {"amod", "nsubj"}:
        return commands
    finite = sorted(_finite_readings(sentence), key=_unlikelihood)
    # "Store gas in milk jugs": a noun behind a preposition is the verb at the last.
    commanding = commanding or all(reading.word.dep == "pobj" for reading in finite)
    return ([*commands, *finite] if commanding else [*finite, *commands])[:TRIALS]


def _unlikelihood(reading: Reading) -> tuple[bool, ...]:
    word = reading.word
    following = word.following
    headed = (
        following is not None
        and following.text[0].isalnum()
        and (word.dep == "ROOT" or word.child("nsubj") is not None)
    )
    # "The night train studies plant cells": what has an article may well be singular.
    parted = reading.tag == "VBP" and word.tag != "VBP" and _opens_phrase(word).tag in ARTICLES
    return (word.index == 0, not reading.sure, word.tag != reading.tag, parted, not headed)


def _opens_phrase(word: Word) -> Word:
    """What stands in front of the nouns and adjectives in front of a word."""
    before = word.previous
    while before is not None and before.tag[:2] in {"NN", "JJ"}:
        before = before.previous
    return before or word


def _finite_readings(sentence: Sentence) -> Iterator[Reading]:
    opener = sentence.opener()
    ends = sentence.words[-1].text in {".", "!", "?", "\u201d", '"'}
    for word in sentence.words:
        if not word.text.isalpha() or word.tag in NO_VERBS or word.lower in OPERATORS | {"still"}:
            continue
        if word.text[0].isupper() and word is not opener and not sentence.titled:
            continue
        if (sentence.titled and word is sentence.words[-1]) or word.child("agent") is not None:
            continue
        if word.tag == "VBN" and word.supported:
            continue
        tags = _agreeing_tags(sentence, word, opener) & can_be_verb(word.text)
        if tags and not (word.tag in tags and introduces(word)):
            sure = only_verb(word.text) or word.tag in tags or _opens_clause(word)
            if not (sure or ends) and (tags == {"VBP"} or word is sentence.words[-1]):
                continue
            tag = word.tag if word.tag in tags else max(tags)
            yield _reading(sentence, word, tag, sure)


def _agreeing_tags(sentence: Sentence, word: Word, opener: Word | None) -> frozenset[str]:
    """The finite tags that the word in front allows."""
    before = word.previous
    if word is opener:
        return frozenset() if sentence.titled else frozenset({"VBZ"})
    if before is None or _ends_no_subject(before):
        return frozenset()
    if before.tag in NEVER_SUBJECT_END and before.text[-1].isalpha():
        return _behind_particle(before, word)
    plural = before.tag == "NNS" and is_known(before.text)
    plural = plural or (before.tag == "NN" and before.lower in NOT_SINGULAR)
    if plural or (before.tag == "JJ" and can_be_plural(before.text)):
        # "Cutting emissions costs jobs": what is done, and not the plural, may be the subject.
        done = opener is not None and opener.tag == "VBG"
        return frozenset({"VBP", "VBD", "VBZ"} if done else {"VBP", "VBD"})
    # "Trains from Lucerne stop": an unknown name may pass for an adjective.
    if before.tag in {"NN", "NNP", "NNS"} or (before.tag == "JJ" and _is_name(before)):
        plural = before.lower.endswith("s") or _follows_plural(sentence, before)
        return frozenset({"VBZ", "VBD", "VBP"} if plural else {"VBZ", "VBD"})
    article = before.previous
    alone = before.tag == "JJ" and (article is None or article.lower != "the")
    return frozenset({"VBZ", "VBD"} if alone else {"VBZ", "VBP", "VBD"})


def _behind_particle(before: Word, word: Word) -> frozenset[str]:
    """The tags of what is surely a verb: "Turning it off and on erases the disk"."""
    sure = only_verb(word.text) or _opens_clause(word)
    sure = sure or (word.tag == "VBZ" and before.dep == "prep")
    joined = before.dep == "conj" and before.head is not None and before.head.tag == "RP"
    return frozenset({"VBZ"} if before.tag == "IN" and (sure or joined) else ())


def _opens_clause(word: Word) -> bool:
    """Whether "that" follows a verb of report: "The sign outside states that ..."."""
    following = word.following
    return following is not None and following.lower == "that" and base(word.text, "VBZ") in REPORT


def _ends_no_subject(word: Word) -> bool:
    """Whether a mark other than a comma, or a count of what follows, stands here."""
    if word.lower in DEGREES:
        return True
    if word.tag == "CD":
        before = word.previous
        if before is None:
            return not word.text.isalpha()
        is_year = before.tag == "IN" and len(word.text) == 4
        is_name = before.tag.startswith("NN") and before.text[0].isupper()
        return not (is_year or is_name)
    return not word.text[-1].isalnum() and word.text[-1] not in CLOSING_MARKS


def _is_name(word: Word) -> bool:
    return word.text[0].isupper() and word.index > 0


def _follows_plural(sentence: Sentence, word: Word) -> bool:
    """Whether the noun in front belongs to a plural subject: "Objects in motion", "A and B"."""
    before = sentence.words[: word.index]
    return word.dep == "conj" or any(w.tag in {"NNS", "NNPS"} for w in before)


def _clitic_reading(sentence: Sentence) -> Reading | None:
    """The reading where "'s" was taken for a genitive: "The cat's asleep"."""
    for word in sentence.words:
        if word.lower != "'s" or word.dep != "case" or _names_place(sentence, word):
            continue
        if _is_no_genitive(word):
            start = sentence.words[0].start
            before = sentence.text[start : word.start]
            text = f"{before} is{sentence.text[word.end : sentence.end]}"
            return Reading(text, len(before) + 1, word, "VBZ", -start, True, gap=1)
    return None


def _names_place(sentence: Sentence, clitic: Word) -> bool:
    """Whether a clause that has its verb names whose place it was: "was wed at St Mary's"."""
    owner, clause = clitic.head, clause_of(sentence.root)
    placed = owner is not None and owner.dep == "pobj"
    return placed and clause.form is Form.FINITE and clause.subject is not None


def _is_no_genitive(clitic: Word) -> bool:
    """Whether no noun follows that somebody could own."""
    following = clitic.following
    if clitic.tag == "VBZ" or (following is not None and following.tag in {"DT", "PRP$"}):
        return True
    owner = clitic.head
    if owner is None or owner.head is None or owner.dep != "poss":
        return True
    return owner.head.tag[:2] not in {"NN", "VB", "CD"} and owner.head.tag != "JJS"


def _reading(sentence: Sentence, word: Word, tag: str, sure: bool) -> Reading:
    start = sentence.words[0].start
    front = COMMAND if tag == "VB" else ("He " if word is sentence.opener() else "")
    before = sentence.text[start : word.start] if not front else ""
    after = sentence.text[word.end : sentence.end]
    text = f"{front}{before}{_stand_in(word, tag)}{after}"
    shift = len(front) - (word.start if front else start)
    return Reading(text, len(front) + len(before), word, tag, shift, sure)


def _stand_in(word: Word, tag: str) -> str:
    """A clear verb that takes what follows the word."""
    following = word.following
    if opens_statement(word):
        return SAYING[tag]
    if base(word.text, tag) in {"let", "help"}:
        return MAKING[tag]
    if following is not None and following.tag == "VBG" and base(word.text, tag) in WITH_GERUND:
        return INVOLVING[tag]
    goes = following is None or following.tag in BEHIND_GOING or following.lower in TIMES
    return (GOING if goes else TAKING)[tag]
