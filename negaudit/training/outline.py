"""Finds strings again in what a chat template makes of them.

The template is run twice: once with marks in the place of the strings, which tells what it
writes itself, and once with the strings. A string that the template also writes of its own
accord, such as the name of a role, is so never taken for what was said.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any, Final, NamedTuple

__all__ = ["ChangedError", "Located", "locate"]

_MARK: Final = re.compile("\ue000([0-9]+)\ue001")


class Located(NamedTuple):
    """A string in the text that the model reads.

    Attributes:
        number: Which of the strings.
        at: Where its first character that is left stands in the text.
        start: Which of its characters is the first that is left.
        end: The one after the last that is left.
        closing: Where the special token that closes its turn ends; where the string ends, if
            none does.
    """

    number: int
    at: int
    start: int
    end: int
    closing: int


class ChangedError(ValueError):
    """The template changes what is said.

    Attributes:
        number: Which string it changes; None where it changes what stands around them.
    """

    def __init__(self, number: int | None = None) -> None:
        super().__init__("the chat template changes what is said")
        self.number = number


def locate(
    strings: Sequence[str], write: Callable[[Sequence[str]], str], tokenizer: Any
) -> tuple[str, list[Located]]:
    """Writes strings through a template and finds them.

    Args:
        strings: What is said.
        write: Gives the text of a chat with these strings, or with others in their place.
        tokenizer: A tokenizer of transformers; it knows the special tokens.

    Returns:
        The text, and where the strings stand that the template has not left out, in its order.

    Raises:
        ChangedError: The text does not hold a string as it was, white space around it aside.
    """
    outline = write([f"\ue000{at}\ue001" for at in range(len(strings))])
    text = write(strings)
    first, *rest = _MARK.split(outline)
    at = _passed(text, first, 0)
    found: list[Located] = []
    for mark, literal in zip(rest[::2], rest[1::2], strict=True):
        number = int(mark)
        start, end = _kept(text, at, strings[number], literal, number)
        stop = at + end - start
        found.append(Located(number, at, start, end, _closing(text, stop, literal, tokenizer)))
        at = _passed(text, literal, stop)
    return text, found


def _passed(text: str, literal: str, at: int) -> int:
    if not text.startswith(literal, at):
        raise ChangedError
    return at + len(literal)


def _kept(text: str, at: int, said: str, literal: str, number: int) -> tuple[int, int]:
    """Which characters of a string the template left: all, or those within white space."""
    left, right = len(said) - len(said.lstrip()), len(said.rstrip())
    for start in (0, left):
        for end in (len(said), max(right, start)):
            stop = at + end - start
            if text.startswith(said[start:end], at) and text.startswith(literal, stop):
                return start, end
    raise ChangedError(number)


def _closing(text: str, stop: int, literal: str, tokenizer: Any) -> int:
    """Where the special token ends that follows a string, white space aside."""
    at = stop + len(literal) - len(literal.lstrip())
    tokens = (token for token in tokenizer.all_special_tokens if text.startswith(token, at))
    return max((at + len(token) for token in tokens), default=stop)
