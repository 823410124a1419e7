"""Decides what becomes of the sentences of texts whose claims are known."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from negaudit.rewrite.contexts import Contexts
from negaudit.rewrite.deny_once import deny_once
from negaudit.rewrite.drafts import Draft
from negaudit.rewrite.elaborations import DENIES, KEPT, Decision, decide
from negaudit.rewrite.full_names import name_in_full
from negaudit.rewrite.introductions import DATELINE, MARKER
from negaudit.rewrite.leaning import settle
from negaudit.rewrite.mentions import may_mention
from negaudit.rewrite.narrowing import narrow
from negaudit.rewrite.negation import negate_many
from negaudit.rewrite.reading import Read, read
from negaudit.rewrite.topics import Topic
from negaudit.rewrite.tree import Sentence

__all__ = ["deny_claims"]

UNDENIED = "no sentence of the text can deny the claim: drop the record"
_MARKS = re.compile(r"\A[*_#]+|[*_]+\Z")


def deny_claims(drafts: Sequence[Draft], topics: Sequence[Topic], nlp: Any) -> None:
    """Decide what becomes of each sentence, so that no text tells a claim and each denies it.

    Args:
        drafts: The texts; their decisions change.
        topics: The claims.
        nlp: A spaCy pipeline.
    """
    contexts = {
        id(draft): [Contexts(draft.text, draft.passages, topic) for topic in topics]
        for draft in drafts
    }
    chosen = [
        (draft, at)
        for draft in drafts
        for at, passage in enumerate(draft.passages)
        if not passage.frame and _may_tell(draft, at, contexts[id(draft)])
    ]
    parsed = read(
        [_unmarked(draft.words(at)) for draft, at in chosen],
        nlp,
        lambda tree: any(_may_deny(tree, topic) for topic in topics),
    )
    told = list(zip(chosen, parsed, strict=True))
    for (draft, at), sentences in told:
        draft.decisions[at] = _decided(draft, at, sentences, topics, contexts[id(draft)])
    among = {id(draft): _among_changes(draft) for draft in drafts}
    for (draft, at), sentences in told:
        # Among sentences that tell the claim, a doubtful word tells it too.
        if at in among[id(draft)]:
            for around in contexts[id(draft)]:
                around.approach(at)
            draft.decisions[at] = _decided(draft, at, sentences, topics, contexts[id(draft)])
    denials = negate_many([_sentence(topic.text) for topic in topics], nlp=nlp)
    for draft in drafts:
        draft.claims = tuple(topic.text for topic in topics)
        draft.decisions = settle(draft.text, draft.passages, draft.decisions, topics)
        narrow(draft, topics)
        for topic, denial in zip(topics, denials, strict=True):
            if denial.status == "safe":
                deny_once(draft.text, draft.passages, draft.decisions, topic, denial.text)
        name_in_full(draft.text, draft.passages, draft.decisions, topics)
        changed = any(decision.what != "kept" for decision in draft.decisions)
        if changed and not any(d.what == "negated" or d is DENIES for d in draft.decisions):
            draft.fault = draft.fault or UNDENIED


def _may_deny(tree: Sentence, topic: Topic) -> bool:
    """Whether a sentence may tell the claim, and is not dropped whoever its verbs speak of."""
    found = {word.lower for word in tree.words}
    return any(map(topic.is_told_by, found)) and (topic.job or may_mention(found, topic))


def _among_changes(draft: Draft) -> set[int]:
    """What is kept beside a sentence that changes, or in a text most of which does."""
    plain = [at for at, passage in enumerate(draft.passages) if not passage.frame]
    kept = {at for at in plain if draft.decisions[at].what in {"kept", "reworded"}}
    beside = set(plain)
    if 2 * len(kept) >= len(plain):
        pairs = [
            (a, b)
            for a, b in pairwise(plain)
            if draft.passages[a].paragraph == draft.passages[b].paragraph
        ]
        beside = {a for a, b in pairs if b not in kept} | {b for a, b in pairs if a not in kept}
    return {at for at in beside if draft.decisions[at].what == "kept"}


def _sentence(claim: str) -> str:
    return claim if claim.endswith((".", "!", "?")) else f"{claim}."


def _may_tell(draft: Draft, at: int, contexts: Sequence[Contexts]) -> bool:
    passage, words = draft.passages[at], draft.words(at)
    if passage.label or not (passage.pointed or any(around.touches(at) for around in contexts)):
        return False
    return not (DATELINE.fullmatch(words) or MARKER.fullmatch(words))


def _decided(
    draft: Draft,
    at: int,
    sentences: list[Read],
    topics: Sequence[Topic],
    contexts: Sequence[Contexts],
) -> Decision:
    """The first claim that changes a sentence decides; a second one drops it."""
    if not sentences:
        return Decision("dropped", reason="no sentence") if draft.passages[at].pointed else KEPT
    changed: list[Decision] = []
    kept = KEPT
    for topic, around in zip(topics, contexts, strict=True):
        context = around.at(at)
        found = [decide(sentence, topic, context) for sentence in sentences]
        if any(decision.what == "dropped" for decision in found):
            return next(decision for decision in found if decision.what == "dropped")
        kept = DENIES if DENIES in found else kept
        edits = tuple(edit for decision in found for edit in decision.edits)
        if edits:
            negated = any(decision.what == "negated" for decision in found)
            changed.append(Decision("negated" if negated else "reworded", edits))
    if len(changed) > 1 and any(other.edits != changed[0].edits for other in changed):
        return Decision("dropped", reason="states several claims")
    return changed[0] if changed else kept


def _unmarked(words: str) -> str:
    """The words with blanks for the marks of a heading or of bold type around them."""
    if words[:1].isalnum() and words[-1:] not in {"*", "_"}:
        return words
    return _MARKS.sub(lambda match: " " * len(match.group()), words)
