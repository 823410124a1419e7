"""Reads sentences: one parse for all, a second one for those whose parse cannot be right."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import msgspec

from negaudit.rewrite.doubt import is_suspect, oddities
from negaudit.rewrite.homographs import is_noun_first
from negaudit.rewrite.parser import parse
from negaudit.rewrite.record import Edit
from negaudit.rewrite.second_look import adopt, lacks_object, strained
from negaudit.rewrite.sentence import NO_PREDICATE, Outcome, negate_sentence
from negaudit.rewrite.tree import Sentence, Word
from negaudit.rewrite.trials import Reading, readings

__all__ = ["Read", "negate_read", "read"]


LONGEST_SENTENCE = 250  # words; longer ones are lists or no prose, and their trees are deep
LONGEST_TEXT = 50_000  # characters
LONGEST_TWICE = 24  # words


class Read(msgspec.Struct, frozen=True):
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

    @property
    def is_unlikely(self) -> bool:
        """Whether the second look made a verb of what is a noun first."""
        return self.reading is not None and is_noun_first(self.reading.word)


def read(
    texts: Iterable[str], nlp: Any, matters: Callable[[Sentence], bool] = lambda _: True
) -> list[list[Read]]:
    """The sentences of each text; what is too long for one to be read as such is left out.

    Args:
        texts: One or more sentences each.
        nlp: A spaCy pipeline.
        matters: Whether a sentence may have to be negated, so that its parse must be right.
    """
    parsed = [
        [tree for tree in trees if len(tree.words) <= LONGEST_SENTENCE]
        for trees in parse((text if len(text) <= LONGEST_TEXT else "" for text in texts), nlp)
    ]
    negated = [tree for trees in parsed for tree in trees if matters(tree)]
    better = _look_again([tree for tree in negated if is_suspect(tree)], nlp)
    return [[better.get(id(tree)) or Read(tree, tree) for tree in trees] for trees in parsed]


def _look_again(suspects: list[Sentence], nlp: Any) -> dict[int, Read]:
    """The soundest second reading of each suspect, by the identity of its first tree.

    The likeliest is tried first, the others where that is not sound. Where one verb slipped,
    another may have slipped too.
    """
    found: dict[int, Read] = {}
    slips: list[tuple[Sentence, Reading, Sentence, Reading]] = []
    waiting = [(tree, readings(tree)) for tree in suspects]
    for turn in (slice(0, 1), slice(1, None)):
        pairs = [
            (tree, reading)
            for tree, likely in waiting
            if not _is_settled(found.get(id(tree)))
            for reading in likely[turn]
        ]
        for first, reading, trees in _try(pairs, nlp):
            if len(trees) == 1 and _may_slip_twice(first, reading) and _is_unsound(trees[0]):
                slips += [(first, reading, trees[0], below) for below in readings(trees[0])]
            _keep(found, first, reading, trees)
    unsound = [slip for slip in slips if id(slip[0]) not in found or found[id(slip[0])].doubt]
    plain = [slip for slip in unsound if not slip[3].fragment and slip[3].tag != "VB"]
    for slip, (trial, below, trees) in zip(plain, _try([s[2:] for s in plain], nlp), strict=True):
        if not strained(below) and (tree := adopt(trial, below, trees)) is not None:
            _keep(found, slip[0], slip[1], [tree])
    return found


def _is_settled(known: Read | None) -> bool:
    """Whether no other reading can be sounder."""
    return known is not None and not known.doubt and not known.is_unlikely


def _may_slip_twice(sentence: Sentence, reading: Reading) -> bool:
    """Whether a second verb is looked for; two slips at once are hardly found among many words."""
    return reading.tag != "VB" and len(sentence.words) <= LONGEST_TWICE


def _is_unsound(tree: Sentence) -> bool:
    return is_suspect(tree) or oddities(tree) > 0


def _try(
    pairs: list[tuple[Sentence, Reading]], nlp: Any
) -> Iterator[tuple[Sentence, Reading, list[Sentence]]]:
    """Each sentence and reading with the trees of its trial."""
    parses = parse([reading.text for _, reading in pairs], nlp) if pairs else []
    for (sentence, reading), trees in zip(pairs, parses, strict=True):
        yield sentence, reading, trees


def _keep(found: dict[int, Read], first: Sentence, reading: Reading, trees: list[Sentence]) -> None:
    """Take the reading where it is sounder than what is known of the sentence."""
    tree = adopt(first, reading, trees)
    if tree is None:
        return
    doubt = oddities(tree) + is_suspect(tree)
    doubt += reading.fragment + strained(reading, tree) + lacks_object(tree, reading)
    known = found.get(id(first))
    if known is None:
        better = doubt <= oddities(first)
    else:
        better = (doubt, is_noun_first(reading.word)) < (known.doubt, known.is_unlikely)
    if better:
        found[id(first)] = Read(tree, first, reading, doubt)


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
