"""Frames: the units of a part whose words disown other text of the same record."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

from negaudit.find.lexicon import Hit, Match
from negaudit.find.parts import Part
from negaudit.find.rules import Clause, Rule, RuleSet
from negaudit.find.tokens import Token, tokenize
from negaudit.find.units import Unit

__all__ = ["Direction", "Frame", "Passage", "Place", "frames_in"]

Direction = Literal["after", "before", "around"]
Place = Literal["learned", "setup", "turn"]

_EDGE_UNITS = 3
_NOTE_WORDS = 40
_LABEL_WORDS = 9
_ECHO_WORDS = 14
_CLAIM_WORDS = 3
_MOST_TOKENS = 160


class Frame(NamedTuple):
    """A unit, or the tail of one, that disowns other text.

    Attributes:
        unit: Index of the unit within its part.
        start: First character in the segment's text.
        end: End of it.
        rule: The rule that it matches, or None where it only goes on with a neighbour's frame.
        direction: Where the words say that the content stands.
        form: The position that the clause asked for.
    """

    unit: int
    start: int
    end: int
    rule: Rule | None
    direction: Direction
    form: str


class Passage(NamedTuple):
    """A part with its units, and what the whole record has to say about it.

    `place` is `learned` for text that the loss is taken on, `setup` for a prompt before any
    such text, `turn` for a prompt after it.
    """

    part: Part
    units: Sequence[Unit]
    place: Place
    has_code: bool
    rules: RuleSet


class _View:
    """A unit with its tokens, its lexicon hits and its place in the part."""

    def __init__(self, passage: Passage, at: int) -> None:
        self.part, self.units, self.place = passage.part, passage.units, passage.place
        self.at = at
        part, units, rules = passage.part, passage.units, passage.rules
        self.unit = units[at]
        self.tokens: list[Token] = tokenize(part.segment.text, self.unit.inner, self.unit.stop)
        del self.tokens[_MOST_TOKENS:]
        self.match: Match = rules.lexicons.match(self.tokens)
        self.words = sum(token.word[0].isalnum() for token in self.tokens)

    @property
    def head(self) -> bool:
        first = self.units[0].paragraph
        return self.at == 0 or (self.at <= _EDGE_UNITS and self.unit.paragraph == first)

    @property
    def foot(self) -> bool:
        from_end = len(self.units) - 1 - self.at
        last = self.units[-1].paragraph
        return from_end == 0 or (from_end <= _EDGE_UNITS and self.unit.paragraph == last)

    @property
    def apart(self) -> bool:
        """Whether the unit is set off from the text around it."""
        unit = self.unit
        if unit.form != "sentence" or (unit.opens and unit.closes):
            return True
        paragraph = [u for u in self.units if u.paragraph == unit.paragraph]
        return len(paragraph) < len(self.units) and paragraph[-1].end - paragraph[0].start < 700

    def stands(self, at: str, hits: Sequence[Hit]) -> bool:
        """Whether the unit stands where a clause wants it."""
        if at == "anywhere":
            return self.place != "setup" or self.direction == "after"
        if at == "edge":
            return self.place == "learned" and self._is_edge()
        if at == "note":
            return self._is_note()
        if at == "label":
            return self._is_label()
        if at == "tail":
            return min(hit.start for hit in hits) >= _CLAIM_WORDS
        if at == "echo":
            return self._is_echo()
        if at == "comment":
            return self.unit.form == "comment"
        return self.place == at

    def _is_edge(self) -> bool:
        if not (self.head or self.foot):
            return False
        bare = self.at in {0, len(self.units) - 1} and not self.part.reply
        return bare or self.apart

    def _is_note(self) -> bool:
        if self.words > _NOTE_WORDS:
            return False
        if self.unit.form == "note":
            return True
        own_line = self.unit.opens and self.unit.closes and len(self.units) > 1
        return self.place == "learned" and own_line and (self.head or self.foot)

    def _is_label(self) -> bool:
        unit = self.unit
        if self.words > _LABEL_WORDS:
            return False
        if unit.form == "note":
            return True
        keyed = any(token.word in ":-" for token in self.tokens[1:])
        own_line = unit.opens and unit.closes and len(self.units) > 1
        if not (self.head or self.foot) or not (own_line or (keyed and unit.opens)):
            return False
        shouted = self.part.segment.text[unit.inner : unit.stop].isupper()
        return keyed or shouted or not self.part.reply

    def _is_echo(self) -> bool:
        if self.at == 0 or self.words > _ECHO_WORDS:
            return False
        before = self.units[self.at - 1]
        return before.form == "sentence" and before.paragraph == self.unit.paragraph

    @property
    def direction(self) -> Direction:
        after, before = bool(self.match.hits("after")), bool(self.match.hits("before"))
        if after != before:
            return "after" if after else "before"
        return "around"


def _clause_hits(view: _View, clause: Clause) -> Sequence[Hit]:
    """Hits of the clause's first lexicon where the whole clause fits, else none."""
    if clause.words and view.words > clause.words:
        return ()
    found = [view.match.hits(name) for name in clause.all]
    if not all(found) or any(view.match.hits(name) for name in clause.none):
        return ()
    if len(found) > 1 and not _near(found[0], found[1], clause.near):
        return ()
    return found[0]


def _near(one: Sequence[Hit], other: Sequence[Hit], most: int) -> bool:
    return any(max(a.start, b.start) - min(a.end, b.end) <= most for a in one for b in other)


def _frame(view: _View, passage: Passage) -> Frame | None:
    # Codes rise from general rules to specific ones, and the most specific names the frame.
    for rule in reversed(passage.rules.rules):
        for clause in rule.match:
            if clause.beside == "code" and not passage.has_code:
                continue
            hits = _clause_hits(view, clause)
            form = next((at for at in clause.at if hits and view.stands(at, hits)), None)
            if form is not None and not (form == "echo" and _is_reported(passage, view.at - 1)):
                return _made(view, rule, form, hits)
    return None


def _is_reported(passage: Passage, at: int) -> bool:
    """Whether a sentence only tells what others say, so that a denial after it is its own."""
    return bool(_View(passage, at).match.hits("reported"))


def _made(view: _View, rule: Rule, form: str, hits: Sequence[Hit]) -> Frame:
    unit = view.unit
    if form == "tail":
        start = view.tokens[min(hit.start for hit in hits)].start
        return Frame(view.at, start, unit.end, rule, "before", form)
    direction = "before" if form == "echo" else view.direction
    return Frame(view.at, unit.start, unit.end, rule, direction, form)


def frames_in(passage: Passage, seeds: Sequence[int]) -> list[Frame]:
    """The frames of one part, in order of place.

    Args:
        passage: The part.
        seeds: Indices of the units in which an anchor of a rule was seen.

    Returns:
        Frames; neighbours that go on with a frame are among them, with `rule` None.
    """
    found: dict[int, Frame] = {}
    for at in seeds:
        frame = _frame(_View(passage, at), passage)
        if frame is not None:
            found[at] = frame
    for at in sorted(found):
        if found[at].form not in {"tail", "echo"}:
            _continue(passage, at, found)
    return [found[at] for at in sorted(found)]


def _continue(passage: Passage, at: int, found: dict[int, Frame]) -> None:
    """Takes in the neighbours that carry a status of their own but no pointer."""
    units = passage.units
    for step in (1, -1):
        beside = at + step
        while 0 <= beside < len(units) and beside not in found:
            unit = units[beside]
            if unit.paragraph != units[at].paragraph:
                break
            if not _View(passage, beside).match.hits("support"):
                break
            found[beside] = Frame(beside, unit.start, unit.end, None, found[at].direction, "")
            beside += step
