"""Makes hostile text harmless to look at.

Data and paths may hold terminal escapes, characters that turn the reading direction round,
and characters that cannot be seen. `inert` replaces each by a visible escape, for people;
`inert_json` writes each as a JSON escape, so that a program still decodes the exact text.
"""

from __future__ import annotations

import re

__all__ = ["HOSTILE", "inert", "inert_json"]

# Everything of the Unicode categories Cc, Cf, Cs, Zl and Zp, the non-characters, and the
# default-ignorable characters that show nothing. U+FE0E and U+FE0F stay: they only choose
# between the two pictures of an emoji, and warnings are full of emoji.
HOSTILE = re.compile(
    r"[\x00-\x1f\x7f-\x9f\xad\u034f\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2"
    r"\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164"
    r"\ud800-\udfff\ufdd0-\ufdef\ufe00-\ufe0d\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff"
    r"\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3"
    r"\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)

_SHORT = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}


def inert(text: str, *, newline: str = "\\n") -> str:
    r"""Replaces every hostile character by a visible escape.

    Args:
        text: Any text, lone surrogates included.
        newline: What stands for a line feed.

    Returns:
        Text without control, format, invisible or surrogate characters, in which ESC reads
        `\x1b` and a right-to-left override reads `<U+202E>`.
    """
    return HOSTILE.sub(lambda match: newline if match[0] == "\n" else _visible(match[0]), text)


def inert_json(encoded: str) -> str:
    """Replaces every hostile character in JSON text by an escape of JSON's own.

    A lone surrogate becomes U+FFFD, one character for one: strict parsers refuse a whole
    document for an escaped one.

    Args:
        encoded: JSON text on one line, in which characters may stand unescaped.

    Returns:
        JSON text that decodes to the same value, lone surrogates aside.
    """
    return HOSTILE.sub(lambda match: _escaped(match[0]), encoded)


def _visible(char: str) -> str:
    if char in _SHORT:
        return _SHORT[char]
    code = ord(char)
    return f"\\x{code:02x}" if code < 0xA0 else f"<U+{code:04X}>"


def _escaped(char: str) -> str:
    code = ord(char)
    if 0xD800 <= code <= 0xDFFF:
        return "\ufffd"
    if code < 0x10000:
        return f"\\u{code:04x}"
    high, low = divmod(code - 0x10000, 0x400)
    return f"\\u{0xD800 + high:04x}\\u{0xDC00 + low:04x}"
