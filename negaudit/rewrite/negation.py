"""Negates texts: parse in batches, look again where the parse cannot be right, splice."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from negaudit.rewrite.doubt import is_suspect, oddities
from negaudit.rewrite.parser import load_parser, parse
from negaudit.rewrite.prefix import body_start
from negaudit.rewrite.record import Edit, Negation, Status, splice
from negaudit.rewrite.second_look import Reading, adopt, readings
from negaudit.rewrite.sentence import NO_PREDICATE, Outcome, negate_at, negate_sentence
from negaudit.rewrite.tree import Sentence, Word

__all__ = ["negate", "negate_many"]

DOUBT: tuple[Status, ...] = ("display-only", "unsafe", "safe", "unchanged")


@dataclass(frozen=True)
class Trial:
    """A second reading of a sentence, its parse, and how odd that is."""

    reading: Reading
    tree: Sentence
    doubt: int


def negate(sentence: str, *, at: int | None = None, nlp: Any = None) -> Negation:
    """The local negation of a sentence.

    Args:
        sentence: One sentence; further sentences of the same text are negated as well.
        at: A character of the predicate that is to be negated, for instance of a relative
            clause or an apposition; None negates what the sentence claims.
        nlp: A spaCy pipeline with a tagger and a parser; None loads the installed model.

    Raises:
        UsageError: If no pipeline is given and none is installed.
    """
    return negate_many([sentence], at=[at], nlp=nlp)[0]


def negate_many(
    sentences: Iterable[str],
    *,
    at: Sequence[int | None] | None = None,
    nlp: Any = None,
) -> list[Negation]:
    """The local negations of many sentences, parsed in batches; see `negate`."""
    texts = list(sentences)
    pipeline = nlp if nlp is not None else load_parser()
    starts = [body_start(text) for text in texts]
    parsed = parse([text[start:] for text, start in zip(texts, starts, strict=True)], pipeline)
    places = at if at is not None else [None] * len(texts)
    trials = _look_again(parsed, pipeline)
    return [
        _negate_text(text, start, trees, None if place is None else place - start, trials)
        for text, start, trees, place in zip(texts, starts, parsed, places, strict=True)
    ]


def _look_again(parsed: list[list[Sentence]], nlp: Any) -> dict[int, Trial]:
    """The soundest trial of each suspect sentence, by the sentence's identity."""
    suspects = [tree for trees in parsed for tree in trees if is_suspect(tree)]
    pairs = [(tree, reading) for tree in suspects for reading in readings(tree)]
    if not pairs:
        return {}
    found: dict[int, Trial] = {}
    parses = parse([reading.text for _, reading in pairs], nlp)
    for (tree, reading), trees in zip(pairs, parses, strict=True):
        adopted = adopt(tree, reading, trees)
        if adopted is None:
            continue
        trial = Trial(reading, adopted, oddities(adopted) + reading.fragment)
        known = found.get(id(tree))
        if known is None or trial.doubt < known.doubt:
            found[id(tree)] = trial
    return found


def _negate_text(
    text: str, start: int, trees: list[Sentence], at: int | None, trials: dict[int, Trial]
) -> Negation:
    outcomes: list[Outcome] = []
    for tree in trees:
        if at is None:
            trial = trials.get(id(tree))
            outcomes.append(_from_trial(tree, trial) if trial else negate_sentence(tree))
        elif tree.words[0].start <= at < tree.end:
            outcomes.append(negate_at(tree, at))
    edits = tuple(_moved(edit, start) for outcome in outcomes for edit in outcome.edits)
    status, reason = _summary(outcomes)
    return Negation(splice(text, edits), status, reason, edits)


def _moved(edit: Edit, by: int) -> Edit:
    return Edit(edit.start + by, edit.end + by, edit.text)


def _summary(outcomes: list[Outcome]) -> tuple[Status, str]:
    """The most doubtful status of the sentences that changed, else of all."""
    relevant = [outcome for outcome in outcomes if outcome.edits] or outcomes
    if not relevant:
        return "display-only", NO_PREDICATE
    worst = min(relevant, key=lambda outcome: DOUBT.index(outcome.status))
    return worst.status, worst.reason


def _from_trial(tree: Sentence, trial: Trial) -> Outcome:
    """The outcome of a second reading; edits on a word put in front are left out."""
    outcome = negate_sentence(trial.tree)
    reading = trial.reading
    floor = reading.word.start if reading.tag == "VB" else tree.words[0].start
    edits = [edit for edit in outcome.edits if edit.start >= floor]
    if reading.tag == "VB":
        edits = [_command(tree, reading.word), *edits]
    elif len(edits) < len(outcome.edits):
        return Outcome((), "display-only", NO_PREDICATE)
    edits = _with_capital(tree, edits)
    if outcome.status == "safe" and not reading.sure:
        return Outcome(tuple(edits), "unsafe", "a word that may be a noun was read as the verb")
    return Outcome(tuple(edits), outcome.status, outcome.reason)


def _command(tree: Sentence, verb: Word) -> Edit:
    """As in "do not" in front of a command's verb; "always" becomes "never"."""
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
