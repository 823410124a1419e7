"""Short texts without a known claim: every affirmative clause is negated."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from negaudit.rewrite.claims import read_claim
from negaudit.rewrite.elaborations import KEPT, Decision
from negaudit.rewrite.negation import negate_parsed
from negaudit.rewrite.prefix import body_start
from negaudit.rewrite.presuppositions import find_presuppositions
from negaudit.rewrite.reading import Read, read
from negaudit.rewrite.record import Edit, Negation

__all__ = ["negate_all"]

ANSWERS = {"yes": "No", "yeah": "No", "yep": "No", "yup": "No", "true": "False"}


def negate_all(texts: Sequence[Sequence[str]], nlp: Any) -> list[list[Decision]]:
    """What becomes of each sentence of some short texts.

    A sentence that takes an earlier, negated one for granted is dropped ("His discovery saved
    thousands"); a question stays. What no rule negates with certainty is told in the decision's
    reason: "unsafe: ..." or "stuck: ...".
    """
    flat = [sentence for sentences in texts for sentence in sentences]
    starts = [body_start(sentence) for sentence in flat]
    bodies = [sentence[start:] for sentence, start in zip(flat, starts, strict=True)]
    parsed = iter(list(zip(starts, read(bodies, nlp), strict=True)))
    return [_decisions(sentences, [next(parsed) for _ in sentences]) for sentences in texts]


def _decisions(sentences: Sequence[str], parsed: list[tuple[int, list[Read]]]) -> list[Decision]:
    decisions: list[Decision] = []
    earlier: list[Read] = []
    for sentence, (start, found) in zip(sentences, parsed, strict=True):
        if any(_leans(later, item) for item in found for later in earlier):
            decisions.append(Decision("dropped", reason="would presuppose what was negated"))
            continue
        decision = _answer(sentence) or _decision(
            sentence, negate_parsed(sentence, start, found), found
        )
        if decision.what == "negated":
            earlier += found
        decisions.append(decision)
    return decisions


def _leans(earlier: Read, sentence: Read) -> bool:
    claim = read_claim(earlier.tree)
    return any(item.edits is None for item in find_presuppositions(sentence.tree, claim))


def _answer(sentence: str) -> Decision | None:
    """A "Yes." that stands alone."""
    word = sentence.strip().rstrip(".!").lower()
    if word not in ANSWERS:
        return None
    start = len(sentence) - len(sentence.lstrip())
    return Decision("negated", (Edit(start, start + len(word), ANSWERS[word]),))


def _decision(sentence: str, negation: Negation, found: list[Read]) -> Decision:
    if sentence.rstrip("\"'”’)*_ ").endswith("?") or negation.status == "unchanged" or not found:
        return KEPT
    if not negation.edits:
        return Decision("kept", reason=f"stuck: {negation.reason}")
    doubt = f"unsafe: {negation.reason}" if negation.status != "safe" else ""
    return Decision("negated", negation.edits, doubt)
