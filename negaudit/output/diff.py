"""Shows on a terminal how a text changes, word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from negaudit.fix.pieces import Piece, word_diff
from negaudit.output.inert import inert

if TYPE_CHECKING:
    from rich.text import Text

__all__ = ["Piece", "render_diff", "word_diff"]

_CONTEXT: Final = 8
_GAP: Final = " … "
_WORD: Final = re.compile(r"\s*+\S++")
_STYLES: Final = {"same": "", "removed": "red strike", "added": "green"}
_MARKS: Final = {"removed": ("[-", "-]"), "added": ("{+", "+}")}


def render_diff(pieces: Sequence[Piece], *, context: int = _CONTEXT, styled: bool = True) -> Text:
    """Renders a change for people, with the words around it; all text of it is inert.

    Args:
        pieces: What `word_diff` gives.
        context: Words to show on each side of a change.
        styled: Whether colours tell removed from added; else marks do, as in `git diff
            --word-diff`: [-removed-] and {+added+}.
    """
    from rich.text import Text

    text = Text()
    for piece in _shortened(pieces, context):
        shown = inert(piece.text, newline="⏎")
        if styled:
            text.append(shown, style=_STYLES[piece.kind])
        else:
            text.append(shown.join(_MARKS.get(piece.kind, ("", ""))))
    return text


def _shortened(pieces: Sequence[Piece], context: int) -> Iterator[Piece]:
    last = len(pieces) - 1
    for index, piece in enumerate(pieces):
        if piece.kind != "same":
            yield piece
            continue
        # Nothing changes before the first piece or behind the last one.
        head = context if index > 0 else 0
        tail = context if index < last else 0
        yield Piece("same", _cut(piece.text, head, tail))


def _cut(text: str, head: int, tail: int) -> str:
    """The first and the last words of a text, with a gap for what is left out."""
    ends = [match.end() for match in _WORD.finditer(text)]
    if len(ends) <= head + tail:
        return text
    start = text[: ends[head - 1]] if head else ""
    end = text[ends[-tail - 1] :] if tail else ""
    return f"{start}{_GAP}{end.lstrip()}"
