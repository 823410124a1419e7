"""JSON lines as raw bytes: sentences, clauses and notes around a place, before all decoding.

Nothing here is exact. What is cut too long or too short is cut again where it is decoded.
"""

from __future__ import annotations

__all__ = ["RawLines", "unescaped"]

_BEFORE, _AFTER = 320, 320
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
_STOPS, _PAUSES = bytes([_STOP]), bytes([_PAUSE])
_OPENS = ord("(")
_CUT = b" " + _PAUSES + b" "
# As long as what they stand for, so that offsets stay.
_ESCAPES = (
    (b"\\n", _STOPS + b" "),
    (b'\\"', b"' "),
    ("\u2014".encode(), _CUT),
    (b" - ", _CUT),
)
_BRACKETS = ((b"[", b"]"), (b"(", b")"), (b"{", b"}"), (b"<", b">"))

Place = tuple[int, int]


class RawLines:
    """JSON lines in which sentences are looked for.

    Attributes:
        raw: The lines, with blanks and marks in the place of some escapes.
        text: The same in lower case, without marks.
    """

    def __init__(self, data: bytes) -> None:
        for escape, sign in _ESCAPES:
            data = data.replace(escape, sign)
        self.raw = data
        self.text = data.replace(b". ", _STOPS + b" ").translate(_TABLE)

    def sentence(self, at: int) -> Place:
        """The sentence around an offset."""
        begin, end = _window(at)
        start = self.text.rfind(_STOPS, begin, at) + 1
        stop = self.text.find(_STOPS, at, end)
        return start or begin, min(end, len(self.text)) if stop < 0 else stop

    def clauses(self, at: int, sentence: Place) -> tuple[Place | None, Place | None]:
        """The last and the first clause of a sentence, if they hold an offset and are not all."""
        start, stop = sentence
        before = self.text.rfind(_PAUSES, start, at)
        after = self.text.find(_PAUSES, at, stop)
        last = None if before < 0 else (before + (self.raw[before] != _OPENS), stop)
        return last, None if after < 0 else (start, after + 1)

    def note(self, at: int) -> Place | None:
        """What stands in brackets around an offset: a note, or a JSON object."""
        begin, end = _window(at)
        opens, closing = max((self.raw.rfind(left, begin, at), right) for left, right in _BRACKETS)
        if opens < 0 or self.raw.find(closing, opens, at) >= 0:
            return None
        closes = self.raw.find(closing, at, end)
        return None if closes < 0 else (opens + 1, closes)


def _window(at: int) -> Place:
    return max(0, at + 1 - _BEFORE), at + 1 + _AFTER


def unescaped(raw: bytes) -> str:
    """Text of JSON's inside; escapes of what is no apostrophe become blanks."""
    text = raw.decode("utf-8", "replace")
    if "\\" in text:
        text = text.replace("\\u2019", "'").replace("\\u2014", " - ").replace("\\", " ")
    return text
