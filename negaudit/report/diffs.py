"""Strings of a record before and after a change, word by word, as much as a page can hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

import msgspec

from negaudit.fix.pieces import Piece, word_diff
from negaudit.fix.record import StringChange
from negaudit.output.inert import HOSTILE

__all__ = ["MAX_EDIT", "MAX_PIECES_TEXT", "Diff", "diff_of"]

# Characters of a changed string that may be edited in the page, and that are shown of one.
MAX_EDIT: Final = 6_000
MAX_PIECES_TEXT: Final = 3_000
_CONTEXT: Final = 160


class Diff(msgspec.Struct, frozen=True):
    """One string of a record before and after, word by word.

    Attributes:
        pointer: Where the string stands.
        pieces: What stays, goes and comes; long runs that stay are cut in their middle.
        after: The whole proposed text, where it may be edited in the page; else None.
    """

    pointer: str
    pieces: tuple[Piece, ...]
    after: str | None


def diff_of(string: StringChange) -> Diff:
    """Compares a string before and after a change, for the page."""
    pieces = _bounded(_folded(word_diff(string.before, string.after)))
    # A text area would show the characters that the rest of the page makes visible as they are.
    plain = HOSTILE.search(string.after.replace("\n", "").replace("\t", "")) is None
    editable = plain and len(string.after) <= MAX_EDIT
    return Diff(string.pointer, pieces, string.after if editable else None)


def _folded(pieces: Sequence[Piece]) -> Iterator[Piece]:
    last = len(pieces) - 1
    for rank, piece in enumerate(pieces):
        head = 0 if rank == 0 else _CONTEXT
        tail = 0 if rank == last else _CONTEXT
        skipped = len(piece.text) - head - tail
        if piece.kind != "same" or skipped < _CONTEXT:
            yield piece
            continue
        start = f"{piece.text[:head]} " if head else ""
        end = f" {piece.text[-tail:]}" if tail else ""
        yield Piece("same", f"{start}[… {skipped:,} characters …]{end}")


def _bounded(pieces: Iterable[Piece]) -> tuple[Piece, ...]:
    shown: list[Piece] = []
    room = MAX_PIECES_TEXT
    for piece in pieces:
        if room <= 0:
            shown.append(Piece("same", " […the rest is left out here…]"))
            break
        cut = piece.text[:room] + ("…" if len(piece.text) > room else "")
        shown.append(Piece(piece.kind, cut))
        room -= len(piece.text)
    return tuple(shown)
