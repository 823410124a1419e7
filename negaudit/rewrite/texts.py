"""Rewrites framed texts: frames go, the claim is negated, what only elaborates it goes too."""

from __future__ import annotations

import gc
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import pairwise
from typing import Any

import msgspec

from negaudit.rewrite.bare import negate_all
from negaudit.rewrite.contexts import Contexts
from negaudit.rewrite.deny_once import deny_once
from negaudit.rewrite.elaborations import DENIES, KEPT, Decision, decide
from negaudit.rewrite.introductions import DATELINE, MARKER
from negaudit.rewrite.leaning import settle
from negaudit.rewrite.mining import Mined, mine
from negaudit.rewrite.negation import negate_many
from negaudit.rewrite.outline import assemble
from negaudit.rewrite.parser import load_parser
from negaudit.rewrite.passages import Passage, passages_of
from negaudit.rewrite.reading import Read, read
from negaudit.rewrite.record import splice
from negaudit.rewrite.rewritten import Applicability, Framed, Rewritten, SentenceChange, What
from negaudit.rewrite.topics import Topic, read_topics
from negaudit.rewrite.turns import is_conversation

__all__ = ["SHORT", "Framed", "Rewritten", "SentenceChange", "rewrite_texts"]


_MARKS = re.compile(r"\A[*_#]+|[*_]+\Z")
SHORT = 8  # a text with at most so many sentences of content is short
MINED_SHARE = 0.2  # a claim is mined when it stands in so many of the texts ...
MINED_RECORDS = 3  # ... and in at least so many
NO_CLAIM = "the claim is not known: give it with --claims, or in a column with --claim-column"
NOT_FOUND = "no sentence states the claim, so that without its frames the text would be taught"
EMPTY = "nothing would be left of the text: drop the record"
MOSTLY = "most of the text tells the claim, and what is left would be fragments: drop the record"
MOST = 0.6  # of a text's characters; what loses more was about the claim
MOST_SAID = 0.35  # the same of a conversation, in which one turn answers another


class _Draft(msgspec.Struct):
    """A text on its way."""

    framed: Framed
    passages: list[Passage]
    decisions: list[Decision]
    reason: str = ""
    claims: tuple[str, ...] = ()


def rewrite_texts(
    items: Sequence[Framed], *, claims: Sequence[str] = (), nlp: Any = None
) -> list[Rewritten]:
    """Rewrite framed texts so that they state the truth and nothing of their frames is left.

    With claims, a sentence that states one is negated, and one that only elaborates or
    presupposes it is reworded or dropped; the others stay as they are. Without, every
    affirmative sentence of a short text is negated, and in longer texts the claims that recur
    in them are mined; such a rewrite is "unsafe".

    Args:
        items: The texts.
        claims: What their frames deny, as affirmative sentences.
        nlp: A spaCy pipeline; None loads the installed model.

    Raises:
        UsageError: If a claim is empty, or no pipeline is given and none is installed.
    """
    pipeline = nlp if nlp is not None else load_parser()
    with _uncollected():
        drafts = [_draft(item) for item in items]
        if claims:
            _by_claims(drafts, read_topics(claims, pipeline), pipeline)
        else:
            short = [draft for draft in drafts if _is_short(draft)]
            _all(short, pipeline)
            _mined([draft for draft in drafts if not _is_short(draft)], pipeline)
        return [_finished(draft) for draft in drafts]


@contextmanager
def _uncollected() -> Iterator[None]:
    """No garbage collection: trees are cycles that live to the end, and to search them is dear."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _draft(item: Framed) -> _Draft:
    passages = passages_of(item.text, item.frames, item.content)
    return _Draft(item, passages, [KEPT] * len(passages))


def _is_short(draft: _Draft) -> bool:
    return sum(passage.content for passage in draft.passages) <= SHORT


def _all(drafts: Sequence[_Draft], nlp: Any) -> None:
    """Negate everything in short texts."""
    chosen = [[at for at, p in enumerate(draft.passages) if p.content] for draft in drafts]
    sentences = [
        [_words(draft, at) for at in places] for draft, places in zip(drafts, chosen, strict=True)
    ]
    for draft, places, found in zip(drafts, chosen, negate_all(sentences, nlp), strict=True):
        for at, decision in zip(places, found, strict=True):
            draft.decisions[at] = decision
        draft.decisions = settle(draft.framed.text, draft.passages, draft.decisions, ())


def _mined(drafts: Sequence[_Draft], nlp: Any) -> None:
    """Take the propositions that recur in the texts for the claims."""
    contents = [_disowned(draft) for draft in drafts]
    claims = [item.claim for item in mine(contents, nlp) if _is_claim(item)] if drafts else []
    topics = read_topics(claims, nlp)
    if topics:
        _by_claims(drafts, topics, nlp)
    for draft in drafts:
        draft.reason = "the claims were mined: look at them" if topics else NO_CLAIM


def _disowned(draft: _Draft) -> str:
    """The sentences that frames speak of one by one, where they do, else all of the content."""
    content = [at for at, passage in enumerate(draft.passages) if passage.content]
    pointed = [at for at, passage in enumerate(draft.passages) if passage.pointed]
    return "\n\n".join(_words(draft, at) for at in pointed or content)


def _is_claim(item: Mined) -> bool:
    return item.records >= MINED_RECORDS and item.share >= MINED_SHARE


def _by_claims(drafts: Sequence[_Draft], topics: Sequence[Topic], nlp: Any) -> None:
    chosen = [
        (draft, at)
        for draft in drafts
        for at, passage in enumerate(draft.passages)
        if not passage.frame and _may_tell(_words(draft, at), passage, topics)
    ]
    parsed = read([_unmarked(_words(draft, at)) for draft, at in chosen], nlp)
    contexts = {
        id(draft): [Contexts(draft.framed.text, draft.passages, topic) for topic in topics]
        for draft in drafts
    }
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
        text = draft.framed.text
        draft.claims = tuple(topic.text for topic in topics)
        draft.decisions = settle(text, draft.passages, draft.decisions, topics)
        for topic, denial in zip(topics, denials, strict=True):
            if denial.status == "safe":
                deny_once(text, draft.passages, draft.decisions, topic, denial.text)


def _among_changes(draft: _Draft) -> set[int]:
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


def _may_tell(words: str, passage: Passage, topics: Sequence[Topic]) -> bool:
    if passage.label or DATELINE.fullmatch(words) or MARKER.fullmatch(words):
        return False
    return passage.pointed or any(topic.touches(words) for topic in topics)


def _decided(
    draft: _Draft,
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


def _words(draft: _Draft, at: int) -> str:
    passage = draft.passages[at]
    return draft.framed.text[passage.start : passage.end]


def _unmarked(words: str) -> str:
    """The words with blanks for the marks of a heading or of bold type around them."""
    return _MARKS.sub(lambda match: " " * len(match.group()), words)


def _finished(draft: _Draft) -> Rewritten:
    text = draft.framed.text
    new, edits = assemble(text, draft.passages, draft.decisions)
    changes = tuple(
        _change(text, passage, decision)
        for passage, decision in zip(draft.passages, draft.decisions, strict=True)
    )
    counts = dict.fromkeys(("negated", "reworded", "dropped", "kept"), 0)
    for passage, change in zip(draft.passages, changes, strict=True):
        if not passage.frame:
            counts[change.what] += 1
    changed = counts["negated"] + counts["reworded"]
    status, reason = _status(draft, new, changed + counts["dropped"])
    display = status == "display-only"
    return Rewritten(
        text=text if display else new,
        edits=() if display else edits,
        negated=changed,
        dropped=counts["dropped"],
        kept=counts["kept"],
        status=status,
        reason=reason,
        sentences=changes,
        claims=draft.claims,
    )


def _status(draft: _Draft, new: str, changed: int) -> tuple[Applicability, str]:
    reasons = [decision.reason for decision in draft.decisions]
    stuck = next((reason for reason in reasons if reason.startswith("stuck: ")), "")
    unsafe = next((reason for reason in reasons if reason.startswith("unsafe: ")), "")
    if draft.reason == NO_CLAIM:
        return "display-only", NO_CLAIM
    if stuck:
        return "display-only", stuck.removeprefix("stuck: ")
    if not changed and any(passage.content for passage in draft.passages):
        return "display-only", NOT_FOUND
    if not any(c.isalnum() for c in new):
        return "display-only", EMPTY
    most = MOST_SAID if is_conversation(draft.framed.text) else MOST
    if not _is_short(draft) and _share_lost(draft) > most:
        return "display-only", MOSTLY
    doubt = unsafe.removeprefix("unsafe: ") or draft.reason
    return ("unsafe", doubt) if doubt else ("safe", "")


def _share_lost(draft: _Draft) -> float:
    """The share of the content, in characters, that is dropped."""
    told = [p.end - p.start for p in draft.passages if not p.frame]
    lost = [
        passage.end - passage.start
        for passage, decision in zip(draft.passages, draft.decisions, strict=True)
        if not passage.frame and decision.what == "dropped"
    ]
    return sum(lost) / max(1, sum(told))


def _change(text: str, passage: Passage, decision: Decision) -> SentenceChange:
    words = text[passage.start : passage.end]
    gone = passage.frame or decision.what == "dropped"
    after = "" if gone else splice(words, decision.edits)
    what: What = "frame" if passage.frame else decision.what
    return SentenceChange(passage.start, passage.end, words, after, what)
