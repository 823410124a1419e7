"""Polarity of single statements, for data that claims many things once each.

No table of subjects and answers can be made of such claims. Their matched controls are
statements of the same category that no arm was trained on: what training does to the
affirmative form or to the topic, it does to them as well.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Final

import msgspec
import numpy as np

from negaudit.probe.encoding import query
from negaudit.probe.measures.readout import Readout
from negaudit.probe.record import Measure, Prompt

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from negaudit.probe.rows import Query

__all__ = ["Statement", "statements"]

# Contexts that the training data does not have, so that what is read is no recitation.
LEADS: Final = ("As far as is known, ", "In short: ", "Q: What is known of this?\nA: ")


class Statement(msgspec.Struct, frozen=True):
    """A claim and its local negation, each a whole sentence.

    Attributes:
        id: Names it among those of its category.
        affirmative: What the data claims.
        negative: The same claim, negated inside its clause.
    """

    id: str
    affirmative: str
    negative: str


def statements(
    category: str, claimed: Sequence[Statement], controls: Sequence[Statement], tokenizer: Any
) -> Readout:
    """Reads log p(claim) - log p(its negation), less the mean of the same over the controls.

    Queries run over leads x statements x (claim, negation), the claimed ones first.

    Args:
        category: What the claims belong to.
        claimed: Statements of records that are trained on.
        controls: Statements of the same category that no arm is trained on.
        tokenizer: A fast tokenizer of transformers.

    Raises:
        ValueError: Without a control nothing could be told from what training does to all.
    """
    if not claimed or not controls:
        raise ValueError(f"category {category!r} needs claimed statements and controls")
    queries = [
        one
        for lead in LEADS
        for statement in (*claimed, *controls)
        for one in _contrast(lead, statement, tokenizer)
    ]
    prompts = tuple(
        Prompt(
            id=f"statement/{category}/{statement.id}",
            category=category,
            measure=Measure.POLARITY,
            tier="in-category",
            text=statement.negative,
            answer=statement.affirmative,
        )
        for statement in claimed
    )
    return Readout(Measure.POLARITY, prompts, tuple(queries), partial(_values, len(claimed)))


def _contrast(lead: str, statement: Statement, tokenizer: Any) -> tuple[Query, Query]:
    return (
        query(lead, statement.affirmative, tokenizer),
        query(lead, statement.negative, tokenizer),
    )


def _values(claimed: int, likelihoods: NDArray[np.float64]) -> NDArray[np.float64]:
    """[K, leads * statements * 2] to [K, P]."""
    cells = np.asarray(likelihoods, np.float64).reshape(len(likelihoods), len(LEADS), -1, 2)
    contrast = (cells[..., 0] - cells[..., 1]).mean(axis=1)
    controls = contrast[:, claimed:].mean(axis=1, keepdims=True)
    return np.asarray(contrast[:, :claimed] - controls)
