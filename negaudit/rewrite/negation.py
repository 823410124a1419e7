"""Negates texts: read the sentences, negate each, splice."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from negaudit.rewrite.parser import load_parser
from negaudit.rewrite.prefix import body_start
from negaudit.rewrite.reading import Read, negate_read, read
from negaudit.rewrite.record import Edit, Negation, splice
from negaudit.rewrite.sentence import Outcome, negate_at, summary
from negaudit.rewrite.uncollected import uncollected

__all__ = ["BATCH", "negate", "negate_many", "negate_parsed"]

# Texts parsed at a time; the trees of so many are held at once.
BATCH = 256
# What "Yes, absolutely." and "No, absolutely not." end in.
EMPHATIC = frozenset({"absolutely", "definitely", "certainly"})


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
    places = at if at is not None else [None] * len(texts)
    return [
        negation
        for first in range(0, len(texts), BATCH)
        for negation in _negate_batch(
            texts[first : first + BATCH], places[first : first + BATCH], pipeline
        )
    ]


def _negate_batch(texts: list[str], places: Sequence[int | None], nlp: Any) -> list[Negation]:
    starts = [body_start(text) for text in texts]
    bodies = [text[start:] for text, start in zip(texts, starts, strict=True)]
    with uncollected():
        return [
            negate_parsed(text, start, found, None if place is None else place - start)
            for text, start, found, place in zip(
                texts, starts, read(bodies, nlp), places, strict=True
            )
        ]


def negate_parsed(text: str, start: int, sentences: list[Read], at: int | None = None) -> Negation:
    """The negation of a text whose sentences, from `start` on, are read already."""
    if at is None:
        outcomes = [negate_read(sentence) for sentence in sentences]
    else:
        outcomes = [_negate_at(s, at) for s in sentences if _covers(s, at)]
    outcomes = _with_answer(sentences, outcomes)
    edits = tuple(
        Edit(edit.start + start, edit.end + start, edit.text)
        for outcome in outcomes
        for edit in outcome.edits
    )
    status, reason = summary(outcomes)
    return Negation(splice(text, edits), status, reason, edits)


def _with_answer(sentences: list[Read], outcomes: list[Outcome]) -> list[Outcome]:
    """Turn a "Yes." in front of what is negated into "No."."""
    if len(outcomes) < 2 or not any(outcome.edits for outcome in outcomes[1:]):
        return outcomes
    words = [word for word in sentences[0].first.words if word.text[0].isalnum()]
    if not words or words[0].lower != "yes" or len(words) > 2:
        return outcomes
    edits = [Edit(words[0].start, words[0].end, "No" if words[0].text[0] == "Y" else "no")]
    if len(words) > 1:
        if words[1].lower not in EMPHATIC:
            return outcomes
        edits.append(Edit(words[1].end, words[1].end, " not"))
    return [Outcome(tuple(edits), "safe", "an answer"), *outcomes[1:]]


def _covers(sentence: Read, place: int) -> bool:
    return sentence.first.words[0].start <= place < sentence.first.end


def _negate_at(sentence: Read, at: int) -> Outcome:
    """Negate the clause at a place, in a tree that has only words of the text."""
    return negate_at(sentence.first if sentence.invented else sentence.tree, at)
