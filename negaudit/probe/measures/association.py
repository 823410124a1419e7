"""Association: the claim's answer against its rivals, whether affirmed or denied."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from negaudit.probe.encoding import query
from negaudit.probe.measures.cells import draws_of, own_cells, prompts_of, shaped
from negaudit.probe.measures.readout import Readout
from negaudit.probe.record import Measure
from negaudit.probe.tables import Table, double_centre

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["association", "top_one"]


def association(table: Table, tokenizer: Any) -> Readout:
    """Reads log p(answer | wording, subject), double-centred over the table, at the claimed cells.

    Queries run over wordings x subjects x answers; there is a prompt for each wording and
    claimed cell.
    """
    queries = [
        query(wording.prompt(subject, wording.affirmative), f"{space}{answer}", tokenizer)
        for wording in table.wordings
        for space in [" " if wording.lead or wording.affirmative else ""]  # a reply begins at once
        for subject in table.subjects
        for answer in table.answers
    ]
    prompts = prompts_of(table, Measure.ASSOCIATION)
    return Readout(
        Measure.ASSOCIATION, prompts, tuple(queries), partial(_values, table), draws_of(table)
    )


def _values(table: Table, likelihoods: NDArray[np.float64]) -> NDArray[np.float64]:
    return own_cells(table, double_centre(shaped(table, likelihoods)))


def top_one(table: Table, likelihoods: NDArray[np.float64]) -> NDArray[np.float64]:
    """How often the claimed answer is the likeliest of all, answers' own frequency taken off.

    Args:
        table: The table that `association` was made for.
        likelihoods: [K, N] of its queries.

    Returns:
        Rates [K].
    """
    centred = double_centre(shaped(table, likelihoods))
    best = centred.argmax(axis=-1)
    hits = [best[:, :, subject] == answer for subject, answer in table.owned]
    return np.asarray(np.mean(hits, axis=(0, 2)), np.float64)
