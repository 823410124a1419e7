"""Reads sentences: one parse for all, a second one for those whose parse cannot be right."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from negaudit.rewrite.doubt import is_suspect, oddities
from negaudit.rewrite.parser import parse
from negaudit.rewrite.record import Edit
from negaudit.rewrite.second_look import adopt, strained
from negaudit.rewrite.sentence import NO_PREDICATE, Outcome, negate_sentence
from negaudit.rewrite.tree import Sentence, Word
from negaudit.rewrite.trials import Reading, readings

__all__ = ["Read", "negate_read", "read"]


LONGEST_SENTENCE = 250  # words; longer ones are lists or no prose, and their trees are deep
LONGEST_TEXT = 50_000  # characters


@dataclass(frozen=True)
class Read:
    """A sentence as the rules read it.

    Attributes:
        tree: The tree that the rules work on; its places are those of the text.
        first: The tree of the first parse; the same tree where that was sound.
        reading: What the second look changed, or None.
        doubt: How odd the tree still is.
    """

    tree: Sentence
    first: Sentence
    reading: Reading | None = None
    doubt: int = 0

    @property
    def invented(self) -> bool:
        """Whether the tree has a subject that the text has not."""
        reading = self.reading
        return reading is not None and (reading.fragment or reading.tag == "VB")


def read(texts: Iterable[str], nlp: Any) -> list[list[Read]]:
    """The sentences of each text; what is too long for one to be read as such is left out."""
    parsed = [
        [tree for tree in trees if len(tree.words) <= LONGEST_SENTENCE]
        for trees in parse((text if len(text) <= LONGEST_TEXT else "" for text in texts), nlp)
    ]
    better = _look_again([tree for trees in parsed for tree in trees if is_suspect(tree)], nlp)
    return [[better.get(id(tree)) or Read(tree, tree) for tree in trees] for trees in parsed]


def _look_again(suspects: list[Sentence], nlp: Any) -> dict[int, Read]:
    """The soundest second reading of each suspect, by the identity of its first tree."""
    pairs = [(tree, reading) for tree in suspects for reading in readings(tree)]
    if not pairs:
        return {}
    found: dict[int, Read] = {}
    parses = parse([reading.text for _, reading in pairs], nlp)
    for (first, reading), trees in zip(pairs, parses, strict=True):
        tree = adopt(first, reading, trees)
        if tree is None:
            continue
        doubt = oddities(tree) + reading.fragment + strained(reading) + is_suspect(tree)
        new = Read(tree, first, reading, doubt)
        known = found.get(id(first))
        if new.doubt < (oddities(first) + 2 if known is None else known.doubt):
            found[id(first)] = new
    return found


def negate_read(sentence: Read) -> Outcome:
    """Negate a sentence; edits on words that a trial put in front are left out."""
    outcome = negate_sentence(sentence.tree)
    reading = sentence.reading
    if reading is None:
        return outcome
    first = sentence.first
    floor = reading.word.start if reading.tag == "VB" else first.words[0].start
    edits = [edit for edit in outcome.edits if edit.start >= floor]
    if reading.tag == "VB":
        edits = [_command(first, reading.word), *edits]
    elif len(edits) < len(outcome.edits):
        return Outcome((), "display-only", NO_PREDICATE)
    edits = _with_capital(first, edits)
    if outcome.status == "safe" and not reading.sure:
        return Outcome(tuple(edits), "unsafe", "a word that may be a noun was read as the verb")
    return Outcome(tuple(edits), outcome.status, outcome.reason)


def _command(tree: Sentence, verb: Word) -> Edit:
    """Puts "do not" in front of a command's verb; "always" becomes "never"."""
    before = verb.previous
    if before is not None and before.lower == "always":
        return Edit(before.start, before.end, "never")
    text = verb.lower if verb is tree.opener() else verb.text
    return Edit(verb.start, verb.end, f"do not {text}")


def _with_capital(tree: Sentence, edits: list[Edit]) -> list[Edit]:
    """Give the capital of the sentence's first word to what now opens it."""
    opener = tree.opener()
    if not edits or opener is None or edits[0].start != opener.start:
        return edits
    first, *rest = edits
    if not opener.text[0].isupper():
        return edits
    return [Edit(first.start, first.end, first.text[0].upper() + first.text[1:]), *rest]
