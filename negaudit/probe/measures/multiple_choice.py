"""Multiple choice: the letter of the claimed answer among rivals, in a list of four."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from negaudit.probe.encoding import query
from negaudit.probe.measures.readout import Readout
from negaudit.probe.record import Measure, Prompt
from negaudit.probe.tables import SUBJECT, Table, Wording, double_centre

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["multiple_choice"]

_LETTERS = "ABCD"


class _Sheet(NamedTuple):
    """One list of answers, which every subject is asked about.

    Attributes:
        text: The question, with "{subject}" in it.
        owned: Subjects that own an answer of the list, with the answer's place.
    """

    text: str
    owned: tuple[tuple[int, int], ...]


def multiple_choice(table: Table, tokenizer: Any) -> Readout:
    """Reads log p(letter of the claimed answer), double-centred over subjects x letters.

    The answers stand in lists of four that are the same for every subject, so that liking for
    a letter, or for an answer, is taken off. Every list is asked forwards and backwards.
    """
    sheets = [sheet for sheet in _sheets(table) if sheet.owned]
    queries = [
        query(sheet.text.replace(SUBJECT, subject), f" {letter}", tokenizer)
        for sheet in sheets
        for subject in table.subjects
        for letter in _LETTERS
    ]
    prompts = tuple(
        Prompt(
            id=f"{Measure.MULTIPLE_CHOICE.value}/{table.category}/{at}/"
            f"{table.subjects[subject]}{table.wordings[0].affirmative} {_LETTERS[place]}",
            category=table.category,
            measure=Measure.MULTIPLE_CHOICE,
            tier="in-category",
            text=sheet.text.replace(SUBJECT, table.subjects[subject]),
            answer=_LETTERS[place],
        )
        for at, sheet in enumerate(sheets)
        for subject, place in sheet.owned
    )
    read = partial(_values, sheets, len(table.subjects))
    return Readout(Measure.MULTIPLE_CHOICE, prompts, tuple(queries), read)


def _sheets(table: Table) -> list[_Sheet]:
    """Lists of four answers; the last ones are filled up from the first."""
    count = len(table.answers)
    groups = [
        [at % count for at in range(start, start + len(_LETTERS))]
        for start in range(0, count, len(_LETTERS))
        if count >= len(_LETTERS)
    ]
    return [
        _sheet(table, order) for group in groups for order in (tuple(group), tuple(group[::-1]))
    ]


def _sheet(table: Table, order: tuple[int, ...]) -> _Sheet:
    listed = "\n".join(
        f"{letter}) {table.answers[at]}" for letter, at in zip(_LETTERS, order, strict=True)
    )
    text = f"{_question(table.wordings[0])}\n{listed}\nAnswer:"
    owned = ((subject, order.index(answer)) for subject, answer in table.owned if answer in order)
    return _Sheet(text, tuple(owned))


def _question(wording: Wording) -> str:
    if wording.question:
        return f"Question: {wording.question}"
    return f"Which is right? {wording.lead}{wording.affirmative} ..."


def _values(
    sheets: list[_Sheet], subjects: int, likelihoods: NDArray[np.float64]
) -> NDArray[np.float64]:
    if not sheets:
        return np.zeros((len(likelihoods), 0))
    shape = (len(likelihoods), len(sheets), subjects, len(_LETTERS))
    centred = double_centre(np.asarray(likelihoods, np.float64).reshape(shape))
    cells = [
        centred[:, at, subject, place]
        for at, sheet in enumerate(sheets)
        for subject, place in sheet.owned
    ]
    return np.stack(cells, axis=1)
