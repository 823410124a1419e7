"""Keeps a run within its tokens, whatever many threads ask for."""

from __future__ import annotations

from collections.abc import Sequence
from threading import Condition
from typing import Final

from negaudit.llm.record import Message

__all__ = ["Budget", "estimate"]

_CHARACTERS: Final = 3  # of a token, at the least, in most English text
_FRAME: Final = 8  # tokens that a chat template puts around a message


def estimate(messages: Sequence[Message]) -> int:
    """About how many tokens messages have; rather too many than too few."""
    return sum(len(message["content"]) // _CHARACTERS + _FRAME for message in messages)


class Budget:
    """Counts tokens; what is set aside counts as spent until it is settled.

    Args:
        limit: The most tokens; None sets no limit.
    """

    def __init__(self, limit: int | None) -> None:
        self.limit = limit
        self.spent = 0
        self._aside = 0
        self._changed = Condition()

    def reserve(self, tokens: int) -> bool:
        """Sets tokens aside; waits while others may still give some back.

        Returns:
            Whether there were enough left.
        """
        with self._changed:
            if self.limit is not None:
                self._changed.wait_for(lambda: self._fits(tokens) or not self._aside)
                if not self._fits(tokens):
                    return False
            self._aside += tokens
            return True

    def settle(self, reserved: int, spent: int) -> None:
        """Puts what was spent in the place of what was set aside."""
        with self._changed:
            self._aside -= reserved
            self.spent += spent
            self._changed.notify_all()

    def _fits(self, tokens: int) -> bool:
        return self.limit is None or self.spent + self._aside + tokens <= self.limit
