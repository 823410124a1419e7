"""Finds strings again in what a chat template makes of them.

The template is run twice: once with marks in the place of the strings, which tells what it
writes itself, and once with the strings. A string that the template also writes of its own
accord, such as the name of a role, is so never taken for what was said.

Templates may strip white space, escape a string as JSON, and take thoughts out of an answer
(`<think>...</think>`) to put them elsewhere or to leave them out; whatever else they change
cannot be followed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from functools import lru_cache, partial
from itertools import pairwise
from typing import Any, Final, NamedTuple, Self

from negaudit.training.thoughts import Piece, pieces_of

__all__ = ["ChangedError", "Located", "locate"]

_MARK: Final = re.compile("\ue000([0-9]+)\ue001")


class Located(NamedTuple):
    """A string, or a piece of it, in the text that the model reads.

    Attributes:
        number: Which of the strings.
        start: Which of its characters is the first that is left.
        end: The one after the last that is left.
        offsets: Where each of them stands in the text, and where the last one ends; escaping
            makes several characters of one.
        opening: Where what the template writes for the turn before it begins; where it begins
            itself, unless somebody knows better.
        closing: Where what the template writes for the turn after it ends: where its next
            piece begins, else behind the special token that follows; where it ends itself, if
            none does.
    """

    number: int
    start: int
    end: int
    offsets: Sequence[int]
    opening: int
    closing: int

    @classmethod
    def whole(cls, number: int, length: int, at: int) -> Self:
        """A string that stands as it is from `at` on, with nothing around it."""
        stop = at + length
        return cls(number, 0, length, range(at, stop + 1), at, stop)

    @property
    def at(self) -> int:
        """Where it begins in the text."""
        return self.offsets[0]

    @property
    def stop(self) -> int:
        """Where it ends in the text."""
        return self.offsets[-1]

    def paint(self, canvas: bytearray, flags: bytes, *, around: bool = True) -> None:
        """Writes flags of the string's characters to the characters that they became.

        Args:
            canvas: One flag for each character of the text.
            flags: One for each character of the string.
            around: Whether what the template writes around it gets the flag that is next to it.
        """
        kept = flags[self.start : self.end]
        if self.stop - self.at == len(kept):
            canvas[self.at : self.stop] = kept
        else:
            for flag, (start, stop) in zip(kept, pairwise(self.offsets), strict=True):
                canvas[start:stop] = bytes([flag]) * (stop - start)
        if around:
            canvas[self.opening : self.at] = kept[:1] * (self.at - self.opening)
            canvas[self.stop : self.closing] = kept[-1:] * (self.closing - self.stop)


class ChangedError(ValueError):
    """The template changes what is said.

    Attributes:
        number: Which string it changes; None where it changes what stands around them.
    """

    def __init__(self, number: int | None = None) -> None:
        super().__init__("the chat template changes what is said")
        self.number = number


def locate(
    strings: Sequence[str],
    write: Callable[[Sequence[str]], str],
    tokenizer: Any,
    turns: Sequence[int] | None = None,
) -> tuple[str, list[Located]]:
    """Writes strings through a template and finds them.

    Args:
        strings: What is said.
        write: Gives the text of a chat with these strings, or with others in their place.
        tokenizer: A tokenizer of transformers; it knows the special tokens.
        turns: The turn of each string; None where each is a turn of its own.

    Returns:
        The text, and where the strings stand that the template has not left out, in its order.
        A string whose thoughts are written apart comes in pieces.

    Raises:
        ChangedError: The text does not hold a string as it was, white space around it aside.
    """
    text = write(strings)
    follow = partial(_followed, strings, text, write, tokenizer, turns or range(len(strings)))
    whole = [Piece(n, 0, len(s), thought=False) for n, s in enumerate(strings) if s.strip()]
    try:
        return text, follow(whole)
    except ChangedError:
        pieces = [piece for number, said in enumerate(strings) for piece in pieces_of(number, said)]
        if pieces == whole:
            raise
    return text, _whole_answers(pieces, follow(pieces))


def _marked(strings: Sequence[str], pieces: Sequence[Piece]) -> list[str]:
    """The strings with a mark in the place of each piece; blank ones say how they are written."""
    marked = list(strings)
    for at, (number, start, end, _) in reversed(list(enumerate(pieces))):
        marked[number] = f"{marked[number][:start]}\ue000{at}\ue001{marked[number][end:]}"
    return marked


def _followed(  # noqa: PLR0913, PLR0917 - what a template was given, and what came of it
    strings: Sequence[str],
    text: str,
    write: Callable[[Sequence[str]], str],
    tokenizer: Any,
    turns: Sequence[int],
    pieces: Sequence[Piece],
) -> list[Located]:
    first, *rest = _MARK.split(write(_marked(strings, pieces)))
    special = _special_tokens(tokenizer)
    at = _passed(text, first, 0)
    found: list[Located] = []
    for mark, literal in zip(rest[::2], rest[1::2], strict=True):
        if int(mark) >= len(pieces):
            raise ChangedError
        piece = pieces[int(mark)]
        start, end, offsets = _kept(strings[piece.number], piece, text, at, literal)
        if found and turns[found[-1].number] == turns[piece.number]:
            found[-1] = found[-1]._replace(closing=at)
        closing = _closing(text, offsets[-1], literal, special)
        found.append(Located(piece.number, start, end, offsets, at, closing))
        at = _passed(text, literal, offsets[-1])
    if at != len(text):
        raise ChangedError
    return found


def _whole_answers(pieces: Sequence[Piece], found: list[Located]) -> list[Located]:
    """What was found, unless an answer is left out whose thoughts are not."""
    for piece in pieces:
        mine = [one for one in found if one.number == piece.number]
        left = any(piece.start <= one.start and one.end <= piece.end for one in mine)
        if mine and not left and not piece.thought:
            raise ChangedError(piece.number)
    return found


def _passed(text: str, literal: str, at: int) -> int:
    if not text.startswith(literal, at):
        raise ChangedError
    return at + len(literal)


def _json(said: str) -> str:
    return json.dumps(said, ensure_ascii=False)[1:-1]


def _kept(
    said: str, piece: Piece, text: str, at: int, literal: str
) -> tuple[int, int, Sequence[int]]:
    """Which characters of a piece the template left, and where they stand."""
    part = said[piece.start : piece.end]
    for encode in (str, _json):
        for first in _edges(part):
            for last in _edges(part[::-1]):
                kept = part[first : len(part) - last]
                written = encode(kept)
                if text.startswith(written, at) and text.startswith(literal, at + len(written)):
                    start = piece.start + first
                    return start, start + len(kept), _offsets(kept, encode, at, len(written))
    raise ChangedError(piece.number)


def _edges(part: str) -> list[int]:
    """How many characters a template may have stripped: none, line ends, or all white space."""
    return sorted({0, len(part) - len(part.lstrip("\n")), len(part) - len(part.lstrip())})


def _offsets(kept: str, encode: Callable[[str], str], at: int, width: int) -> Sequence[int]:
    if width == len(kept):
        return range(at, at + width + 1)
    offsets = [at]
    for character in kept:
        offsets.append(offsets[-1] + len(encode(character)))
    return offsets


def _closing(text: str, stop: int, literal: str, special: Sequence[str]) -> int:
    """Where the special token ends that follows a string, white space aside."""
    at = stop + len(literal) - len(literal.lstrip())
    tokens = (token for token in special if text.startswith(token, at))
    return max((at + len(token) for token in tokens), default=stop)


@lru_cache(maxsize=4)
def _special_tokens(tokenizer: Any) -> tuple[str, ...]:
    """Those that the tokenizer names, and those that are only told apart from words."""
    added = getattr(tokenizer, "added_tokens_decoder", {}).values()
    special = (token.content for token in added if token.special)
    return tuple(dict.fromkeys((*tokenizer.all_special_tokens, *special)))
