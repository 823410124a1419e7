"""Nouns that the parser took for verbs or function words: "May resigned", "The Who played".

A capital inside a sentence marks a name, whatever the word means without it.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import takewhile

from negaudit.rewrite.clauses import SUBJECTS, TENSES, WH_TAGS
from negaudit.rewrite.inflection import base, can_be_verb
from negaudit.rewrite.lexicon import REPORT, words
from negaudit.rewrite.tree import Sentence, Word

__all__ = ["hidden_names"]

# What no name is tagged as; a participle may be part of one ("United").
NO_NAME = TENSES | WH_TAGS | {"VB", "VBN", "VBG", "UH", "DT"}
READ = NO_NAME | {"MD", "NFP", "POS"}
OPENS_OBJECT = frozenset({"DT", "CD", "PRP$", "NNP"})
FINITE_OPERATORS = words("does did has had is are was were")
INSIDE_TITLES = words("of the and for in to a an on with at by or")
BARE = frozenset({"NN", "NNS", "JJ"})
MODIFIERS = frozenset({"amod", "compound", "nmod"})
# Of the modals, these are names as well.
MODAL_NAMES = frozenset({"May", "Will", "Might"})
MODAL_NOUNS = frozenset({"may", "will", "might", "can", "must", "do"})


def hidden_names(sentence: Sentence) -> Iterator[Word]:
    """The words that are names by their capital, or by what follows them.

    An "'s" that ends a name stands for the whole name.
    """
    yield from _opening_title(sentence)
    for word in sentence.words:
        if word.tag not in READ and word.text not in MODAL_NAMES:
            continue
        if word.tag == "POS":
            hidden = _ends_name(word) and _lacks_verb(sentence.root)
        elif word.tag == "NFP":
            hidden = word.text[0].isupper()
        elif word.text[0].isupper():
            hidden = (_is_inner_name(word) or _is_modal_name(word)) and not sentence.titled
        elif word.tag == "MD":
            hidden = _is_no_modal(word)
        else:
            hidden = word.tag in TENSES and _is_particle(word)
        if hidden:
            yield word


def _opening_title(sentence: Sentence) -> list[Word]:
    """The capitals of "Do the Right Thing won an Oscar", taken for a command."""
    opener = sentence.words[0]
    if opener.tag not in {"VB", "VBP"} or not opener.text[0].isupper() or sentence.titled:
        return []
    run = list(takewhile(_may_be_titled, sentence.words))
    verb = run[-1].following
    if len(run) < 2 or not run[-1].text[0].isupper() or verb is None or verb.dep == "amod":
        return []
    if verb.lower not in FINITE_OPERATORS and not _opens_predicate(verb):
        return []
    return [word for word in run if word.text[0].isupper()]


def _opens_predicate(verb: Word) -> bool:
    """Whether this may be a finite verb, and an article shows that it has an object."""
    thing = verb.following
    opens = thing is not None and thing.tag in OPENS_OBJECT
    return opens and bool(can_be_verb(verb.text) & {"VBZ", "VBD"})


def _may_be_titled(word: Word) -> bool:
    return word.text[0].isupper() or word.lower in INSIDE_TITLES


def _is_inner_name(word: Word) -> bool:
    before = word.previous
    if before is None or word.tag not in NO_NAME or not word.text[1:].islower():
        return _opens_name(word)
    if word.dep in MODIFIERS or (word.text == "The" and before.lower != "the"):
        return False
    return before.text[-1].isalnum() or before.text == ","


def _ends_name(clitic: Word) -> bool:
    """Whether this may be the end of "Macy's", where the sentence has no other verb.

    A past form is no adjective in front of an article: "Macy's closed a store".
    """
    owner, verb = clitic.previous, clitic.following
    thing = None if verb is None else verb.following
    if owner is None or verb is None or thing is None or not owner.text[0].isupper():
        return False
    tags = can_be_verb(verb.text)
    return ("VBZ" in tags and thing.tag in OPENS_OBJECT | BARE) or (
        "VBD" in tags and thing.tag in OPENS_OBJECT
    )


def _lacks_verb(root: Word) -> bool:
    """Whether the sentence has no verb yet, or one that a clause may be the object of."""
    return root.tag[:2] not in {"VB", "MD"} or base(root.text, root.tag) in REPORT


def _opens_name(word: Word) -> bool:
    """Whether this is the "Take" of "Take That played", or the "Might" of "Might Be Giants"."""
    following = word.following
    if following is None or word.tag not in {"VB", "VBP", "MD"}:
        return False
    return following.text[0].isupper() and _is_inner_name(following)


def _is_modal_name(word: Word) -> bool:
    """Whether this is the "Will" of "Will went home", which a base form would follow."""
    if word.tag == "MD" or word.dep == "aux":
        return _is_no_modal(word)
    # "show that May resigned", where "that" pointed at May.
    that = word.child("det")
    if word.text not in MODAL_NAMES or that is None or that.lower != "that":
        return False
    return word.dep not in SUBJECTS and word.following is not None


def _is_no_modal(word: Word) -> bool:
    """Whether no base form follows a modal, as in "His will names her"."""
    following = word.following if word.lower in MODAL_NOUNS else None
    while following is not None and following.tag == "NNP":
        following = following.following
    if following is None or not following.tag.startswith("VB"):
        return False
    tags = can_be_verb(following.text)
    return bool(tags) and "VBP" not in tags


def _is_particle(word: Word) -> bool:
    """Whether an unknown word stands between two capitals: "Ngugi wa Thiong'o"."""
    before, following = word.previous, word.following
    if before is None or following is None or can_be_verb(word.text) or not word.text.isalpha():
        return False
    return before.text[0].isupper() and following.text[0].isupper()
