"""A glance at the sentence around an anchor, in raw bytes, before anything is decoded.

Most anchors stand in sentences that no clause can fit: words of the other lexicons are missing,
or too few of the words speak of a text and its truth. Both show in the sentence's bare words.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce
from operator import or_

from negaudit.find.lexicon import MEMBER
from negaudit.find.match import Match
from negaudit.find.memo import Memo
from negaudit.find.rules import RuleSet
from negaudit.find.scan import COLUMN
from negaudit.find.tokens import tokenize

__all__ = ["Glance"]

_BEFORE, _AFTER = 320, 320
_NEVER = 2.0
_TAG_WORDS = 4
_MOST_ANSWERS = 1 << 16

_STOP, _PAUSE = 0x01, 0x0B  # neither stands in JSON text; the second is white space to `split`


def _table() -> bytes:
    """Letters in lower case, ends of sentences and strings as stops, other marks as blanks."""
    table = bytearray(range(256))
    for code in range(128):
        char = chr(code)
        if not (char.isalnum() or char in "'\\.%"):
            table[code] = ord(" ")
        table[code] = ord(char.lower()) if char.isupper() else table[code]
    for char in f'!?"{chr(_STOP)}':
        table[ord(char)] = _STOP
    for char in ",;:()[]{}<>|":
        table[ord(char)] = _PAUSE
    return bytes(table)


_TABLE = _table()
_STOPS, _FULL_STOP, _PAUSES = bytes([_STOP]), b". ", bytes([_PAUSE])
_OPENS = ord("(")
_OPENING, _CLOSING = (b"[", b"(", b"{", b"<"), (b"]", b")", b"}", b">")
_MARKS = " \t\x01#*>/-_~\"'"


class Glance:
    """Tells whether a clause can fit the words around an anchor.

    Args:
        rules: The rules in force.
    """

    def __init__(self, rules: RuleSet) -> None:
        self._index = rules.lexicons.index
        self._vocabulary = rules.vocabulary
        bits = self._index.bits
        self._clauses = [
            (reduce(or_, map(bits.__getitem__, clause.all)), clause)
            for rule in rules.rules
            for clause in rule.match
        ]
        self._needs = sorted({(need, clause.cover) for need, clause in self._clauses})
        self._least = min((cover for _, cover in self._needs), default=_NEVER)
        self._wanted = reduce(or_, (need for need, _ in self._needs), 0)
        self._covers: dict[int, float] = {}
        self._spelled = Memo(self._words)
        self._weights = Memo(self._weight)
        self._possible = Memo(self._possible_of)

    def ends(self, data: bytes, events: Iterable[tuple[int, int]]) -> list[int]:
        """Offsets of the anchors that are worth a look, at least one in each line that is.

        Args:
            data: JSON lines.
            events: (offset at which an anchor ends, kind), in order of place.
        """
        worth: list[int] = []
        seen = 0
        for end, kind in events:
            if end <= seen:
                continue
            if kind == COLUMN:
                fits, until = True, end
            else:
                fits, until = self._look(data, end)
            seen = until
            if fits:
                worth.append(end)
                seen = data.find(b"\n", end)
                if seen < 0:
                    break
        return worth

    def _look(self, data: bytes, end: int) -> tuple[bool, int]:
        """Whether a clause can fit the sentence at an offset, and where that sentence ends."""
        begin = max(0, end - _BEFORE)
        raw = data[begin : end + _AFTER]
        if b"\\" in raw:
            raw = raw.replace(b"\\n", _STOPS + b" ").replace(b'\\"', b"' ")
        text = raw.translate(_TABLE)
        at = end - begin - 1
        start = max(text.rfind(_STOPS, 0, at), text.rfind(_FULL_STOP, 0, at)) + 1
        stop, full_stop = text.find(_STOPS, at), text.find(_FULL_STOP, at)
        if full_stop >= 0 and (full_stop < stop or stop < 0):
            stop = full_stop
        if stop < 0:
            stop = len(text)
        fits = self._fits(text, raw, start, stop)
        if not fits:
            pause = text.rfind(_PAUSES, start, at)
            fits = pause >= 0 and self._fits(text, raw, pause + (raw[pause] != _OPENS), stop)
            pause = text.find(_PAUSES, at, stop)
            fits = fits or (pause >= 0 and self._fits(text, raw, start, pause + 1))
        return fits or self._fits_note(text, raw, at), begin + stop

    def _fits_note(self, text: bytes, raw: bytes, at: int) -> bool:
        """Whether a clause can fit what stands in the brackets around a place."""
        opens = max(raw.rfind(mark, 0, at) for mark in _OPENING)
        if opens < 0:
            return False
        mark = _CLOSING[_OPENING.index(raw[opens : opens + 1])]
        closes = raw.find(mark, at)
        if closes < 0 or raw.find(mark, opens, at) >= 0:
            return False
        return self._fits(text, raw, opens + 1, closes)

    def _fits(self, text: bytes, raw: bytes, start: int, stop: int) -> bool:
        """Whether a clause can fit a sentence, or the first or last clause of one."""
        words = text[start:stop].replace(b".", b" ").split()
        members, told = divmod(sum(map(self._weights.__getitem__, words)), MEMBER)
        if members < self._least * told:
            return False
        possible = reduce(or_, map(self._possible.__getitem__, words), 0) & self._wanted
        if members < self._cover(possible) * told:
            return False
        # Tags and labels are short, and cut out of their marks in many ways.
        return told <= _TAG_WORDS or self._matches(raw[start:stop], members, told)

    def _cover(self, possible: int) -> float:
        """The least cover that a clause asks for whose lexicons may all have hits."""
        cover = self._covers.get(possible)
        if cover is None:
            cover = min((c for need, c in self._needs if need & possible == need), default=_NEVER)
            if len(self._covers) >= _MOST_ANSWERS:
                self._covers.clear()
            self._covers[possible] = cover
        return cover

    def _matches(self, raw: bytes, members: int, told: int) -> bool:
        """Whether the lexicons of some clause do have hits."""
        text = _unescaped(raw).strip(_MARKS)
        match = Match(self._index, tokenize(text))
        return any(
            need & match.possible == need
            and members >= clause.cover * told
            and all(map(match.hits, clause.all))
            for need, clause in self._clauses
        )

    def _words(self, raw: bytes) -> list[str]:
        return [token.word for token in tokenize(_unescaped(raw))]

    def _weight(self, raw: bytes) -> int:
        return self._vocabulary.count(self._spelled[raw])

    def _possible_of(self, raw: bytes) -> int:
        return reduce(or_, (self._index.facts[word].possible for word in self._spelled[raw]), 0)


def _unescaped(raw: bytes) -> str:
    """Text of JSON's inside; escapes of what is no apostrophe become blanks."""
    text = raw.decode("utf-8", "replace")
    if "\\" in text:
        text = text.replace("\\u2019", "'").replace("\\u2014", " - ").replace("\\", " ")
    return text
