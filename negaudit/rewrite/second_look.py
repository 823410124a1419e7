"""A second look at sentences whose first parse cannot be right.

Where the parser slips (see `doubt`), words that the dictionary also knows as verbs are tried (see
`trials`): the reading counts if the parser takes the clear verb for a main predicate.
"""

from __future__ import annotations

from negaudit.rewrite.clauses import Form
from negaudit.rewrite.doubt import lacks_claim
from negaudit.rewrite.garden_path import part_inversion
from negaudit.rewrite.lexicon import INSTRUCTIONS, NOUN_INSTRUCTIONS, words
from negaudit.rewrite.retag import repair
from negaudit.rewrite.targets import main_clauses
from negaudit.rewrite.tree import Sentence, Word
from negaudit.rewrite.trials import TAKING, Reading

__all__ = ["adopt", "lacks_object", "strained"]

# What "heats" or "lights" something without an article, so that it need be no command.
MASS_NOUNS = frozenset({"heat", "water", "light", "email", "text", "tape", "drink", "paste"})
# Past forms that are participles where they have no object: "a protein found in saliva".
NEED_OBJECT = words("found made built used bought brought sent held kept caught taught given seen")


def strained(reading: Reading, tree: Sentence | None = None) -> bool:
    """Whether the subject would end in an adjective, other than in "the old man the boats".

    With the trial's tree, one that the trial shows as a noun is none.
    """
    before = reading.word.previous
    if before is None:
        return False
    commands = INSTRUCTIONS | NOUN_INSTRUCTIONS - (MASS_NOUNS if reading.tag == "VBZ" else set())
    if before.previous is None and before.lower in commands:
        return True
    if not before.tag.startswith("JJ") or before.lower in NOUN_INSTRUCTIONS:
        return False
    if tree is not None and any(w.start == before.start and w.tag == "NN" for w in tree.words):
        return False
    if reading.word.text[0].isupper():
        return False
    return before.previous is None or before.previous.lower != "the"


def lacks_object(tree: Sentence, reading: Reading) -> bool:
    """Whether a verb that stands for one with an object has none."""
    if reading.word.lower in NEED_OBJECT and reading.text.startswith("went", reading.place):
        return True
    if not reading.text.startswith(TAKING[reading.tag], reading.place):
        return False
    verb = next((word for word in tree.words if word.start == reading.word.start), None)
    return (
        verb is not None and verb.child("dobj", "ccomp", "xcomp", "acomp", "attr", "dative") is None
    )


def _verb_at(sentence: Sentence, tree: Sentence, reading: Reading) -> Word | None:
    """The clear verb, where it heads a main clause or one under it.

    Under the main clause it counts if it was a verb before, or if nothing else was.
    """
    clauses = main_clauses(tree)
    if tree.root.start == reading.place:
        return tree.root
    for clause in clauses:
        if clause.verb.start == reading.place:
            return clause.verb
    if any(c.form is Form.NOMINAL for c in clauses):
        return None
    for word in tree.words:
        if word.start == reading.place:
            if word.dep == "conj" and any(c.verb is word.head for c in clauses):
                return word
            known = reading.sure and word.dep in {"relcl", "csubj", "parataxis"}
            return word if known or (lacks_claim(sentence) and _is_introduced(word)) else None
    return None


def _is_supported(verb: Word, reading: Reading) -> bool:
    """Whether the base form stands behind a "do": "Why do cats bark?"."""
    return verb.tag == "VB" and reading.tag == "VBP" and verb.child("aux") is not None


def _is_introduced(verb: Word) -> bool:
    """Whether a conjunction opens the clause under the main one."""
    return verb.dep in {"csubj", "csubjpass", "acl", "advcl"} and any(
        c.dep == "mark" or c.tag == "WRB" for c in verb.children
    )


def adopt(sentence: Sentence, reading: Reading, parsed: list[Sentence]) -> Sentence | None:
    """The trial's tree with the word itself back in it, or None if the trial failed.

    Places in the tree are those of the original sentence; the words of a pronoun put in front
    have places before it.
    """
    if len(parsed) != 1:
        return None
    tree = parsed[0]
    verb = _verb_at(sentence, tree, reading)
    if verb is None or not (verb.tag == reading.tag or _is_supported(verb, reading)):
        return None
    other = verb.child("conj")
    listed = verb is not tree.root or (other is not None and other.tag == verb.tag)
    # "Iron floats, whereas cork sinks".
    listed |= any(c.dep == "mark" for w in verb.children if w.dep == "advcl" for c in w.children)
    if not listed and reading.text[reading.place :].partition(" ")[0].endswith(","):
        return None
    stretch = len(reading.word.text) - len(verb.text)
    for word in tree.words:
        move = -reading.shift
        if word.start >= reading.place:
            move -= reading.gap
        if word.start > reading.place:
            move += stretch
        word.forget()
        word.start += move
        word.end += move
    verb.text, verb.lower = reading.word.text, reading.word.lower
    verb.end = verb.start + len(verb.text)
    tree.text, tree.claimed = sentence.text, None
    tree.known_contraction = sentence.contracted or bool(reading.gap)
    part_inversion(tree)
    repair(tree)
    return tree
