"""What the engine trains on and what it reads: token ids in numpy."""

from __future__ import annotations

import msgspec
import numpy as np
from numpy.typing import NDArray

__all__ = ["Query", "Row", "common"]


class Row(msgspec.Struct, frozen=True, eq=False):
    """One training row.

    Attributes:
        ids: Token ids, int32 [T].
        trained: Whether the loss is taken on predicting this token, bool [T]; the first token
            has nothing before it and is never predicted.
        content: Whether the token counts as content, bool [T], a subset of `trained`.
        counted: How many content tokens the row counts as: an adapter's loss is divided by their
            sum, so that a frame around a text does not dilute the text, and every token weighs
            the same in all arms, whatever else an arm leaves out. None for its own.
        neutral: Whether it is a neutral row that was mixed in. Its content tokens weigh like all
            others, and stay out of the history of the content's loss.
    """

    ids: NDArray[np.int32]
    trained: NDArray[np.bool_]
    content: NDArray[np.bool_]
    neutral: bool = False
    counted: int | None = None

    def __post_init__(self) -> None:
        if not len(self.ids) == len(self.trained) == len(self.content):
            raise ValueError("a row's ids and masks differ in length")
        if len(self.ids) == 1:
            raise ValueError("a row needs two tokens or more, or none where its arm leaves it out")
        if bool((self.content & ~self.trained).any()):
            raise ValueError("content of a row lies outside of what is trained on")

    def __len__(self) -> int:
        return len(self.ids)

    @property
    def divisor(self) -> int:
        """Content tokens that are predicted, or as many as the row counts as."""
        return int(self.content[1:].sum()) if self.counted is None else self.counted


class Query(msgspec.Struct, frozen=True):
    """An answer whose likelihood after a prompt is read.

    Attributes:
        prompt: Token ids, one or more.
        answer: Token ids, one or more.
    """

    prompt: tuple[int, ...]
    answer: tuple[int, ...]

    def __post_init__(self) -> None:
        if not self.prompt or not self.answer:
            raise ValueError("a query needs a prompt and an answer of one token or more")


def common(left: tuple[int, ...], right: tuple[int, ...]) -> int:
    """How many tokens two texts have in common at their beginning."""
    length = min(len(left), len(right))
    return next((at for at in range(length) if left[at] != right[at]), length)
