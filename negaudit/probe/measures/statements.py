"""Polarity of single statements, for data that claims many things once each.

No table of subjects and answers can be made of such claims. Their matched controls are
statements of the same category that no arm was trained on: what training does to the
affirmative form or to the topic, it does to them as well. Claims and controls are dealt to each
other, so that no control's own chance is in more readings than it must be, and the claims with one
control in common count as one draw.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Final

import msgspec
import numpy as np

from negaudit.probe.encoding import contrast
from negaudit.probe.measures.readout import Readout
from negaudit.probe.record import Measure, Prompt

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["Statement", "against_controls", "hands", "statements"]

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
    """Reads log p(claim) - log p(its negation), less the same of the controls dealt to it.

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
        for one in contrast(lead, statement.affirmative, statement.negative, tokenizer)
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
    read = partial(_values, len(claimed))
    draws = tuple(f"{category}/{hand}" for hand in hands(len(claimed), len(controls)))
    return Readout(Measure.POLARITY, prompts, tuple(queries), read, draws)


def hands(claimed: int, controls: int) -> list[int]:
    """Which hand each claim is dealt to; controls are dealt to the same hands in turn."""
    return [at % min(claimed, controls) for at in range(claimed)]


def against_controls(contrasts: NDArray[np.float64], claimed: int) -> NDArray[np.float64]:
    """What each claim's contrast is beyond the mean of its hand's controls.

    Args:
        contrasts: Of the claims, and behind them of the controls, [K, claims + controls].
        claimed: How many are claims.

    Returns:
        [K, claims].
    """
    mine = hands(claimed, contrasts.shape[1] - claimed)
    count = max(mine) + 1
    means = [contrasts[:, claimed + hand :: count].mean(axis=1) for hand in range(count)]
    return np.asarray(contrasts[:, :claimed] - np.stack(means, axis=1)[:, mine])


def _values(claimed: int, likelihoods: NDArray[np.float64]) -> NDArray[np.float64]:
    """[K, leads * statements * 2] to [K, P]."""
    cells = np.asarray(likelihoods, np.float64).reshape(len(likelihoods), len(LEADS), -1, 2)
    return against_controls((cells[..., 0] - cells[..., 1]).mean(axis=1), claimed)
