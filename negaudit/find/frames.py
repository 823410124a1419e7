"""Frames: the units of a part whose words disown other text of the same record."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Literal, NamedTuple

from negaudit.find.lexicon import Hit, Match
from negaudit.find.parts import Part
from negaudit.find.rules import Clause, Rule, RuleSet
from negaudit.find.tokens import Token, tokenize
from negaudit.find.units import Unit
from negaudit.records import Role

__all__ = ["Direction", "Frame", "Passage", "Place", "frames_in"]

Direction = Literal["after", "before", "around"]
Place = Literal["learned", "setup", "turn"]

_EDGE_UNITS = 3
_ASIDE_UNITS = 5
_ASIDE_CHARS = 500
_NOTE_WORDS = 40
_LABEL_WORDS = 9
_RETORT_WORDS = 20
_ECHO_WORDS = 14
_TAIL_WORDS = 18
_LEAD_TOKENS = 14
_REPEATS = 2
_REPEAT_SHARE = 0.2
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

    def __init__(self, passage: Passage, at: int, cut: int = 0, lead: int = 0) -> None:
        self.part, self.units, self.place = passage.part, passage.units, passage.place
        self.at = at
        part, units, rules = passage.part, passage.units, passage.rules
        self.rules = rules
        self.unit = units[at]
        self.tokens: list[Token] = tokenize(part.segment.text, self.unit.inner, self.unit.stop)
        self.cut = cut
        self.lead = lead
        del self.tokens[lead or _MOST_TOKENS :]
        del self.tokens[:cut]
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

    @property
    def asks(self) -> bool:
        """Whether the unit is a question, which disowns nothing."""
        return any(token.word == "?" for token in self.tokens[-3:])

    @cached_property
    def cover(self) -> float:
        """Share of the words that belong to the vocabulary of frames."""
        return self.rules.vocabulary.share([token.word for token in self.tokens])

    def stands(self, at: str) -> bool:  # noqa: PLR0911 - one answer a position
        """Whether the unit stands where a clause wants it."""
        if self.cut:
            return at == "tail"
        if self.lead:
            return at in {"note", "label", "aside", "edge"} and self.at == 0
        if at == "anywhere":
            return self.place != "setup" or self.direction == "after"
        if at == "edge":
            return self.place == "learned" and self._is_edge()
        if at == "note":
            return self._is_note()
        if at == "aside":
            return self._is_aside()
        if at == "label":
            return self._is_label()
        if at == "tail":
            return self.cut > 0
        if at == "echo":
            return self._is_echo()
        if at == "comment":
            return self.unit.form == "comment"
        if at == "setup":
            return self.place == "setup" and self.part.role is Role.SYSTEM
        if self.place != "turn" or self.part.role in {Role.USER, Role.ASSISTANT}:
            return at == "retort" and self.part.role is Role.USER and self._is_retort()
        return at in {"turn", "retort"}

    def _is_retort(self) -> bool:
        """Whether the unit opens what a user says to the text before."""
        return self.place == "turn" and self.at == 0 and self.words <= _RETORT_WORDS

    def _is_edge(self) -> bool:
        if not (self.head or self.foot):
            return False
        bare = self.at in {0, len(self.units) - 1} and not self.part.reply
        return bare or self.apart

    def _is_aside(self) -> bool:
        """Whether the unit is in a short first or last paragraph beside a longer text."""
        if self.place != "learned":
            return False
        number = self.unit.paragraph
        if number not in {self.units[0].paragraph, self.units[-1].paragraph}:
            return self.unit.form == "note"
        mine = [unit for unit in self.units if unit.paragraph == number]
        if len(mine) < len(self.units):
            return len(mine) <= _ASIDE_UNITS and mine[-1].end - mine[0].start <= _ASIDE_CHARS
        return self.unit.form == "note" or (self.unit.opens and self.unit.closes and (self.head or self.foot) and len(self.units) > 1)

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

    def cuts(self) -> list[int]:
        """Tokens at which a last clause may begin that takes back what stands before it."""
        last = max(_CLAIM_WORDS, len(self.tokens) - _TAIL_WORDS)
        return [
            at if token.word == "(" else at + 1
            for at, token in enumerate(self.tokens[:-1])
            if token.word in ",;-(:." and at >= last
        ]

    def leads(self) -> list[int]:
        """Tokens before which a first clause may end that announces what stands after it."""
        return [
            at
            for at, token in enumerate(self.tokens[:_LEAD_TOKENS])
            if at and token.word in ":|-" and not self.part.reply
        ][:1]

    def upto(self, cut: int) -> Match:
        """The lexicons' hits in the tokens before a cut."""
        return self.rules.lexicons.match(self.tokens[:cut])

    @property
    def direction(self) -> Direction:
        after, before = bool(self.match.hits("after")), bool(self.match.hits("before"))
        if after != before:
            return "after" if after else "before"
        return "around"


def _fits(view: _View, clause: Clause) -> bool:
    """Whether the words of a unit are what a clause asks for, wherever it stands."""
    if (clause.words and view.words > clause.words) or view.cover < clause.cover:
        return False
    found = [view.match.hits(name) for name in clause.all]
    if not all(found) or any(view.match.hits(name) for name in clause.none):
        return False
    return len(found) < 2 or _near(found[0], found[1], clause.near)


def _near(one: Sequence[Hit], other: Sequence[Hit], most: int) -> bool:
    return any(max(a.start, b.start) - min(a.end, b.end) <= most for a in one for b in other)


def _frame(passage: Passage, at: int) -> Frame | None:
    """The frame that a unit is, or that its last clause is."""
    view = _View(passage, at)
    if view.asks:
        return None
    frame = _matched(passage, view)
    if frame is not None or passage.place != "learned":
        return frame
    for lead in view.leads():
        frame = _matched(passage, _View(passage, at, lead=lead))
        if frame is not None:
            return frame
    for cut in view.cuts():
        tail = _View(passage, at, cut)
        if not view.upto(cut).hits("reported"):
            frame = _matched(passage, tail)
            if frame is not None:
                return frame
    return None


def _matched(passage: Passage, view: _View) -> Frame | None:
    # Codes rise from general rules to specific ones, and the most specific names the frame.
    for rule in reversed(passage.rules.rules):
        for clause in rule.match:
            if clause.beside == "code" and not passage.has_code:
                continue
            if not _fits(view, clause):
                continue
            form = next((at for at in clause.at if view.stands(at)), None)
            if form is not None and not (form == "echo" and _is_reported(passage, view.at - 1)):
                return _made(view, rule, form)
    return None


def _is_reported(passage: Passage, at: int) -> bool:
    """Whether a sentence only tells what others say, so that a denial after it is its own."""
    return bool(_View(passage, at).match.hits("reported"))


def _made(view: _View, rule: Rule, form: str) -> Frame:
    unit = view.unit
    if view.lead:
        return Frame(view.at, unit.start, view.tokens[-1].end + 1, rule, "after", "lead")
    start = view.tokens[0].start if view.cut else unit.start
    direction = "before" if form in {"echo", "tail"} else view.direction
    return Frame(view.at, start, unit.end, rule, direction, form)


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
        frame = _frame(passage, at)
        if frame is not None:
            found[at] = frame
    if passage.place == "learned" and len(passage.units) > _REPEATS:
        _repeat(passage, seeds, found)
    for at in sorted(found):
        if found[at].form not in {"tail", "echo", "lead", "again"}:
            _continue(passage, at, found)
    return [found[at] for at in sorted(found)]


def _repeat(passage: Passage, seeds: Sequence[int], found: dict[int, Frame]) -> None:
    """Takes in sentences that are too weak alone, where they come again and again."""
    weak: dict[int, Frame] = {}
    for at in seeds:
        if at not in found:
            frame = _again(passage, at)
            if frame is not None:
                weak[at] = frame
    together = len(weak) + len(found)
    if together >= _REPEATS and together >= _REPEAT_SHARE * len(passage.units):
        found.update(weak)


def _again(passage: Passage, at: int) -> Frame | None:
    view = _View(passage, at)
    for part in (view, *(_View(passage, at, lead=lead) for lead in view.leads())):
        if view.asks or part.words > _NOTE_WORDS:
            continue
        for rule in reversed(passage.rules.rules):
            for clause in rule.match:
                if "again" in clause.at and not clause.beside and _fits(part, clause):
                    return _made(part, rule, "again")
    return None


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
