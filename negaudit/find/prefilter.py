"""Which records, and which of their sentences, are looked at."""

from __future__ import annotations

from negaudit.find.anchors import anchors
from negaudit.find.glance import Glance
from negaudit.find.rules import RuleSet
from negaudit.find.scan import WORD, Scanner

__all__ = ["Prefilter"]


class Prefilter:
    """Finds the places in which a frame can be, at a small part of the cost of looking closely.

    Args:
        rules: The rules in force.
    """

    def __init__(self, rules: RuleSet) -> None:
        self._scanner = Scanner(anchors(rules))
        self._glance = Glance(rules)

    def ends(self, data: bytes) -> list[int]:
        """Offsets of the anchors in JSON lines around which a frame can be.

        Of a line that is worth a look no more than one need be told.
        """
        return self._glance.ends(data, self._scanner.events(data))

    def anchors(self, text: bytes) -> list[int]:
        """Offsets at which a word of some frame ends in UTF-8 text, in order."""
        return [end for end, kind in self._scanner.events(text) if kind == WORD]
