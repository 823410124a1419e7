"""A glance at the sentence around an anchor, in raw bytes, before anything is decoded.

Most anchors stand in sentences that no clause can fit: words of the other lexicons are missing,
or too few of the words speak of a text and its truth. Both show in the sentence's bare words.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache, reduce
from operator import or_
from typing import NamedTuple

from negaudit.find.index import Facts
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


class Asked(NamedTuple):
    """What is left to ask of a text.

    Attributes:
        clauses: Clauses whose lexicons may all have hits.
        members: How many of the words belong to the vocabulary of frames.
        told: How many words there are.
    """

    clauses: Sequence[Clause]
    members: int
    told: int


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
        self._wanted = reduce(or_, (need for need, _ in self._clauses), 0)
        self._open_to = lru_cache(_MOST_ANSWERS)(self._clauses_of)
        self._no_note = _NOWHERE
        self._facts = Memo(self._meant)
        self._spelled = Memo(_words)
        self._marks = self._index.gist(_PUNCTUATION)

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
        asked = self._asked(text[start:stop])
        fits = self._fits(asked, raw[start:stop])
        if not fits:
            pause = text.find(_PAUSES, at, stop)
            # A part has no words that the whole lacks.
            fits = bool(asked.clauses) and self._fits_part(text, raw, (start, at, pause, stop))
            # What comes after the pause is the last clause for the anchors in it.
            stop = pause if pause >= 0 else stop
        return fits or self._fits_note(text, raw, at, begin), begin + stop

    def _fits_part(self, text: bytes, raw: bytes, places: tuple[int, int, int, int]) -> bool:
        """Whether a clause can fit the last or the first clause of a sentence, around a place."""
        start, at, pause, stop = places
        last = text.rfind(_PAUSES, start, at)
        return (last >= 0 and self._fits_at(text, raw, last + (raw[last] != _OPENS), stop)) or (
            pause >= 0 and self._fits_at(text, raw, start, pause + 1)
        )

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
        fits = self._fits_at(text, raw, opens + 1, closes)
        self._no_note = _NOWHERE if fits else place
        return fits

    def _fits_at(self, text: bytes, raw: bytes, start: int, stop: int) -> bool:
        return self._fits(self._asked(text[start:stop]), raw[start:stop])

    def _asked(self, text: bytes) -> Asked:
        """What its bare words leave to ask of a text."""
        weight = 0
        elements, alone, among = self._marks
        among = [*among]
        for weighs, facts in map(self._facts.__getitem__, text.split()):
            weight += weighs
            elements |= facts[0]
            alone |= facts[1]
            among += facts[2]
        members, told = divmod(weight, MEMBER)
        likely = self._index.likely(Facts(elements, alone, among)) & self._wanted
        return Asked(self._open_to(likely), members, told)

    def _clauses_of(self, likely: int) -> tuple[Clause, ...]:
        """Clauses whose lexicons may all have hits."""
        return tuple(clause for need, clause in self._clauses if need & likely == need)

    def _fits(self, asked: Asked, raw: bytes) -> bool:
        """Whether a clause can fit a text."""
        clauses, members, told = asked
        covered = [clause for clause in clauses if members >= clause.cover * told]
        if not any(told <= _most_words(clause) for clause in covered):
            return False
        # Tags and labels are short, and cut out of their marks in many ways.
        return told <= _TAG_WORDS or self._matches(raw, covered)

    def _matches(self, raw: bytes, clauses: Iterable[Clause]) -> bool:
        """Whether the lexicons of some clause do have hits."""
        text = _unescaped(raw).strip(_MARKS)
        words = [word for piece in text.split() for word in self._spelled[piece]]
        hits = Match(self._index, words).hits
        return any(all(map(hits, clause.all)) for clause in clauses)

    def _meant(self, raw: bytes) -> tuple[int, Facts]:
        """What the bare words between two blanks weigh, and what they mean to the lexicons."""
        words = _words(_unescaped(raw))
        return self._vocabulary.count(words), self._index.gist(words)


def _words(text: str) -> list[str]:
    return [token.word for token in tokenize(text)]


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
