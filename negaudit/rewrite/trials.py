"""Trial sentences: a clear verb in place of a word that may be one.

English nouns and verbs share their forms ("practices", "reports", "ships"). A verb that is never
a noun shows whether the sentence can be read with a verb in that place.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from negaudit.rewrite.agreement import agreeing_tags, follows_place, opens_clause
from negaudit.rewrite.clauses import Form, clause_of
from negaudit.rewrite.commands import command_verb, ends_command
from negaudit.rewrite.doubt import introduces
from negaudit.rewrite.hidden_reports import opens_statement
from negaudit.rewrite.homographs import is_noun_first
from negaudit.rewrite.inflection import base, can_be_verb, only_verb
from negaudit.rewrite.lexicon import OPERATORS, REPORT, words
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
BEING = {"VBZ": "is", "VBP": "are", "VBD": "were", "VB": "be"}
SAYING = {"VBZ": "says", "VBP": "say", "VBD": "said", "VB": "say"}
BEHIND_GOING = frozenset({"IN", "RB", "RBR", "RP", "TO", ".", ",", "VBZ", "VBP", "VBD", "MD"})
# Words that open a time or a direction.
TIMES = words("when whenever where wherever every each once twice north south east west")
COMMAND = "You must "
NO_VERBS = frozenset({"VBG", "TO", "IN", "DT", "PRP", "CC", "MD", "RP", "WRB", "WP"})
ARTICLES = frozenset({"DT", "PRP$"})


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
    if (
        commanding
        and commands[0].word.dep not in {"amod", "nsubj"}
        and not _parts_command(sentence)
    ):
        return commands
    finite = sorted(_finite_readings(sentence), key=_unlikelihood)
    if commanding:
        return [*commands, *finite][:TRIALS]
    # "Store gas in milk jugs": a noun behind a preposition is the verb at the last.
    late = [reading for reading in finite if commands and reading.word.dep == "pobj"]
    early = [reading for reading in finite if reading not in late]
    return [*early, *commands, *late][:TRIALS]


def _parts_command(sentence: Sentence) -> bool:
    thing = sentence.root.child("dobj")
    return thing is not None and ends_command(thing)


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
    # "Chess masters study endgames": a bare singular opens a plural sooner than a clause.
    before = word.previous
    opens = before is not None and before.previous is None and before.tag == "NN"
    bare = opens and following is not None and "VBP" in can_be_verb(following.text)
    # "The bank cut rates": a past form opens an object sooner than it ends a noun.
    past = reading.tag == "VBZ" and before is not None and before.dep == "compound"
    bare |= past and before is not None and "VBD" in can_be_verb(before.text)
    return (word.index == 0, not reading.sure, word.tag != reading.tag, parted, bare, not headed)


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
        if not word.text.isalpha() or word.lower in OPERATORS | {"still"}:
            continue
        if word.tag in NO_VERBS and word.lower != "back" and not _follows_that(word):
            continue
        if word.text[0].isupper() and word is not opener and not sentence.titled:
            continue
        if (sentence.titled and word is sentence.words[-1]) or word.child("agent") is not None:
            continue
        if word.tag == "VBN" and word.supported:
            continue
        tags = agreeing_tags(sentence, word, opener) & can_be_verb(word.text)
        if tags and not (word.tag in tags and introduces(word)):
            sure = only_verb(word.text) or word.tag in tags or opens_clause(word)
            if not (sure or ends) and (tags == {"VBP"} or word is sentence.words[-1]):
                continue
            tag = word.tag if word.tag in tags else max(tags)
            yield _reading(sentence, word, tag, sure)
            if tag == "VBP" and "VBD" in tags and word.previous and word.previous.tag == "JJ":
                # "The key fit": the adjective may be a noun, of which there is one.
                yield _reading(sentence, word, "VBD", sure)


def _follows_that(word: Word) -> bool:
    """Whether this is the "like" of "show that plants like salt"."""
    noun = word.previous if word.lower == "like" else None
    that = None if noun is None or noun.tag != "NNS" else noun.previous
    return that is not None and that.lower == "that"


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
    text = f"{front}{before}{_stand_in(word, tag, follows_place(sentence, word))}{after}"
    shift = len(front) - (word.start if front else start)
    return Reading(text, len(front) + len(before), word, tag, shift, sure)


def _stand_in(word: Word, tag: str, placed: bool) -> str:
    """A clear verb that takes what follows the word; `placed` behind a place."""
    following = word.following
    if opens_statement(word):
        return SAYING[tag]
    if base(word.text, tag) in {"let", "help"}:
        return MAKING[tag]
    if following is not None and following.tag == "VBG" and base(word.text, tag) in WITH_GERUND:
        return INVOLVING[tag]
    if placed:
        return BEING[tag]
    if following is not None and following.text == "," and base(word.text, tag) in REPORT:
        return SAYING[tag]
    goes = following is None or following.tag in BEHIND_GOING or following.lower in TIMES
    goes = goes and (following is None or not is_noun_first(following))
    return (GOING if goes else TAKING)[tag]
