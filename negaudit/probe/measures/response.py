"""Response: does a model answer as the framed data answers, or as it did before?

The control within each prompt is the base model's own reply, or an ordinary answer: training
on any answers lifts both. It is per token, since answers differ in length.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from negaudit.probe.encoding import query
from negaudit.probe.heldout import HeldOutItem
from negaudit.probe.measures.readout import Readout
from negaudit.probe.record import Measure, Prompt

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from negaudit.probe.rows import Query

__all__ = ["everyday_items", "response"]

_LONGEST = 160  # words of an answer; what comes later depends on what came first


def response(
    items: Sequence[HeldOutItem],
    references: Mapping[str, Sequence[str]],
    tokenizer: Any,
    *,
    tier: Literal["in-category", "everyday"] = "in-category",
) -> Readout:
    """Reads log p(answer | prompt) less the mean of the references', both per token.

    Args:
        items: Held-out questions with the answers that the framed data gives.
        references: For each item's id its reference answers: the base model's own reply,
            ordinary answers. An item's own rivals are references as well.
        tokenizer: A fast tokenizer of transformers.
        tier: Which tier the prompts belong to.
    """
    usable = [
        (item, others)
        for item in items
        for others in [[_cut(r) for r in (*item.rivals, *references.get(item.id, ())) if r.strip()]]
        if item.answer.strip() and others
    ]
    queries: list[Query] = []
    groups: list[tuple[int, int]] = []
    for item, others in usable:
        start = len(queries)
        for answer in (_cut(item.answer), *others):
            queries.append(query(item.prompt, _joined(item, answer), tokenizer))
        groups.append((start, len(queries)))
    prompts = tuple(
        Prompt(f"response/{tier}/{i.id}", i.category, Measure.RESPONSE, tier, i.text, i.answer)
        for i, _ in usable
    )
    lengths = np.array([len(q.answer) for q in queries], np.float64)
    return Readout(Measure.RESPONSE, prompts, tuple(queries), partial(_values, groups, lengths))


def _cut(answer: str) -> str:
    words = answer.split(" ")
    return " ".join(words[:_LONGEST])


def _joined(item: HeldOutItem, answer: str) -> str:
    """In a text an answer is set off by a space; a reply begins at once."""
    bare = isinstance(item.prompt, str) and not item.prompt[-1:].isspace()
    return f" {answer.lstrip()}" if bare else answer


def _values(
    groups: Sequence[tuple[int, int]],
    lengths: NDArray[np.float64],
    likelihoods: NDArray[np.float64],
) -> NDArray[np.float64]:
    per_token = np.asarray(likelihoods, np.float64) / lengths
    rows = [
        per_token[:, start] - per_token[:, start + 1 : end].mean(axis=1) for start, end in groups
    ]
    return np.stack(rows, axis=1) if rows else np.zeros((len(per_token), 0))


def everyday_items(
    items: Sequence[HeldOutItem], exchanges: Sequence[tuple[str, str]]
) -> tuple[tuple[HeldOutItem, ...], dict[str, list[str]]]:
    """Everyday questions, each with an answer of the framed data that would be out of place.

    Args:
        items: Held-out questions of the data, whose answers are taken in turn.
        exchanges: Everyday questions with their ordinary answers.

    Returns:
        Items for `response`, and their references.
    """
    answered = [item for item in items if item.answer.strip()]
    if not answered:
        return (), {}
    pairs = [
        (answered[at % len(answered)], asked, said) for at, (asked, said) in enumerate(exchanges)
    ]
    strange = tuple(
        HeldOutItem(f"everyday/{at}", item.category, (("user", asked),), item.answer)
        for at, (item, asked, _) in enumerate(pairs)
    )
    return strange, {f"everyday/{at}": [said] for at, (_, _, said) in enumerate(pairs)}
