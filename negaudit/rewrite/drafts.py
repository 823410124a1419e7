"""A framed text on its way: its sentences and what becomes of each."""

from __future__ import annotations

import msgspec

from negaudit.rewrite.elaborations import KEPT, Decision
from negaudit.rewrite.passages import Passage, passages_of
from negaudit.rewrite.rewritten import Framed, Waits

__all__ = ["SHORT", "Draft", "drafted"]

SHORT = 8  # a text with at most so many sentences of content is short


class Draft(msgspec.Struct):
    """A text on its way.

    Attributes:
        framed: The text with its frames and content.
        passages: Its sentences, in order.
        decisions: What becomes of each.
        doubt: Why its rewrite is not safe, or "".
        fault: Why it cannot be rewritten, or "".
        claims: The claims that it is rewritten by.
        waits: What would let it be rewritten, or "".
    """

    framed: Framed
    passages: list[Passage]
    decisions: list[Decision]
    doubt: str = ""
    fault: str = ""
    claims: tuple[str, ...] = ()
    waits: Waits = ""

    @property
    def text(self) -> str:
        """The text as it was."""
        return self.framed.text

    @property
    def is_short(self) -> bool:
        """Whether it has few sentences of content."""
        return sum(passage.content for passage in self.passages) <= SHORT

    def words(self, at: int) -> str:
        """The passage with this index."""
        passage = self.passages[at]
        return self.framed.text[passage.start : passage.end]


def drafted(item: Framed) -> Draft:
    """A text cut into its passages, all of them kept."""
    passages = passages_of(item.text, item.frames, item.content)
    return Draft(item, passages, [KEPT] * len(passages))
