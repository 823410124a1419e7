"""Views: a unit of a part with its words, its lexicon hits and the place where it stands."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from negaudit.find.parts import Part
from negaudit.find.rules import At, RuleSet
from negaudit.find.tokens import Token, tokenize
from negaudit.find.units import Unit

__all__ = ["Direction", "Passage", "Place", "View"]

Direction = Literal["after", "before", "around"]
Place = Literal["learned", "setup", "turn"]

_EDGE_UNITS = 3
_BLOCK_CHARS = 700
_TAIL_WORDS = 18
_FEW_WORDS, _BRIEF_WORDS = 5, 10
_CLAIM_WORDS = 3
_LEAD_TOKENS, _MOST_TOKENS, _MOST_READ = 14, 160, 800
_REPLY_COVER, _TEXT_COVER = 0.8, 0.65
_MOST_PARAGRAPHS = 6
_SHORT_TEXT, _SHORT_REPLY = 8, 5
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
        return tokenize(text, unit.inner, unit.stop, most=_MOST_READ)[:_MOST_TOKENS]

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
        return len(mine) < len(self.units) and self.length(mine) < _BLOCK_CHARS

    def length(self, mine: range) -> int:
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

    @cached_property
    def speaks_of_text(self) -> bool:
        """Whether the words name the text, or are so few that they can only be about it."""
        if self.unit.form == "note" or self.match.hits("nominal"):
            return self.cover >= (_REPLY_COVER if self.part.reply else _TEXT_COVER)
        if self.words <= _FEW_WORDS:
            return self.shouted or self.few_paragraphs or self._announces
        if self.part.reply or self.cover < _REPLY_COVER or not self.few_paragraphs:
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
    def few_paragraphs(self) -> bool:
        """Whether the part is short, and no code."""
        return self.units[-1].paragraph < _MOST_PARAGRAPHS and not self.coded

    @property
    def shouted(self) -> bool:
        """Whether the words are in capitals."""
        return self.part.segment.text[self.unit.inner : self.unit.stop].isupper()

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
