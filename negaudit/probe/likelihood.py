"""Reads how likely answers are, for all adapters at once.

All prompts and answers are laid out as trees in which a common beginning stands once: the
answers of a multiple choice share their prompt, and prompts their chat template's first turn.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import torch
from numpy.typing import NDArray

from negaudit.probe.forward import Head, hidden_states
from negaudit.probe.kernels import cached_pieces, pieces
from negaudit.probe.packing import PackedRow, pack
from negaudit.probe.rows import Query, common

if TYPE_CHECKING:
    from negaudit.probe.adapters import Adapters
    from negaudit.probe.proxy import Proxy

__all__ = ["base_log_likelihood", "log_likelihood"]

_TREE = 192  # tokens in a tree: attention costs their square
_TOKENS = 4096  # tokens in a pass, all adapters together
_PIECE = 1 << 25  # logits at a time


def log_likelihood(adapters: Adapters, queries: Sequence[Query]) -> NDArray[np.float64]:
    """Log-probability of each answer after its prompt, summed over its tokens [K, N]."""
    with ExitStack() as stack:
        stack.enter_context(adapters.active())
        return _read(adapters.proxy, queries, len(adapters))


def base_log_likelihood(proxy: Proxy, queries: Sequence[Query]) -> NDArray[np.float64]:
    """The same for the proxy without adapters [N]."""
    values: NDArray[np.float64] = _read(proxy, queries, 1)[0]
    return values


def _read(proxy: Proxy, queries: Sequence[Query], count: int) -> NDArray[np.float64]:
    """[count, N]; queries that occur twice are read once."""
    distinct = sorted(set(queries), key=lambda query: query.prompt + query.answer)
    values = np.zeros((count, len(distinct)))
    trees = list(_trees(distinct))
    with torch.inference_mode():
        head = Head(proxy.model)
        for some in _passes(trees, count):
            _read_trees(proxy, head, some, values)
    place = {query: number for number, query in enumerate(distinct)}
    return values[:, [place[query] for query in queries]]


@dataclass
class _Tree:
    """Queries laid out with common beginnings once.

    Attributes:
        ids: Tokens.
        parents: The token before each one, -1 at the beginning.
        wanted: (token, the token that is to follow, number of the query).
    """

    ids: list[int] = field(default_factory=list)
    parents: list[int] = field(default_factory=list)
    wanted: list[tuple[int, int, int]] = field(default_factory=list)

    def row(self) -> PackedRow:
        """The tree as a row whose tokens see those before them on their branch."""
        size = len(self.ids)
        sees = np.zeros((size, size), np.bool_)
        positions = np.zeros(size, np.int64)
        for place, parent in enumerate(self.parents):
            if parent >= 0:
                sees[place] = sees[parent]
                positions[place] = positions[parent] + 1
            sees[place, place] = True
        alone = bool((np.array(self.parents) == np.arange(size) - 1).all())
        return PackedRow(np.array(self.ids, np.int32), positions, None if alone else sees)


def _trees(queries: Sequence[Query]) -> Iterator[_Tree]:
    """Sorted queries as trees of a bounded size."""
    tree, path, before = _Tree(), list[int](), tuple[int, ...]()
    for number, query in enumerate(queries):
        tokens = query.prompt + query.answer[:-1]
        shared = common(before, tokens)
        if tree.ids and len(tree.ids) + len(tokens) - shared > _TREE:
            yield tree
            tree, path, shared = _Tree(), [], 0
        del path[shared:]
        for token in tokens[shared:]:
            tree.parents.append(path[-1] if path else -1)
            path.append(len(tree.ids))
            tree.ids.append(token)
        first = len(query.prompt) - 1
        follows = zip(path[first:], query.answer, strict=True)
        tree.wanted.extend((place, token, number) for place, token in follows)
        before = tokens
    if tree.ids:
        yield tree


def _passes(trees: Sequence[_Tree], count: int) -> Iterator[list[_Tree]]:
    """Trees of like size that go through the network together."""
    some: list[_Tree] = []
    tokens = 0
    for tree in sorted(trees, key=lambda tree: -len(tree.ids)):
        if some and (tokens + len(tree.ids)) * count > _TOKENS:
            yield some
            some, tokens = [], 0
        some.append(tree)
        tokens += len(tree.ids)
    if some:
        yield some


def _read_trees(
    proxy: Proxy, head: Head, trees: Sequence[_Tree], values: NDArray[np.float64]
) -> None:
    rows = [tree.row() for tree in trees]
    layout = pack([rows] * len(values), device=proxy.device, even=True)
    hidden = hidden_states(proxy.model, layout)
    for adapter, starts in enumerate(layout.starts):
        wanted = [
            (start + place, token, number)
            for start, tree in zip(starts.tolist(), trees, strict=True)
            for place, token, number in tree.wanted
        ]
        places, tokens, numbers = np.array(wanted, np.int64).T
        found = _log_probabilities(head, hidden, places, tokens)
        np.add.at(values[adapter], numbers, found)


def _log_probabilities(
    head: Head, hidden: torch.Tensor, places: NDArray[np.int64], tokens: NDArray[np.int64]
) -> NDArray[np.float64]:
    """Log-probability of a token after each place [M]; a place's logits are made once."""
    distinct, turn = np.unique(places, return_inverse=True)
    found = np.zeros(len(places))
    for piece in pieces(len(distinct), head.vocabulary, _PIECE):
        mine = np.flatnonzero((turn >= piece.start) & (turn < piece.stop))
        index = torch.from_numpy(distinct[piece]).to(hidden.device)
        scores = head(hidden[index])
        totals = torch.cat([torch.logsumexp(scores[part], -1) for part in cached_pieces(scores)])
        rows = torch.from_numpy(turn[mine] - piece.start).to(hidden.device)
        wanted = torch.from_numpy(tokens[mine]).to(hidden.device)
        found[mine] = (scores[rows, wanted] - totals[rows]).cpu().double().numpy()
    return found
