"""Clauses that are joined by "and", of which the parser took the joint for another."""

from __future__ import annotations

from negaudit.rewrite.clauses import SUBJECTS, TENSES
from negaudit.rewrite.inflection import base, can_be_verb, never_adjective, only_verb
from negaudit.rewrite.lexicon import COPULAS, words
from negaudit.rewrite.tree import Sentence, Word

__all__ = [
    "free_subject",
    "name_plural",
    "part_past",
    "raise_first_of_list",
    "split_nouns",
    "turn_subject",
]

OBJECTS = frozenset({"pobj", "dobj"})
MODIFIERS = frozenset({"amod", "nmod", "compound"})
PLURALS = frozenset({"NNS", "NNPS"})
# What something is once it has been treated so: "ate bread and fried fish".
TREATED = words(
    "baked boiled candied canned captured carved chopped crushed fried grilled hired iced imported "
    "knitted mashed melted minced packed painted pickled powdered printed recycled roasted salted "
    "sliced smoked spiced steamed stolen stuffed sugared toasted trained whipped woven"
)


def raise_first_of_list(sentence: Sentence) -> None:
    """Make "sings" the main verb of "She sings, dances and plays", where it was set beside."""
    second = sentence.root
    first = second.child("parataxis", "ccomp")
    if first is None or second.child(*SUBJECTS, "det", "aux", "auxpass") is not None:
        return
    comma, joint = second.previous, second.child("cc")
    listed = comma is not None and comma.text == "," and first.index < second.index
    if joint is None or not listed or first.child(*SUBJECTS) is None or first.supported:
        return
    if first.tag in TENSES & can_be_verb(second.text):
        sentence.raise_verb(first, "conj")
        second.tag = first.tag


def turn_subject(verb: Word) -> None:
    """Make "Saxony" the object in "rises in Bohemia, crosses Saxony and enters the sea"."""
    noun, comma = verb.child("nsubj"), verb.previous
    listed = comma is not None and comma.text == "," and verb.tag in TENSES
    if noun is None or not listed or verb.first() != verb.index or verb.supported:
        return
    if noun.index > verb.index and verb.lower not in COPULAS and verb.child("dobj") is None:
        noun.dep = "dobj"


def free_subject(sentence: Sentence) -> None:
    """Give "The deal, said Mr. Orr, saved us" its subject, where two people said so."""
    verb = sentence.root
    inserted = verb.child("parataxis", "ccomp")
    if inserted is None or verb.child(*SUBJECTS) is not None or inserted.index > verb.index:
        return
    nouns = [c for c in inserted.children if c.dep in SUBJECTS]
    comma = sentence.words[nouns[0].last()].following if len(nouns) > 1 else None
    if comma is not None and comma.text == ",":
        nouns[0].hang(verb)


def split_nouns(sentence: Sentence) -> None:
    """Part "live in the south and polar bears live in the north" at its "and", in place.

    A present-tense verb behind a plural that is an object already has no subject; the plural is
    it where an "and" stands in front of its last modifiers.
    """
    root = sentence.root
    if root.tag not in TENSES:
        return
    for verb in sentence.words[root.index + 1 :]:
        if verb.tag != "VBP":
            continue
        noun = verb.previous
        if noun is None or noun.tag not in PLURALS or verb.supported:
            continue
        if verb.head is None or verb.child(*SUBJECTS, "mark", "cc") is not None:
            continue
        part = next((c for c in noun.children if c.dep in MODIFIERS and c.child("cc")), None)
        if part is not None and noun.dep in OBJECTS and verb.dep != "relcl":
            _split(root, part, noun, verb)


def _split(root: Word, part: Word, noun: Word, verb: Word) -> None:
    joint, second, above = part.child("cc"), part.child("conj"), noun.head
    if joint is None or second is None or above is None or joint.index > noun.index:
        return
    early = [c for c in noun.children if c.index < joint.index and c is not part]
    part.hang(above, noun.dep)
    part.tag = "NN"
    for word in early:
        word.hang(part)
    second.hang(noun, "amod")
    joint.hang(root)
    noun.hang(verb, "nsubj")
    verb.hang(root, "conj")


def part_past(word: Word) -> None:
    """Make "loved" of "failed math and loved boxing" a verb, where it was an adjective."""
    past, noun = word.previous, word.head
    if past is None or noun is None or past.dep != "amod" or word.first() != past.index:
        return
    verb, joint = noun.head, past.previous
    if verb is None or verb.tag != "VBD" or noun.dep != "dobj" or joint is None:
        return
    if joint.tag != "CC" or past.lower in TREATED or not never_adjective(past.text):
        return
    if "VBD" in can_be_verb(past.text):
        past.tag = "VBD"
        past.hang(verb, "conj")
        joint.hang(verb)
        word.hang(past, "dobj")


def name_plural(word: Word) -> None:
    """Make "rides" of "Camel rides cross the desert" a noun, where its tag alone was a verb's."""
    verb, noun = word.head, word.child("nsubj")
    if word.dep == "compound":  # "The capital gains tax applies"
        verb = verb.head if verb is not None and verb.dep in SUBJECTS else None
    elif verb is not None and verb.tag != "VBP":
        return
    if verb is None or verb.tag not in TENSES or verb.index < word.index or word.tag != "VBZ":
        return
    if only_verb(base(word.text, "VBZ")) or word.child("dobj", "aux", "neg") is not None:
        return
    if noun is not None and noun.index == word.index - 1:
        word.tag, noun.dep = "NNS", "compound"


def join_compound(noun: Word) -> None:
    """Make "piano" of "The piano keys were made" a part of the subject, where it was its own."""
    part = noun.child("nsubj")
    if part is not None and part.index == noun.index - 1:
        part.dep = "compound"
