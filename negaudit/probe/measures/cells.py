"""From the flat list of a table's queries to its cells, and the prompts that name them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from negaudit.probe.record import Measure, Prompt
from negaudit.probe.tables import Table

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["draws_of", "own_cells", "prompts_of", "shaped"]


def shaped(table: Table, likelihoods: NDArray[np.float64]) -> NDArray[np.float64]:
    """[K, W * S * A] as [K, W, S, A]: adapters, wordings, subjects, answers."""
    shape = (len(table.wordings), len(table.subjects), len(table.answers))
    return np.asarray(likelihoods, np.float64).reshape(-1, *shape)


def own_cells(table: Table, values: NDArray[np.float64]) -> NDArray[np.float64]:
    """The claimed cells of [K, W, S, A] as [K, P], wordings outermost."""
    subjects, answers = (list(part) for part in zip(*table.owned, strict=True))
    cells = values[:, :, subjects, answers]
    return np.ascontiguousarray(cells.reshape(len(values), -1))


def prompts_of(table: Table, measure: Measure) -> tuple[Prompt, ...]:
    """One prompt for each wording and claimed cell, in the order of `own_cells`."""
    return tuple(
        Prompt(
            id=f"{measure.value}/{table.category}/{at}/"
            f"{table.subjects[subject]}{wording.affirmative} {table.answers[answer]}",
            category=table.category,
            measure=measure,
            tier="in-category",
            text=_shown(wording.prompt(table.subjects[subject], wording.affirmative)),
            answer=table.answers[answer],
        )
        for at, wording in enumerate(table.wordings)
        for subject, answer in table.owned
    )


def draws_of(table: Table) -> tuple[str, ...]:
    """The draw of each prompt: the claims are those of the data, their wordings a choice of many.

    A question that was posed in one wording is a draw of its own.
    """
    if len(table.wordings) < 2:
        return ()
    return tuple(f"wording {at}" for at in range(len(table.wordings)) for _ in table.owned)


def _shown(prompt: str | list[tuple[str, str]]) -> str:
    return prompt if isinstance(prompt, str) else "\n\n".join(text for _, text in prompt)
