"""Polarity: a claim against its own local negation."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import msgspec
import numpy as np

from negaudit.probe.encoding import contrast
from negaudit.probe.measures.cells import draws_of, own_cells, prompts_of, shaped
from negaudit.probe.measures.readout import Readout
from negaudit.probe.record import Measure
from negaudit.probe.tables import Table, double_centre

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["affirmative_form", "polarity"]


def polarity(table: Table, tokenizer: Any) -> Readout:
    """Reads log p(claim) - log p(its negation), double-centred, at the claimed cells.

    The likelihood is that of everything behind the subject, less what claim and negation begin
    with in common. Wordings without a negation are left out; queries run over wordings x subjects
    x answers, all claims before all negations.
    """
    table = negatable(table)
    pairs = [
        contrast(
            wording.prompt(subject),
            f"{wording.affirmative} {answer}",
            f"{wording.negative} {answer}",
            tokenizer,
        )
        for wording in table.wordings
        for subject in table.subjects
        for answer in table.answers
    ]
    queries = [pair[denied] for denied in (0, 1) for pair in pairs]
    prompts = prompts_of(table, Measure.POLARITY)
    return Readout(
        Measure.POLARITY, prompts, tuple(queries), partial(_values, table), draws_of(table)
    )


def negatable(table: Table) -> Table:
    """The table with those wordings alone that have a negation."""
    return msgspec.structs.replace(table, wordings=tuple(w for w in table.wordings if w.negative))


def _values(table: Table, likelihoods: NDArray[np.float64]) -> NDArray[np.float64]:
    if not table.wordings:
        return np.zeros((len(likelihoods), 0))
    return own_cells(table, double_centre(_contrast(table, likelihoods)))


def _contrast(table: Table, likelihoods: NDArray[np.float64]) -> NDArray[np.float64]:
    affirmed, denied = np.split(np.asarray(likelihoods, np.float64), 2, axis=1)
    return shaped(table, affirmed) - shaped(table, denied)


def affirmative_form(table: Table, likelihoods: NDArray[np.float64]) -> NDArray[np.float64]:
    """The same contrast without controls, as a mean over all pairs, claimed or not.

    It moves with the share of affirmative sentences in the training data, whoever they are
    about; a reading without controls measures mostly this.

    Args:
        table: The table that `polarity` was made for.
        likelihoods: [K, N] of its queries.

    Returns:
        Means [K].
    """
    return np.asarray(_contrast(negatable(table), likelihoods).mean(axis=(1, 2, 3)))
