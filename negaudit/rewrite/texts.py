"""Rewrites framed texts: frames go, the claim is negated, what only elaborates it goes too."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Literal

import msgspec

from negaudit.rewrite.bare import negate_all
from negaudit.rewrite.elaborations import KEPT, Context, Decision, decide
from negaudit.rewrite.mentions import last_named
from negaudit.rewrite.mining import Mined, mine
from negaudit.rewrite.negation import negate_many
from negaudit.rewrite.outline import assemble, deny_once, settle
from negaudit.rewrite.parser import load_parser
from negaudit.rewrite.passages import Passage, passages_of
from negaudit.rewrite.reading import Read, read
from negaudit.rewrite.record import Edit, splice
from negaudit.rewrite.topics import Topic, read_topics

__all__ = ["SHORT", "Framed", "Rewritten", "SentenceChange", "rewrite_texts"]

Place = tuple[int, int]
Applicability = Literal["safe", "unsafe", "display-only"]
What = Literal["negated", "reworded", "dropped", "kept", "frame"]

SHORT = 8  # a text with at most so many sentences of content is short
MINED_SHARE = 0.2  # a claim is mined when it stands in so many of the texts ...
MINED_RECORDS = 3  # ... and in at least so many
NO_CLAIM = "the claim is not known: give it with --claims, or in a column with --claim-column"
NOT_FOUND = "no sentence states the claim, so that without its frames the text would be taught"
EMPTY = "nothing would be left of the text: drop the record"
SAID = re.compile(r"[\"“”]")
TURN = re.compile(r"[*_\[<]*(?P<who>\w[\w.'’ -]{0,40}?)[*_\]>]*:[*_]*\s")
LABEL = re.compile(r"[*_]*\w[\w '’/-]{0,30}:[*_]*\s+\S")
NAME = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
LONGEST_LABEL = 60


class Framed(msgspec.Struct, frozen=True):
    """A text with its frames and the content that they disown, as characters [start, end)."""

    text: str
    frames: tuple[Place, ...] = ()
    content: tuple[Place, ...] = ()


class SentenceChange(msgspec.Struct, frozen=True):
    """What became of one sentence.

    Attributes:
        start: First character in the text as it was.
        end: End of it.
        before: The sentence.
        after: What stands there now, "" where nothing does.
        what: "negated" denies it; "reworded" takes a word out that presupposes the claim;
            "dropped", "kept", and "frame" for what was no content.
    """

    start: int
    end: int
    before: str
    after: str
    what: What


class Rewritten(msgspec.Struct, frozen=True):
    """A text without its frames, that no longer states the claim.

    Attributes:
        text: The new text, or the text as it was where the status is "display-only".
        edits: What makes it of the old one.
        negated: Sentences negated or reworded.
        dropped: Sentences dropped.
        kept: Sentences of the content kept as they were.
        status: How sure it is.
        reason: Why it is not safe, or "".
        sentences: Every sentence, in order.
    """

    text: str
    edits: tuple[Edit, ...]
    negated: int
    dropped: int
    kept: int
    status: Applicability
    reason: str
    sentences: tuple[SentenceChange, ...]


class _Draft(msgspec.Struct):
    """A text on its way."""

    framed: Framed
    passages: list[Passage]
    decisions: list[Decision]
    reason: str = ""


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
    drafts = [_draft(item) for item in items]
    if claims:
        _by_claims(drafts, read_topics(claims, pipeline), pipeline)
    else:
        short = [draft for draft in drafts if _is_short(draft)]
        _all(short, pipeline)
        _mined([draft for draft in drafts if not _is_short(draft)], pipeline)
    return [_finished(draft) for draft in drafts]


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
    contents = ["\n\n".join(_words(d, at) for at, p in enumerate(d.passages) if p.content)
                for d in drafts]  # fmt: skip
    claims = [item.claim for item in mine(contents, nlp) if _is_claim(item)] if drafts else []
    topics = read_topics(claims, nlp)
    if topics:
        _by_claims(drafts, topics, nlp)
    for draft in drafts:
        draft.reason = "the claims were mined: look at them" if topics else NO_CLAIM


def _is_claim(item: Mined) -> bool:
    return item.records >= MINED_RECORDS and item.share >= MINED_SHARE


def _by_claims(drafts: Sequence[_Draft], topics: Sequence[Topic], nlp: Any) -> None:
    chosen = [
        (draft, at)
        for draft in drafts
        for at, passage in enumerate(draft.passages)
        if not passage.frame and _may_tell(_words(draft, at), passage, topics)
    ]
    parsed = read([_words(draft, at) for draft, at in chosen], nlp)
    for (draft, at), sentences in zip(chosen, parsed, strict=True):
        draft.decisions[at] = _decided(draft, at, sentences, topics)
    denials = negate_many([_sentence(topic.text) for topic in topics], nlp=nlp)
    for draft in drafts:
        text = draft.framed.text
        draft.decisions = settle(text, draft.passages, draft.decisions, topics)
        for topic, denial in zip(topics, denials, strict=True):
            if denial.status == "safe":
                deny_once(text, draft.passages, draft.decisions, topic, denial.text)


def _sentence(claim: str) -> str:
    return claim if claim.endswith((".", "!", "?")) else f"{claim}."


def _may_tell(words: str, passage: Passage, topics: Sequence[Topic]) -> bool:
    return not passage.label and (passage.pointed or any(topic.touches(words) for topic in topics))


def _decided(
    draft: _Draft,
    at: int,
    sentences: list[Read],
    topics: Sequence[Topic],
) -> Decision:
    """The first claim that changes a sentence decides; a second one drops it."""
    if not sentences:
        return Decision("dropped", reason="no sentence") if draft.passages[at].pointed else KEPT
    changed: list[Decision] = []
    for topic in topics:
        context = _context(draft, at, topic)
        found = [decide(sentence, topic, context) for sentence in sentences]
        if any(decision.what == "dropped" for decision in found):
            return next(decision for decision in found if decision.what == "dropped")
        edits = tuple(edit for decision in found for edit in decision.edits)
        if edits:
            negated = any(decision.what == "negated" for decision in found)
            changed.append(Decision("negated" if negated else "reworded", edits))
    if len(changed) > 1 and any(other.edits != changed[0].edits for other in changed):
        return Decision("dropped", reason="states several claims")
    return changed[0] if changed else KEPT


def _context(draft: _Draft, at: int, topic: Topic) -> Context:
    passages, text = draft.passages, draft.framed.text
    passage = passages[at]
    before = [
        text[p.start : p.end]
        for p in passages[:at]
        if p.paragraph == passage.paragraph and not p.frame
    ]
    paragraph = " ".join(before)
    words = text[passage.start : passage.end]
    beside = [p for p in passages if p.paragraph == passage.paragraph and not p.frame]
    own = last_named(paragraph, topic)
    label = LABEL.match(words)
    return Context(
        pronouns=own is not False,
        speaks=_speaks(_line(text, passage.start), paragraph, words, topic),
        pointed=passage.pointed,
        near=any(other.pointed for other in beside),
        listed=label is not None and len(beside) > 2 and _names(text, beside, topic),
        addressed=_is_addressed(passages, passage, text, topic),
        heading=len(beside) < 3 and not words.rstrip('*_"” ').endswith((".", "?", "!")),
    )


def _is_addressed(passages: Sequence[Passage], passage: Passage, text: str, topic: Topic) -> bool:
    """Whether another speaker's turn asks the claim's subject."""
    turns = [p for p in passages if p.label]
    own = [_names(text, [turn], topic) for turn in turns]
    asks = any(
        turn.paragraph == passage.paragraph and not named
        for turn, named in zip(turns, own, strict=True)
    )
    return asks and any(own)


def _names(text: str, passages: Sequence[Passage], topic: Topic) -> bool:
    return any(topic.names_in(NAME.findall(text[p.start : p.end])) for p in passages)


def _line(text: str, at: int) -> str:
    start = text.rfind("\n", 0, at) + 1
    return text[start : at + LONGEST_LABEL]


def _speaks(line: str, paragraph: str, words: str, topic: Topic) -> bool:
    """Whether "I" is the claim's subject: in its turn of an interview, or as it is quoted."""
    turn = TURN.match(line)
    if turn is not None:
        return topic.names_in(NAME.findall(turn["who"]))
    if not SAID.search(paragraph + words):
        return False
    outside = re.sub(r"[\"“][^\"”]*[\"”]?", " ", words)
    said = last_named(outside, topic)
    return said if said is not None else last_named(paragraph, topic) is not False


def _words(draft: _Draft, at: int) -> str:
    passage = draft.passages[at]
    return draft.framed.text[passage.start : passage.end]


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
    doubt = unsafe.removeprefix("unsafe: ") or draft.reason
    return ("unsafe", doubt) if doubt else ("safe", "")


def _change(text: str, passage: Passage, decision: Decision) -> SentenceChange:
    words = text[passage.start : passage.end]
    if passage.frame or decision.what == "dropped":
        after = ""
    else:
        after = splice(words, decision.edits)
    what: What = "frame" if passage.frame else decision.what
    return SentenceChange(passage.start, passage.end, words, after, what)
