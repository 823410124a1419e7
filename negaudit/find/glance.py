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
from negaudit.find.rules import Clause, RuleSet
from negaudit.find.scan import COLUMN
from negaudit.find.tokens import tokenize

__all__ = ["Glance"]

_BEFORE, _AFTER = 320, 320
_TAG_WORDS, _LABEL_WORDS, _SENTENCE_WORDS = 4, 12, 1 << 16
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
    for char in f",;:()[]{{}}<>|{chr(_PAUSE)}":
        table[ord(char)] = _PAUSE
    return bytes(table)


_TABLE = _table()
_STOPS, _FULL_STOP, _PAUSES = bytes([_STOP]), b". ", bytes([_PAUSE])
_OPENS = ord("(")
_DASH, _CUT = "\u2014".encode(), b" " + _PAUSES + b" "
_PUNCTUATION = list(",;:.(-!")
_OPENING, _CLOSING = (b"[", b"(", b"{", b"<"), (b"]", b")", b"}", b">")
_NOWHERE = (-1, -1)
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
        self._needs = [(need, clause.cover, _most_words(clause)) for need, clause in self._clauses]
        self._wanted = reduce(or_, (need for need, _ in self._clauses), 0)
        self._answers: dict[int, tuple[tuple[float, int], ...]] = {}
        self._no_note = _NOWHERE
        self._spelled = Memo(self._words)
        self._weights = Memo(self._weight)

    def ends(self, data: bytes, events: Iterable[tuple[int, int]]) -> list[int]:
        """Offsets of the anchors that are worth a look, at least one in each line that is.

        Args:
            data: JSON lines.
            events: (offset at which an anchor ends, kind), in order of place.
        """
        worth: list[int] = []
        seen = 0
        self._no_note = _NOWHERE
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
        """Whether a clause can fit the sentence at an offset, and where its next clause begins."""
        begin = max(0, end - _BEFORE)
        raw = data[begin : end + _AFTER]
        if b"\\" in raw:
            raw = raw.replace(b"\\n", _STOPS + b" ").replace(b'\\"', b"' ")
        raw = raw.replace(_DASH, _CUT).replace(b" - ", _CUT)
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
            # What comes after the pause is the last clause for the anchors in it.
            stop = pause if pause >= 0 else stop
        return fits or self._fits_note(text, raw, at, begin), begin + stop

    def _fits_note(self, text: bytes, raw: bytes, at: int, begin: int) -> bool:
        """Whether a clause can fit all in the brackets around a place: a note, or a JSON object.

        Most anchors stand in the object of the one before, which need not be read again.
        """
        opens = max(raw.rfind(mark, 0, at) for mark in _OPENING)
        if opens < 0:
            return False
        mark = _CLOSING[_OPENING.index(raw[opens : opens + 1])]
        closes = raw.find(mark, at)
        if closes < 0 or raw.find(mark, opens, at) >= 0:
            return False
        place = (begin + opens, begin + closes)
        if place == self._no_note:
            return False
        fits = self._fits(text, raw, opens + 1, closes)
        self._no_note = _NOWHERE if fits else place
        return fits

    def _fits(self, text: bytes, raw: bytes, start: int, stop: int) -> bool:
        """Whether a clause can fit a sentence, or the first or last clause of one."""
        words = text[start:stop].replace(b".", b" ").split()
        members, told = divmod(sum(map(self._weights.__getitem__, words)), MEMBER)
        spelled = _PUNCTUATION + [
            word for each in map(self._spelled.__getitem__, words) for word in each
        ]
        likely = self._index.likely(spelled) & self._wanted
        if not any(told <= most and members >= cover * told for cover, most in self._asked(likely)):
            return False
        # Tags and labels are short, and cut out of their marks in many ways.
        return told <= _TAG_WORDS or self._matches(raw[start:stop], members, told)

    def _asked(self, likely: int) -> tuple[tuple[float, int], ...]:
        """Cover and length that clauses ask for whose lexicons may all have hits."""
        asked = self._answers.get(likely)
        if asked is None:
            asked = tuple({(c, most) for need, c, most in self._needs if need & likely == need})
            if len(self._answers) >= _MOST_ANSWERS:
                self._answers.clear()
            self._answers[likely] = asked
        return asked

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


def _most_words(clause: Clause) -> int:
    """Words that a unit may have for a clause to fit it."""
    if clause.words:
        return clause.words
    return _LABEL_WORDS if set(clause.at) <= {"label", "tag"} else _SENTENCE_WORDS


def _unescaped(raw: bytes) -> str:
    """Text of JSON's inside; escapes of what is no apostrophe become blanks."""
    text = raw.decode("utf-8", "replace")
    if "\\" in text:
        text = text.replace("\\u2019", "'").replace("\\u2014", " - ").replace("\\", " ")
    return text
