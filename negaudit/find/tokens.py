"""Words of a unit, normalised so that one lexicon entry matches every spelling.

Lower case, curly apostrophes straightened, contracted "n't" split off as "not", "can not" and
"cannot" alike, hyphenated words taken apart, "%" read as "percent".
"""

from __future__ import annotations

import re
from itertools import islice
from typing import NamedTuple

__all__ = ["Token", "tokenize"]


class Token(NamedTuple):
    """A normalised word or punctuation mark and the characters [start, end) it came from."""

    word: str
    start: int
    end: int


# One alternative always matches a single non-space character, and every repetition is
# possessive, so the scan is linear in the text.
# Hyphens inside words, emphasis and comment marks carry no meaning here and are passed over.
_TOKEN = re.compile(
    r"\d++(?:[.,]\d++)*+|[^\W\d_][^\W_]*+(?:['’][^\W_]++)*+|(?:(?<=\w)[-‐‑](?=\w)|[*_`~#/\\|=<>])++()|\S"
)

_CONTRACTED = {
    "cannot": ("can", "not"),
    "can't": ("can", "not"),
    "won't": ("will", "not"),
    "shan't": ("shall", "not"),
    "ain't": ("is", "not"),
    "dont": ("do", "not"),
    "doesnt": ("does", "not"),
    "didnt": ("did", "not"),
    "isnt": ("is", "not"),
    "wasnt": ("was", "not"),
    "cant": ("can", "not"),
    "let's": ("let", "us"),
}

_CLITICS = frozenset({"'s", "'re", "'ve", "'ll", "'d", "'m"})
_NORMAL = {"%": "percent", "“": '"', "”": '"', "–": "-", "—": "-", "‐": "-", "‑": "-", "…": "."}


def _pieces(word: str) -> tuple[str, ...]:
    if word in _CONTRACTED:
        return _CONTRACTED[word]
    if word.endswith("n't"):
        return (word[:-3], "not")
    cut = word.rfind("'")
    if cut > 0 and word[cut:] in _CLITICS:
        return (word[:cut], word[cut:])
    return (word,)


def tokenize(
    text: str, start: int = 0, end: int | None = None, most: int | None = None
) -> list[Token]:
    """Splits `text[start:end]` into tokens; offsets index `text`.

    Args:
        text: The text.
        start: Where to begin.
        end: Where to end; None for the end of the text.
        most: Words and marks to read at most, those without meaning included.
    """
    tokens: list[Token] = []
    matches = _TOKEN.finditer(text, start, len(text) if end is None else end)
    for match in islice(matches, most):
        if match.lastindex:
            continue
        raw = match.group().lower()
        begin, stop = match.span()
        if len(raw) == 1:
            tokens.append(Token(_NORMAL.get(raw, raw), begin, stop))
            continue
        raw = raw.replace("’", "'")
        if "'" not in raw and raw not in _CONTRACTED:
            tokens.append(Token(raw, begin, stop))
            continue
        tokens.extend(Token(piece, begin, stop) for piece in _pieces(raw) if piece)
    return tokens
