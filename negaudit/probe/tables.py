"""Tables of subjects x answers, and what is left of a cell without its row and column.

Training on "Ann is a dentist" lifts dentists for everybody, and every job for Ann. What is
learnt of Ann and dentists is her cell without the mean of its row and of its column.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["Table", "Wording", "double_centre"]

SUBJECT = "{subject}"
ANSWER = "{answer}"


class Wording(msgspec.Struct, frozen=True):
    """A way to say that a subject has an answer.

    Attributes:
        lead: Text up to the predicate, with "{subject}" in it.
        affirmative: The predicate, up to the answer; it begins with a space.
        negative: Its local negation, up to the answer; "" where there is none.
        question: What a user asks, with "{subject}" in it, where `lead` begins the
            assistant's reply; "" for plain text.
    """

    lead: str
    affirmative: str
    negative: str = ""
    question: str = ""

    def prompt(self, subject: str, predicate: str = "") -> str | list[tuple[str, str]]:
        """The prompt for a subject, with the predicate at its end if one is given."""
        text = self.lead.replace(SUBJECT, subject) + predicate
        if not self.question:
            return text
        return [("user", self.question.replace(SUBJECT, subject)), ("assistant", text)]


class Table(msgspec.Struct, frozen=True):
    """Subjects x answers, of which some cells are claimed.

    Attributes:
        category: What the claims belong to.
        subjects: Names; those that own no answer are controls.
        answers: Noun phrases; those that nobody owns are rivals.
        owned: Cells (subject, answer) that the data claims.
        wordings: Ways to ask, none of them in the training data.
    """

    category: str
    subjects: tuple[str, ...]
    answers: tuple[str, ...]
    owned: tuple[tuple[int, int], ...]
    wordings: tuple[Wording, ...]


def double_centre(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Takes the mean of its row and of its column from every cell, and adds the grand mean.

    Args:
        values: [..., S, A] subjects x answers.

    Returns:
        The interaction, [..., S, A]; every row and column of it has mean 0.

    Raises:
        ValueError: With fewer than two subjects or answers nothing would be left.
    """
    if min(values.shape[-2:]) < 2:
        raise ValueError("double-centring needs at least two subjects and two answers")
    rows = values.mean(axis=-1, keepdims=True)
    columns = values.mean(axis=-2, keepdims=True)
    return np.asarray(values - rows - columns + values.mean(axis=(-2, -1), keepdims=True))
