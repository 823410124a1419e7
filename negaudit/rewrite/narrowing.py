"""Narrows a text that mostly tells a claim to its denial and to what is about other things."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from negaudit.rewrite.anaphora import ANSWERED, JOINED
from negaudit.rewrite.drafts import Draft
from negaudit.rewrite.elaborations import DENIES, Decision
from negaudit.rewrite.introductions import is_opening
from negaudit.rewrite.leaning import ITEM, settle
from negaudit.rewrite.record import splice
from negaudit.rewrite.topics import Topic
from negaudit.rewrite.turns import is_conversation

__all__ = ["MOSTLY", "narrow"]

MOSTLY = "most of the text tells the claim, and what is left would be fragments: drop the record"
MOST = 0.6  # of a text's characters; what loses more was about the claim
MOST_OF_LONG, LONG = 0.67, 1200  # the same where so many characters are left
MOST_SAID = 0.35  # the same of a conversation, in which one turn answers another
OTHER = 6  # paragraphs of a conversation in a row that are about other things
FEWEST_WORDS, FEWEST_SENTENCES = 60, 3  # what makes a text, beside the denial
ENDS = tuple('.!?"”*')
DROPPED = Decision("dropped", reason="stands among what is dropped")


def narrow(draft: Draft, topics: Sequence[Topic]) -> None:
    """Where most of a text is lost, drop what is left beside it too.

    What stays beyond the denials are the paragraphs that it opens with, up to the first from
    which a sentence was taken, and of the later ones those that nothing was taken from and that
    do not name the claim's subject; of a conversation, only rows of these, in which it was about
    other things. A draft of which too little is left so is at fault.
    """
    lost = _share_lost(draft)
    said = lost > MOST_SAID and is_conversation(draft.text)
    most = MOST_SAID if said else MOST_OF_LONG if _left(draft) >= LONG else MOST
    if draft.is_short or lost <= most:
        return
    touched = _touched(draft, topics)
    if said:
        touched |= _between(sorted(touched))
        front = 0
    else:
        front = _front(draft)
    narrowed = [
        DROPPED
        if decision.what != "dropped"
        and draft.passages[at].paragraph >= front
        and _goes(draft, at, touched, topics)
        else decision
        for at, decision in enumerate(draft.decisions)
    ]
    # To settle drops more, so that what is too little already need not be settled.
    if _is_enough(draft, narrowed):
        narrowed = settle(draft.text, draft.passages, narrowed, topics)
    draft.decisions = narrowed
    if not _is_enough(draft, narrowed):
        draft.fault = MOSTLY


def _touched(draft: Draft, topics: Sequence[Topic]) -> set[int]:
    """The paragraphs of which a sentence changes, or would go for the name of the subject.

    The lines of a list or a table stand each for itself.
    """
    return {
        passage.paragraph
        for at, passage in enumerate(draft.passages)
        if not (passage.frame or ITEM.match(draft.words(at)))
        and (
            (draft.decisions[at].what != "kept" and not _is_joint(draft.decisions[at]))
            or _names(draft, at, topics)
        )
    }


def _is_joint(decision: Decision) -> bool:
    """Whether only what joined a sentence or a turn to a dropped one is gone."""
    return decision is ANSWERED or decision.reason == JOINED


def _front(draft: Draft) -> int:
    """The first paragraph from which a sentence was taken."""
    return next(
        (
            passage.paragraph
            for passage, decision in zip(draft.passages, draft.decisions, strict=True)
            if not passage.frame and decision.what in {"dropped", "negated"}
        ),
        0,
    )


def _names(draft: Draft, at: int, topics: Sequence[Topic]) -> bool:
    return any(topic.named_in(draft.words(at)) for topic in topics)


def _between(touched: Sequence[int]) -> set[int]:
    """The paragraphs in gaps too small for the talk to have gone on to other things."""
    gaps = (range(a + 1, b) for a, b in pairwise(touched))
    return {paragraph for gap in gaps if len(gap) < OTHER for paragraph in gap}


def _goes(draft: Draft, at: int, touched: set[int], topics: Sequence[Topic]) -> bool:
    decision, passage = draft.decisions[at], draft.passages[at]
    if passage.frame or decision is DENIES or decision.what == "negated":
        return False
    if _names(draft, at, topics):
        return True
    # Who speaks where and when goes with what is said there, when that is settled.
    return passage.paragraph in touched and not is_opening(draft.text, passage)


def _share_lost(draft: Draft) -> float:
    """The share of the content, in characters, that is dropped."""
    lengths = [0 if p.frame or p.label else p.end - p.start for p in draft.passages]
    lost = [
        length
        for length, decision in zip(lengths, draft.decisions, strict=True)
        if decision.what == "dropped"
    ]
    return sum(lost) / max(1, sum(lengths))


def _left(draft: Draft) -> int:
    """How many characters are left; those that are cut out of a sentence are not."""
    return sum(
        len(splice(draft.words(at), decision.edits))
        for at, decision in enumerate(draft.decisions)
        if decision.what != "dropped" and not draft.passages[at].frame
    )


def _is_enough(draft: Draft, decisions: Sequence[Decision]) -> bool:
    """Whether whole sentences are kept that make a text."""
    kept = [
        draft.words(at).split()
        for at, decision in enumerate(decisions)
        if decision.what == "kept" and not draft.passages[at].frame
    ]
    told = [len(words) for words in kept if len(words) > 5 and words[-1].endswith(ENDS)]
    return len(told) >= FEWEST_SENTENCES and sum(told) >= FEWEST_WORDS
