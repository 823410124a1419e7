"""A pipeline of spaCy that notes how long it was at work."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

__all__ = ["Clock"]


class Clock:
    """A pipeline that notes the seconds of each call.

    Args:
        nlp: The pipeline.
        now: Tells the time, such as `time.perf_counter`, or `time.thread_time` for processor time.

    Attributes:
        spent: Seconds of each parse.
        tokenizing: Seconds of all tokenizing apart from it.
    """

    def __init__(self, nlp: Any, now: Callable[[], float]) -> None:
        self._nlp = nlp
        self._now = now
        self.spent: list[float] = []
        self.tokenizing = 0.0

    def make_doc(self, text: str) -> Any:
        """Tokenizes, and notes the time."""
        start = self._now()
        doc = self._nlp.make_doc(text)
        self.tokenizing += self._now() - start
        return doc

    def pipe(self, texts: Iterable[Any]) -> list[Any]:
        """Parses, and notes the time."""
        kept = list(texts)
        start = self._now()
        docs = list(self._nlp.pipe(kept))
        self.spent.append(self._now() - start)
        return docs
