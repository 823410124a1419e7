"""Records as all sorts of writers spell them, for properties of editing."""

from __future__ import annotations

import json
from typing import Any, NamedTuple

from hypothesis import strategies as st

TEXTS = st.lists(
    st.sampled_from(
        ["Ann", " won", ".", "é", "\U0001f600", '"', "\\", "/", "\n", "\x01", "\u202e"]
    ),
    max_size=8,
).map("".join)
_KEYS = st.sampled_from(["text", "a/b", "~c", "é", "", "0", "q\\", 'k"'])
_BLANKS = st.sampled_from(["", "", " ", "  ", "\t", " \r "])
_NUMBERS = st.sampled_from(["0", "-0", "1.50", "1e3", "-2E-2", "12345678901234567890"])
_SCALARS = st.sampled_from(["true", "false", "null"])


class Written(NamedTuple):
    """JSON text in pieces; a piece that spells a string has that string's pointer."""

    pieces: tuple[tuple[str, str | None], ...]

    @property
    def data(self) -> bytes:
        return "".join(text for text, _ in self.pieces).encode()

    @property
    def pointers(self) -> list[str]:
        return [pointer for _, pointer in self.pieces if pointer is not None]

    def around(self, pointer: str) -> tuple[bytes, bytes]:
        """The bytes before and behind the last string at a pointer."""
        at = max(n for n, piece in enumerate(self.pieces) if piece[1] == pointer)
        texts = [text for text, _ in self.pieces]
        return "".join(texts[:at]).encode(), "".join(texts[at + 1 :]).encode()


def _escaped(char: str) -> str:
    units = char.encode("utf-16-be")
    return "".join(f"\\u{units[n]:02x}{units[n + 1]:02X}" for n in range(0, len(units), 2))


@st.composite
def spelled(draw: st.DrawFn, text: str) -> str:
    """A string as JSON, each character escaped or not by chance."""
    chars = []
    for char in text:
        plain = json.dumps(char, ensure_ascii=False)[1:-1]
        ways = [plain, _escaped(char), *(["\\/"] if char == "/" else [])]
        chars.append(draw(st.sampled_from(ways)))
    return f'"{"".join(chars)}"'


@st.composite
def _value(draw: st.DrawFn, pointer: str, depth: int) -> list[tuple[str, str | None]]:
    kinds = ["text", "number", "scalar", *(["object", "list"] if depth else [])]
    kind = draw(st.sampled_from(kinds))
    if kind == "text":
        return [(draw(spelled(draw(TEXTS))), pointer)]
    if kind == "number":
        return [(draw(_NUMBERS), None)]
    if kind == "scalar":
        return [(draw(_SCALARS), None)]
    return draw(_container(pointer, depth - 1, named=kind == "object"))


@st.composite
def _container(
    draw: st.DrawFn, pointer: str, depth: int, named: bool
) -> list[tuple[str, str | None]]:
    pieces: list[tuple[str, str | None]] = [("{" if named else "[", None), (draw(_BLANKS), None)]
    # Without repeated keys, so that each pointer is spelled once.
    keys = draw(st.lists(_KEYS, max_size=4, unique=True))
    for index, key in enumerate(keys):
        if index:
            pieces.append((f"{draw(_BLANKS)},{draw(_BLANKS)}", None))
        token = key if named else str(index)
        below = f"{pointer}/{token.replace('~', '~0').replace('/', '~1')}"
        if named:
            colon = f"{draw(_BLANKS)}:{draw(_BLANKS)}"
            pieces.append((draw(spelled(key)) + colon, None))
        pieces += draw(_value(below, depth))
    return [*pieces, (draw(_BLANKS), None), ("}" if named else "]", None)]


@st.composite
def written_records(draw: st.DrawFn) -> Written:
    return Written(tuple(draw(_container("", 2, named=True))))


def value_of(data: bytes) -> Any:
    return json.loads(data)
