"""A memory of what has been worked out for single words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

__all__ = ["Memo"]

_MOST_WORDS = 1 << 16
_LONGEST = 40

Word = TypeVar("Word", str, bytes)
Value = TypeVar("Value")


class Memo(dict[Word, Value], Generic[Word, Value]):
    """Answers of a function of a word; forgets them all when they grow too many.

    A dictionary that fills itself is the quickest thing to ask in the innermost loops. Text
    from data may hold endless new words, so its size is bounded, and long words are not kept.
    """

    def __init__(self, answer: Callable[[Word], Value]) -> None:
        self._answer: Callable[[Word], Value] = answer

    def __missing__(self, word: Word) -> Value:
        value = self._answer(word)
        if len(word) <= _LONGEST:
            if len(self) >= _MOST_WORDS:
                self.clear()
            self[word] = value
        return value
