"""How a JSON string is spelled: its characters, and the bytes that each stands for."""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from functools import lru_cache
from typing import Final

__all__ = ["Spelling", "spell"]

# A pair of surrogates is one character; one alone is read as U+FFFD, as the readers do.
_ESCAPE: Final = re.compile(
    rb"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|.)", re.DOTALL
)
_LONE: Final = re.compile("[\ud800-\udfff]")


class Spelling:
    """A JSON string token, decoded, with the way back from characters to bytes.

    Args:
        token: The token with its quotes.

    Attributes:
        token: The same.
        text: The characters that it stands for.

    Raises:
        ValueError: An escape is malformed, or the bytes are no UTF-8.
    """

    def __init__(self, token: bytes) -> None:
        self.token = token
        # Runs begin at these characters and bytes; an escape is a run of one character.
        self._chars: list[int] = []
        self._bytes: list[int] = []
        self._plain: list[str | None] = []
        end = len(token) - 1
        pos = 1
        parts: list[str] = []
        length = 0
        while pos < end:
            stop = token.find(b"\\", pos, end)
            stop = end if stop < 0 else stop
            if stop > pos:
                run = token[pos:stop].decode()
                length = self._note(length, pos, run, run)
                parts.append(run)
            if stop < end:
                escape = _ESCAPE.match(token, stop)
                assert escape is not None
                char = _char(escape[0])
                length = self._note(length, stop, None, char)
                parts.append(char)
                stop = escape.end()
            pos = stop
        self.text = "".join(parts)
        self._note(length, end, "", "")

    def _note(self, length: int, pos: int, plain: str | None, run: str) -> int:
        self._chars.append(length)
        self._bytes.append(pos)
        self._plain.append(plain)
        return length + len(run)

    def raw(self, start: int, end: int) -> bytes:
        """The bytes that stand for characters [start, end) of the text."""
        return self.token[self._byte(start) : self._byte(end)]

    def _byte(self, char: int) -> int:
        run = bisect_right(self._chars, char) - 1
        before = self._plain[run]
        if before is None or char == self._chars[run]:
            return self._bytes[run]
        return self._bytes[run] + len(before[: char - self._chars[run]].encode())


@lru_cache(maxsize=1024)
def _char(escape: bytes) -> str:
    return _LONE.sub("\ufffd", json.loads(b'"%b"' % escape))


def spell(text: str, *, ascii_only: bool, slashes: bool) -> bytes:
    """Spells text as the inside of a JSON string.

    Args:
        text: Any text.
        ascii_only: Whether to escape what is not ASCII.
        slashes: Whether to escape slashes too, as PHP does.

    Raises:
        ValueError: The text holds half a surrogate pair.
    """
    if half := _LONE.search(text):
        raise ValueError(f"the new text holds half a surrogate pair (U+{ord(half[0]):04X})")
    inside = json.dumps(text, ensure_ascii=ascii_only)[1:-1].encode()
    return inside.replace(b"/", b"\\/") if slashes else inside
