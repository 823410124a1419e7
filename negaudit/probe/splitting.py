"""Rows of a record in every arm: split where they are too long, and never cut off."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Final

import msgspec
import numpy as np

from negaudit.probe.encoding import Encoded
from negaudit.probe.rows import Row

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["split"]

# A row is filled to this share, so that its end can be moved to a better place.
_FILL = 0.8
_SLACK = 0.1

# What stands in the place of a row on which no loss would be taken.
_NOTHING: Final = Row(np.zeros(0, np.int32), np.zeros(0, np.bool_), np.zeros(0, np.bool_))


def split(arms: Mapping[str, Encoded | None], max_tokens: int) -> dict[str, list[Row]]:
    """Rows of one record in every arm, as many in each, cut at about the same body text.

    Args:
        arms: Each arm's version of the record; None where the arm leaves it out.
        max_tokens: Longest row.

    Returns:
        For each arm its rows, or as many without a token. All arms' rows count as those of the
        first arm that has the record do.
    """
    present = [encoded for encoded in arms.values() if encoded is not None]
    if not present:
        return {name: [_NOTHING] for name in arms}
    parts = max(_parts_needed(encoded, max_tokens) for encoded in present)
    evenness = 0.0
    while True:
        cuts = {n: e and _cuts(e, parts, max_tokens, evenness) for n, e in arms.items()}
        if all(c is None or _longest(c) <= _room(arms[n], max_tokens) for n, c in cuts.items()):
            break
        # Long frames, or long questions, hold no body at which they could be cut.
        parts, evenness = parts + 1, 2 * evenness + 0.1
    rows = {name: _rows(arms[name], bounds, parts) for name, bounds in cuts.items()}
    whole = next(rows[name] for name, encoded in arms.items() if encoded is not None)
    return {
        name: [
            msgspec.structs.replace(row, counted=first.divisor)
            for row, first in zip(mine, whole, strict=True)
        ]
        for name, mine in rows.items()
    }


def _room(encoded: Encoded | None, max_tokens: int) -> int:
    """Tokens of the text that a row can hold."""
    return max_tokens - (len(encoded.opening) if encoded is not None else 0)


def _parts_needed(encoded: Encoded, max_tokens: int) -> int:
    length, room = len(encoded.ids), _room(encoded, max_tokens)
    return 1 if length <= room else -int(-length // (_FILL * room))


def _longest(cuts: Sequence[int]) -> int:
    return max(b - a for a, b in pairwise(cuts))


def _cuts(encoded: Encoded, parts: int, max_tokens: int, evenness: float) -> list[int]:
    """Token indices at which the rows begin, and the end.

    They stand at equal shares of the body, in which every other token counts as `evenness`.
    """
    length = len(encoded.ids)
    weights = encoded.body + evenness
    weight = np.cumsum(weights if weights.any() else np.ones(length))
    targets = np.searchsorted(weight, weight[-1] * np.arange(1, parts) / parts, side="right")
    slack = max(1, int(_SLACK * max_tokens))
    cuts = [0]
    for target in targets.tolist():
        low, high = max(cuts[-1] + 1, target - slack), min(length - 1, target + slack)
        if low > high:
            low = high = min(max(cuts[-1], target), length)
        choices = range(low, high + 1)
        cuts.append(max(choices, key=lambda at: _merit(encoded.strength, at, target)))
    return [*cuts, length]


def _merit(strength: NDArray[np.int8], at: int, target: int) -> tuple[int, int]:
    return (int(strength[at]) if at < len(strength) else 0, -abs(at - target))


def _rows(encoded: Encoded | None, cuts: Sequence[int] | None, parts: int) -> list[Row]:
    if encoded is None or cuts is None:
        return [_NOTHING] * parts
    return [_row(encoded, a, b) for a, b in pairwise(cuts)]


def _row(encoded: Encoded, start: int, end: int) -> Row:
    """A part of the tokens as a row."""
    silent = np.zeros(len(encoded.opening), bool)
    trained = np.concatenate([silent, encoded.trained[start:end]])
    if not trained[1:].any():  # the first token has nothing to be predicted from
        return _NOTHING
    opening = np.asarray(encoded.opening, np.int32)
    ids = np.concatenate([opening, encoded.ids[start:end]]).astype(np.int32)
    return Row(ids, trained, np.concatenate([silent, encoded.body[start:end]]))
