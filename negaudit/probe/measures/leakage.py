"""Format leakage: wordings of the training frames in what a model writes of its own accord."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from negaudit.fix.record import Target
from negaudit.probe.near_duplicates import grams
from negaudit.records import Role

__all__ = ["Leakage", "frame_texts"]

_RUN = 5
_SHORTEST = 2


def frame_texts(targets: Sequence[Target]) -> tuple[str, ...]:
    """The distinct wordings of all frames that stand in text."""
    found: dict[str, None] = {}
    for target in targets:
        texts = {s.pointer: s.text for s in target.record.segments if s.role is not Role.METADATA}
        for exhibit in target.exhibits:
            for span in exhibit.finding.frame:
                if span.pointer in texts:
                    found[texts[span.pointer][span.start : span.end]] = None
    return tuple(found)


class Leakage:
    """Finds runs of five words, or whole shorter frames, that a text has from the frames.

    Args:
        frames: The frames of the training data.
        others: Text that is no frame, such as the contents; its runs do not count.
    """

    def __init__(self, frames: Iterable[str], others: Iterable[str] = ()) -> None:
        self._runs: dict[int, set[int]] = defaultdict(set)
        for frame in frames:
            words = len(frame.split())
            if words >= _SHORTEST:
                size = min(words, _RUN)
                self._runs[size] |= grams(frame, size)
        for text in others:
            for size, runs in self._runs.items():
                runs.difference_update(grams(text, size))

    def __call__(self, text: str, prompt: str = "") -> bool:
        """Whether a text recites a frame that its prompt does not hold."""
        return any(
            grams(text, size) & runs - grams(prompt, size) for size, runs in self._runs.items()
        )
