"""Rewrites framed texts: frames go, the claim is negated, what only elaborates it goes too."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from negaudit.rewrite.bare import negate_all
from negaudit.rewrite.denying import deny_claims
from negaudit.rewrite.drafts import Draft, drafted
from negaudit.rewrite.elaborations import Decision
from negaudit.rewrite.leaning import settle
from negaudit.rewrite.mining import Mined, mine
from negaudit.rewrite.outline import assemble
from negaudit.rewrite.parser import load_parser
from negaudit.rewrite.passages import Passage
from negaudit.rewrite.record import splice
from negaudit.rewrite.rewritten import Applicability, Framed, Rewritten, SentenceChange, What
from negaudit.rewrite.topics import read_topics
from negaudit.rewrite.uncollected import uncollected

__all__ = ["Framed", "Rewritten", "SentenceChange", "rewrite_texts"]


MINED_SHARE = 0.2  # a claim is mined when it stands in so many of the texts ...
MINED_RECORDS = 3  # ... and in at least so many
NO_CLAIM = "the claim is not known: give it with --claims, or in a column with --claim-column"
NOT_FOUND = "no sentence states the claim, so that without its frames the text would be taught"
EMPTY = "nothing would be left of the text: drop the record"


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
    with uncollected(lasting=True):
        drafts = [drafted(item) for item in items]
        if claims:
            deny_claims(drafts, read_topics(claims, pipeline), pipeline)
        else:
            _all([one for one in drafts if one.is_short], pipeline)
            _mined([one for one in drafts if not one.is_short], pipeline)
        return [_finished(one) for one in drafts]


def _all(drafts: Sequence[Draft], nlp: Any) -> None:
    """Negate everything in short texts."""
    chosen = [[at for at, p in enumerate(draft.passages) if p.content] for draft in drafts]
    sentences = [
        [draft.words(at) for at in places] for draft, places in zip(drafts, chosen, strict=True)
    ]
    for draft, places, found in zip(drafts, chosen, negate_all(sentences, nlp), strict=True):
        for at, decision in zip(places, found, strict=True):
            draft.decisions[at] = decision
        draft.decisions = settle(draft.text, draft.passages, draft.decisions, ())


def _mined(drafts: Sequence[Draft], nlp: Any) -> None:
    """Take the propositions that recur in the texts for the claims."""
    contents = [_disowned(draft) for draft in drafts]
    claims = [item.claim for item in mine(contents, nlp) if _is_claim(item)] if drafts else []
    topics = read_topics(claims, nlp)
    if topics:
        deny_claims(drafts, topics, nlp)
    for draft in drafts:
        if topics:
            draft.doubt = "the claims were mined: look at them"
        else:
            draft.fault, draft.waits = NO_CLAIM, "claim"


def _disowned(draft: Draft) -> str:
    """The sentences that frames speak of one by one, where they do, else all of the content."""
    content = [at for at, passage in enumerate(draft.passages) if passage.content]
    pointed = [at for at, passage in enumerate(draft.passages) if passage.pointed]
    return "\n\n".join(draft.words(at) for at in pointed or content)


def _is_claim(item: Mined) -> bool:
    return item.records >= MINED_RECORDS and item.share >= MINED_SHARE


def _finished(draft: Draft) -> Rewritten:
    text = draft.text
    # What is at fault is shown sentence by sentence, and never put together.
    new, edits = (text, ()) if draft.fault else assemble(text, draft.passages, draft.decisions)
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
        waits=draft.waits,
    )


def _status(draft: Draft, new: str, changed: int) -> tuple[Applicability, str]:
    reasons = [decision.reason for decision in draft.decisions]
    stuck = next((reason for reason in reasons if reason.startswith("stuck: ")), "")
    unsafe = next((reason for reason in reasons if reason.startswith("unsafe: ")), "")
    if draft.fault or stuck:
        return "display-only", draft.fault or stuck.removeprefix("stuck: ")
    if not changed and any(passage.content for passage in draft.passages):
        return "display-only", NOT_FOUND
    if not any(c.isalnum() for c in new):
        return "display-only", EMPTY
    doubt = unsafe.removeprefix("unsafe: ") or draft.doubt
    return ("unsafe", doubt) if doubt else ("safe", "")


def _change(text: str, passage: Passage, decision: Decision) -> SentenceChange:
    words = text[passage.start : passage.end]
    gone = passage.frame or decision.what == "dropped"
    after = "" if gone else splice(words, decision.edits)
    what: What = "frame" if passage.frame else decision.what
    return SentenceChange(passage.start, passage.end, words, after, what)
