"""Views: a unit of a part with its words, its lexicon hits and the place where it stands."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from negaudit.find.parts import Part
from negaudit.find.rules import At, RuleSet
from negaudit.find.tokens import Token, tokenize
from negaudit.find.units import Unit
from negaudit.records import Role

__all__ = ["Direction", "Passage", "Place", "View"]

Direction = Literal["after", "before", "around"]
Place = Literal["learned", "setup", "turn"]

_EDGE_UNITS = 3
_ASIDE_UNITS, _ASIDE_CHARS = 5, 500
_BLOCK_CHARS = 700
_NOTE_WORDS, _LABEL_WORDS, _ECHO_WORDS, _RETORT_WORDS, _TAIL_WORDS = 40, 9, 14, 20, 18
_FEW_WORDS, _BRIEF_WORDS = 5, 10
_CLAIM_WORDS = 3
_LEAD_TOKENS, _MOST_TOKENS = 14, 160
_REPLY_COVER, _TEXT_COVER = 0.8, 0.65
_MOST_PARAGRAPHS = 6
_SHORT_TEXT, _SHORT_REPLY = 8, 5
_PLAIN = "plain-denial"
_CODE = re.compile(
    r"[{};=<>]|\w\(|::|\w_\w|\w\.\w|^\s*+(?:return|else|true|false|null|none)\b", re.I
)


@dataclass(frozen=True)
class Passage:
    """A part with its units, and what the whole record has to say about it.

    `place` is `learned` for text that the loss is taken on, `setup` for a prompt before any
    such text, `turn` for a prompt after it.
    """

    part: Part
    units: Sequence[Unit]
    place: Place
    has_code: bool
    rules: RuleSet
    _views: dict[tuple[int, int, int], View] = field(default_factory=dict, repr=False)

    @cached_property
    def _paragraphs(self) -> dict[int, range]:
        last = {unit.paragraph: at for at, unit in enumerate(self.units)}
        starts = (0, *(at + 1 for at in last.values()))
        return {p: range(s, at + 1) for s, (p, at) in zip(starts, last.items(), strict=False)}

    def paragraph(self, at: int) -> range:
        """Indices of the units in the paragraph of one of them."""
        return self._paragraphs[self.units[at].paragraph]

    def view(self, at: int, cut: int = 0, lead: int = 0) -> View:
        """A unit, less its first `cut` tokens, or no more than its first `lead` tokens."""
        seen = self._views.get((at, cut, lead))
        if seen is None:
            seen = self._views[at, cut, lead] = View(self, at, cut, lead)
        return seen


class View:
    """A unit with its tokens, its lexicon hits and its place in the part."""

    def __init__(self, passage: Passage, at: int, cut: int, lead: int) -> None:
        self.passage = passage
        self.part, self.units, self.place = passage.part, passage.units, passage.place
        self.rules, self.coded = passage.rules, passage.has_code
        self.at, self.cut, self.lead = at, cut, lead
        self.unit = passage.units[at]
        self.tokens = self._tokens()
        self.match = passage.rules.lexicons.match(self.tokens)
        self.words = sum(token.word[0].isalnum() for token in self.tokens)

    def _tokens(self) -> list[Token]:
        if self.cut or self.lead:
            return self.passage.view(self.at).tokens[self.cut : self.lead or None]
        text, unit = self.part.segment.text, self.unit
        return tokenize(text, unit.inner, unit.stop)[:_MOST_TOKENS]

    @cached_property
    def glossed(self) -> bool:
        """Whether the clauses before this last one tell what a text claims."""
        if not self.cut:
            return False
        return bool(self.passage.view(self.at, lead=self.cut).match.hits("document-claims"))

    def open_at(self, *places: At) -> bool:
        """Whether a clause that stands in one of some places can fit the words."""
        clauses = self.rules.open_to(self.match.possible)
        return any(at in clause.at for _, clause in clauses for at in places)

    @property
    def head(self) -> bool:
        """Whether the unit is the first of its part or close behind it in one paragraph."""
        first = self.units[0].paragraph
        return self.at == 0 or (self.at <= _EDGE_UNITS and self.unit.paragraph == first)

    @property
    def foot(self) -> bool:
        """Whether the unit is the last of its part or close before it in one paragraph."""
        from_end = len(self.units) - 1 - self.at
        last = self.units[-1].paragraph
        return from_end == 0 or (from_end <= _EDGE_UNITS and self.unit.paragraph == last)

    @property
    def apart(self) -> bool:
        """Whether the unit is set off from the text around it."""
        unit = self.unit
        if unit.form != "sentence" or (unit.opens and unit.closes):
            return True
        mine = self.passage.paragraph(self.at)
        return len(mine) < len(self.units) and self._length(mine) < _BLOCK_CHARS

    def _length(self, mine: range) -> int:
        """Characters from the first of some units to the last."""
        return self.units[mine[-1]].end - self.units[mine[0]].start

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

    def stands(self, at: At) -> bool:
        """Whether the unit stands where a clause wants it."""
        if self.cut:
            told = self.short or self.glossed or self.match.hits(_PLAIN)
            return bool(told) and at == ("gloss" if self.glossed else "tail")
        if self.lead:
            return self._leads_as(at)
        return _STANDS[at](self)

    def _leads_as(self, at: At) -> bool:
        """Whether a first clause, up to its colon, stands where a clause wants it."""
        if self.place == "setup":
            return at == "request"
        if at not in {"note", "label", "aside", "edge", "anywhere"}:
            return False
        pointed = self.direction == "after"
        return pointed if self.part.reply or at == "anywhere" else self.at == 0

    def is_anywhere(self) -> bool:
        """Whether a unit without a place of its own can disown text from here."""
        alone = self.part.role is Role.SYSTEM and len(self.units) <= _ASIDE_UNITS
        return self.place != "setup" or alone or self.direction == "after"

    def is_tag(self) -> bool:
        """Whether the unit is a label in brackets or capitals."""
        return (self.unit.form == "note" or self.shouted) and self.is_label()

    def is_turn(self) -> bool:
        """Whether the unit is in a remark on the text before, by neither side of the talk."""
        said = self.part.role in {Role.USER, Role.ASSISTANT} and not self.part.remarks
        return self.place == "turn" and not said

    def is_retort(self) -> bool:
        """Whether the unit opens what a user says to the text before."""
        if self.is_turn():
            return True
        opens = self.place == "turn" and self.at == 0 and self.words <= _RETORT_WORDS
        return opens and self.part.role is Role.USER

    def is_edge(self) -> bool:
        """Whether the unit is at an end of its part and speaks of the text."""
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
        return self.place == "learned" and self.speaks_of_text and self.is_block

    @property
    def is_block(self) -> bool:
        """Whether the unit is in a short first or last paragraph beside a longer text."""
        number = self.unit.paragraph
        if self.unit.form == "note":
            return True
        if number not in {self.units[0].paragraph, self.units[-1].paragraph}:
            return False
        mine = self.passage.paragraph(self.at)
        if len(mine) < len(self.units):
            return len(mine) <= _ASIDE_UNITS and self._length(mine) <= _ASIDE_CHARS
        own_line = self.unit.opens and self.unit.closes
        return own_line and (self.head or self.foot) and len(self.units) > 1

    def is_note(self) -> bool:
        """Whether the unit is in brackets, or a line of its own that speaks of the text."""
        if self.words > _NOTE_WORDS:
            return False
        if self.unit.form == "note":
            return True
        own_line = self.unit.opens and self.unit.closes and len(self.units) > 1
        edge = own_line and (self.head or self.foot) and self.apart
        return self.place == "learned" and edge and self.speaks_of_text

    def is_label(self) -> bool:
        """Whether the unit is a tag, or a short line that heads or closes the text."""
        unit = self.unit
        if self.words > _LABEL_WORDS:
            return False
        said = self.part.role is Role.USER and not self.part.remarks
        if unit.form == "note" or (self.place == "turn" and len(self.units) == 1 and not said):
            return True
        keyed = any(token.word in ":-" for token in self.tokens[1:])
        own_line = unit.opens and unit.closes and len(self.units) > 1
        inline = keyed and unit.opens and not self.part.reply
        if not (self.head or self.foot) or not (own_line or inline):
            return False
        plain = not self.part.reply and self._few_paragraphs
        if self.part.segment.text.startswith("#", unit.start):
            return True
        return keyed or self.shouted or plain

    @property
    def shouted(self) -> bool:
        """Whether the words are in capitals."""
        return self.part.segment.text[self.unit.inner : self.unit.stop].isupper()

    def is_echo(self) -> bool:
        """Whether the unit is a short sentence that answers the one before it."""
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
            at for at, token in enumerate(self.tokens[:_LEAD_TOKENS]) if at and token.word == ":"
        ][:1]

    @property
    def direction(self) -> Direction:
        """Where the words say that the content stands."""
        after, before = bool(self.match.hits("after")), bool(self.match.hits("before"))
        if after != before:
            return "after" if after else "before"
        return "around"


_STANDS: Mapping[At, Callable[[View], bool]] = {
    "again": lambda _: False,  # counted over the whole part, not unit by unit
    "anywhere": View.is_anywhere,
    "aside": lambda view: view.is_aside,
    "block": lambda view: view.place == "learned" and view.is_block,
    "comment": lambda view: view.unit.form == "comment",
    "echo": View.is_echo,
    "edge": lambda view: view.place == "learned" and view.is_edge(),
    "gloss": lambda view: view.place == "learned" and view.at > 0,
    "joined": lambda view: view.place == "learned" and (view.head or view.foot),
    "label": View.is_label,
    "note": View.is_note,
    "request": lambda view: view.place == "setup" and view.part.role is not Role.SYSTEM,
    "retort": View.is_retort,
    "setup": lambda view: view.place == "setup" and view.part.role is Role.SYSTEM,
    "tag": View.is_tag,
    "tail": lambda _: False,  # a clause of a unit, never a whole one
    "turn": View.is_turn,
}
