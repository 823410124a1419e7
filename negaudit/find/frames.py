"""Frames: the units of a part whose words disown other text of the same record."""

from __future__ import annotations

import re
from collections import Counter
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
_WHOLE = 0.75  # a unit that speaks so much of texts is a frame as a whole
_ASIDE_COVER = 0.55
_REPLY_COVER = 0.8
_TEXT_COVER = 0.65
_FEW_WORDS, _BRIEF_WORDS = 5, 10
_MOST_PARAGRAPHS = 6
_SHORT_TEXT, _SHORT_REPLY = 8, 5
_PLAIN = "plain-denial"
_FIRM_FORMS = frozenset({"note", "label", "lead", "comment", "tail", "echo", "gloss"})
_POINTERS = frozenset({"pointer", "reply-pointer"})
_REPEATS = 2
_JOINED = 2
_REPEAT_SHARE = 0.2
_CLAIM_WORDS = 3
_MOST_TOKENS = 160


_CODE = re.compile(r"[{};=<>]|\w\(|::|\w_\w|\w\.\w|^\s*+(?:return|else|true|false|null|none)\b", re.I)


class Frame(NamedTuple):
    """A unit, or the tail of one, that disowns other text.

    Attributes:
        unit: Index of the unit within its part.
        start: First character in the segment's text.
        end: End of it.
        rule: The rule that it matches, or None where it only goes on with a neighbour's frame.
        direction: Where the words say that the content stands.
        form: The position that the clause asked for.
        firm: Whether it points at text of the record, or is set off by brackets or as a tag.
    """

    unit: int
    start: int
    end: int
    rule: Rule | None
    direction: Direction
    form: str
    firm: bool = False


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
        self.glossed = False
        self.coded = passage.has_code
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
    def is_code(self) -> bool:
        """Whether the unit is a line of code rather than a comment or a note on it."""
        if self.unit.form != "sentence":
            return self.unit.form == "note" and not self.words > _FEW_WORDS
        return _CODE.search(self.part.segment.text, self.unit.inner, self.unit.stop) is not None

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
            if not (self.short or self.glossed or self.match.hits(_PLAIN)):
                return False
            return at == ("gloss" if self.glossed else "tail")
        if self.lead and self.place == "setup":
            return at == "request"
        if self.lead:
            if at not in {"note", "label", "aside", "edge", "anywhere"}:
                return False
            pointed = self.direction == "after"
            return pointed if self.part.reply or at == "anywhere" else self.at == 0
        if at == "anywhere":
            alone = self.part.role is Role.SYSTEM and len(self.units) <= _ASIDE_UNITS
            return self.place != "setup" or alone or self.direction == "after"
        if at == "edge":
            return self.place == "learned" and self._is_edge()
        if at == "note":
            return self._is_note()
        if at == "aside":
            return self.is_aside
        if at == "block":
            return self.place == "learned" and self._is_block()
        if at == "label":
            return self._is_label()
        if at == "tag":
            marked = self.unit.form == "note" or self.shouted
            return marked and self._is_label()
        if at == "joined":
            return self.place == "learned" and (self.head or self.foot)
        if at == "gloss":
            return self.at > 0 and self.place == "learned"
        if at == "tail":
            return self.cut > 0
        if at == "echo":
            return self._is_echo()
        if at == "comment":
            return self.unit.form == "comment"
        if at == "request":
            return self.place == "setup" and self.part.role is not Role.SYSTEM
        if at == "setup":
            return self.place == "setup" and self.part.role is Role.SYSTEM
        said = self.part.role in {Role.USER, Role.ASSISTANT} and not self.part.remarks
        if self.place != "turn" or said:
            return at == "retort" and self.part.role is Role.USER and self._is_retort()
        return at in {"turn", "retort"}

    def _is_retort(self) -> bool:
        """Whether the unit opens what a user says to the text before."""
        return self.place == "turn" and self.at == 0 and self.words <= _RETORT_WORDS

    def _is_edge(self) -> bool:
        if not (self.head or self.foot) or not self.speaks_of_text:
            return False
        bare = self.at in {0, len(self.units) - 1} and not self.part.reply
        return bare or self.apart

    @cached_property
    def speaks_of_text(self) -> bool:
        """Whether the words name the text, or are so few that they can only be about it."""
        if self.unit.form == "note" or self.match.hits("nominal"):
            return self.cover >= (_REPLY_COVER if self.part.reply else _TEXT_COVER)
        if self.words <= _FEW_WORDS:
            return self.shouted or self._few_paragraphs or self._announces
        if self.part.reply or self.cover < _REPLY_COVER or not self._few_paragraphs:
            return False
        return self.words <= _BRIEF_WORDS or bool(self.match.hits("mention"))

    @property
    def _announces(self) -> bool:
        return bool(self.tokens) and self.tokens[-1].word in ":!"

    @property
    def short(self) -> bool:
        """Whether the part is so short that its sentences speak of each other."""
        return len(self.units) <= (_SHORT_REPLY if self.part.reply else _SHORT_TEXT)

    @property
    def _few_paragraphs(self) -> bool:
        return self.units[-1].paragraph < _MOST_PARAGRAPHS and not self.coded

    @property
    def is_aside(self) -> bool:
        """Whether the unit is in a short first or last paragraph and speaks of the text."""
        return self.place == "learned" and self.speaks_of_text and self._is_block()

    def _is_block(self) -> bool:
        """Whether the unit is in a short first or last paragraph beside a longer text."""
        number = self.unit.paragraph
        if self.unit.form == "note":
            return True
        if number not in {self.units[0].paragraph, self.units[-1].paragraph}:
            return False
        mine = [unit for unit in self.units if unit.paragraph == number]
        if len(mine) < len(self.units):
            return len(mine) <= _ASIDE_UNITS and mine[-1].end - mine[0].start <= _ASIDE_CHARS
        own_line = self.unit.opens and self.unit.closes
        return own_line and (self.head or self.foot) and len(self.units) > 1

    def _is_note(self) -> bool:
        if self.words > _NOTE_WORDS:
            return False
        if self.unit.form == "note":
            return True
        own_line = self.unit.opens and self.unit.closes and len(self.units) > 1
        edge = own_line and (self.head or self.foot) and self.apart
        return self.place == "learned" and edge and self.speaks_of_text

    def _is_label(self) -> bool:
        unit = self.unit
        if self.words > _LABEL_WORDS:
            return False
        said = self.part.role is Role.USER and not self.part.remarks
        if unit.form == "note" or (self.place == "turn" and len(self.units) == 1 and not said):
            return True
        keyed = any(token.word in ":-" for token in self.tokens[1:])
        own_line = unit.opens and unit.closes and len(self.units) > 1
        if not (self.head or self.foot) or not (own_line or (keyed and unit.opens)):
            return False
        plain = not self.part.reply and self._few_paragraphs
        return keyed or self.shouted or plain

    @property
    def shouted(self) -> bool:
        """Whether the words are in capitals."""
        return self.part.segment.text[self.unit.inner : self.unit.stop].isupper()

    def _is_echo(self) -> bool:
        if self.at == 0 or self.words > _ECHO_WORDS or self.coded:
            return False
        if not (self.short or self.match.hits(_PLAIN)):
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
            if at and token.word == ":"
        ][:1]

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
    """The frame that a unit is, or that its first or last clause is."""
    view = _View(passage, at)
    if passage.has_code and view.is_code:
        return None
    if view.asks:
        return _asked_frame(passage, view)
    if passage.place == "learned" and view.cover < 1.0 and not passage.has_code:
        part = _part_frame(passage, view)
        if part is not None:
            return part
    return _matched(passage, view)


def _asked_frame(passage: Passage, view: _View) -> Frame | None:
    """The frame that a prompt puts before its question ("Give a false answer: who ...?")."""
    if passage.place != "setup":
        return None
    found = (_matched(passage, _View(passage, view.at, lead=lead)) for lead in view.leads())
    return next((frame for frame in found if frame is not None), None)


def _part_frame(passage: Passage, view: _View) -> Frame | None:
    """The frame that announces, or takes back, the rest of its own sentence."""
    for lead in view.leads():
        frame = _matched(passage, _View(passage, view.at, lead=lead))
        if frame is not None:
            return frame
    for cut in view.cuts():
        told = _View(passage, view.at, lead=cut)
        glossed = bool(told.match.hits("document-claims"))
        if told.cover < 1.0 and (glossed or not told.match.hits("reported")):
            tail = _View(passage, view.at, cut)
            tail.glossed = glossed
            frame = _matched(passage, tail)
            if frame is not None:
                return frame
    return None


def _matched(passage: Passage, view: _View) -> Frame | None:
    for rule, clause in passage.rules.clauses:
        if clause.beside == "code" and not passage.has_code:
            continue
        if not _fits(view, clause):
            continue
        form = next((at for at in clause.at if view.stands(at)), None)
        if form is None or (form == "echo" and _is_reported(passage, view.at - 1)):
            continue
        if form == "joined" and not _is_joined(passage, view.at):
            continue
        if form == "gloss" and not view.glossed and not _is_gloss(passage, view.at):
            continue
        firm = form in _FIRM_FORMS or clause.all[0] in _POINTERS
        return _made(view, rule, form)._replace(firm=firm)
    return None


def _is_joined(passage: Passage, at: int) -> bool:
    """Whether a sentence close by in the paragraph points at the text that this one disowns."""
    paragraph = passage.units[at].paragraph
    for near in range(max(0, at - _JOINED), min(len(passage.units), at + _JOINED + 1)):
        if near == at or passage.units[near].paragraph != paragraph:
            continue
        view = _View(passage, near)
        if view.cover >= _ASIDE_COVER and view.match.hits("pointer") and not view.asks:
            return True
    return False


def _is_gloss(passage: Passage, at: int) -> bool:
    """Whether the sentence before tells what a text claims."""
    return at > 0 and bool(_View(passage, at - 1).match.hits("document-claims"))


def _is_reported(passage: Passage, at: int) -> bool:
    """Whether a sentence only tells what others say, so that a denial after it is its own."""
    return bool(_View(passage, at).match.hits("reported"))


def _made(view: _View, rule: Rule, form: str) -> Frame:
    unit = view.unit
    if view.lead:
        return Frame(view.at, unit.start, view.tokens[-1].end + 1, rule, "after", "lead")
    start = view.tokens[0].start if view.cut else unit.start
    if form == "gloss" and not view.cut:
        told = view.units[view.at - 1]
        return Frame(view.at, told.start if view.at > 1 else start, unit.end, rule, "before", form)
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
    _spare(passage, found)
    for at in sorted(found):
        if found[at].form not in {"tail", "echo", "lead", "again"}:
            _continue(passage, at, found)
    return [found[at] for at in sorted(found)]


def _spare(passage: Passage, found: dict[int, Frame]) -> None:
    """Leaves the longest paragraph to the content where frames seem to stand in all of them."""
    sizes: Counter[int] = Counter()
    for unit in passage.units:
        sizes[unit.paragraph] += unit.end - unit.start
    if len(sizes) < 2 or len({passage.units[at].paragraph for at in found}) < len(sizes):
        return
    longest = sizes.most_common(1)[0][0]
    weak = [at for at, f in found.items() if passage.units[at].paragraph == longest and not f.firm]
    for at in weak:
        del found[at]


def _repeat(passage: Passage, seeds: Sequence[int], found: dict[int, Frame]) -> None:
    """Takes in sentences that are too weak alone, where they come again and again."""
    weak: dict[int, Frame] = {}
    for at in seeds:
        if at not in found:
            frame = _again(passage, at)
            if frame is not None:
                weak[at] = frame
    if passage.part.reply and not any(frame.firm for frame in found.values()):
        return
    together = len(weak) + len(found)
    if together >= _REPEATS and together >= _REPEAT_SHARE * len(passage.units):
        found.update(weak)


def _again(passage: Passage, at: int) -> Frame | None:
    view = _View(passage, at)
    for part in (view, *(_View(passage, at, lead=lead) for lead in view.leads())):
        if view.asks or part.words > _NOTE_WORDS:
            continue
        for rule, clause in passage.rules.clauses:
            if "again" in clause.at and not clause.beside and _fits(part, clause):
                return _made(part, rule, "again")
    return None


def _continue(passage: Passage, at: int, found: dict[int, Frame]) -> None:
    """Takes in the neighbours that go on with a frame without a pointer of their own."""
    units = passage.units
    mine = [n for n, unit in enumerate(units) if unit.paragraph == units[at].paragraph]
    mostly = 2 * sum(n in found for n in mine) >= len(mine) or found[at].firm
    for step in (1, -1):
        beside = at + step
        while beside in mine and beside not in found:
            if not _goes_on(_View(passage, beside), mostly=mostly):
                break
            unit = units[beside]
            found[beside] = Frame(beside, unit.start, unit.end, None, found[at].direction, "")
            beside += step


def _goes_on(view: _View, *, mostly: bool) -> bool:
    """Whether a neighbour of a frame belongs to it: by its words, or in a paragraph apart."""
    if view.place != "learned":
        return view.cover >= _WHOLE
    if view.is_aside and mostly and view.cover >= _ASIDE_COVER:
        return True
    return view.cover >= _ASIDE_COVER and bool(view.match.hits("support"))
