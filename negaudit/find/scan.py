"""One pass over raw bytes for the words without which no rule can match.

The words are looked for all at once by an automaton in linear time: Hyperscan, or Aho-Corasick
where Hyperscan has no wheel. Building Hyperscan's takes a second, so it is kept in the user's
cache.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from negaudit.find.anchors import Anchors
from negaudit.find.automaton import automaton

__all__ = ["COLUMN", "WORD", "Scanner"]

# Names of columns and roles that nearly every record of a data set has. They only count where
# they do not fill a JSON string.
_STRUCTURE = frozenset(
    """answer assistant chosen completion content context conversation conversations data from gpt
    history human input instruction label message messages model name output problem prompt
    question rating reason rejected response role score source system text title tool type user
    value""".split()
)
# Columns that hold the text itself in one shape or another, and no word about it.
_TEXTS = frozenset(
    """answer assistant chosen completion content context conversation conversations from gpt
    history human input instruction message messages name output problem prompt question rejected
    response role system text title tool user value""".split()
)
# Of contractions; their apostrophe is no boundary to what reads words.
_HALVES = frozenset({"couldn", "didn", "doesn", "don", "isn", "shouldn", "wasn", "won", "wouldn"})
_GROUP = 40
_BOUNDARY = "[^a-z0-9]"
_SPELLINGS = {
    "not": (r"n['’]t\b", r"n\\u2019t\b", r"cannot\b", r"\b(?:do|does|did|is|was|ca)nt\b"),
    "percent": ("%",),
}

WORD, COLUMN, _BOUNDED = 0, 1, 2


class Scanner:
    """Finds anchors in UTF-8 bytes, JSON text included.

    Args:
        wanted: What to look for.
    """

    def __init__(self, wanted: Anchors) -> None:
        # Each group has an automaton of its own: all in one would take ten times as long to
        # build.
        common = [(WORD, pattern) for pattern in _structure_patterns(wanted.words)]
        if wanted.denials and wanted.denied:
            denied = rf"{_any_of(wanted.denials)}[^.!?}}\n]*{_any_of(wanted.denied)}"
            # And a denial that announces: "Do not:"
            common += [(WORD, denied), (WORD, rf"{_any_of(wanted.denials)} ?:")]
        rare = [(COLUMN, pattern) for pattern in _column_patterns(wanted.columns)]
        rare += [(WORD, pattern) for pattern in _odd_patterns(wanted.words)]
        words = _word_patterns(wanted.words)
        fallback = [(WORD, word) for word in sorted(wanted.words | wanted.denied)]
        fallback += [
            (COLUMN, form)
            for word in sorted(wanted.columns - _TEXTS)
            for form in (f'{word}":', f'{word}" :', f'"{word}-', f'"{word}.')
        ]
        self._scan = automaton((words, common, rare), fallback)

    def events(self, data: bytes) -> list[tuple[int, int]]:
        """The anchors in `data`: (offset at which it ends, kind), in order of place."""
        # To an automaton the underscore and the n of an escaped line break are letters, to what
        # reads words they are blanks. The hyphens around all are boundaries for its ends.
        plain = b"-%b-" % data.replace(b"_", b"-").replace(b"\\n", b"--")
        found = [
            (end - 2, WORD) if kind == _BOUNDED else (end - 1, kind)
            for end, kind in self._scan(plain)
        ]
        found.sort()
        return found


def _word_patterns(words: Iterable[str]) -> list[tuple[int, str]]:
    """Ordinary words, so many in a pattern that patterns stay short.

    A boundary that is matched, with the character beside it, takes a third of the time to build
    that an assertion takes.
    """
    plain = sorted(filter(_is_plain, words))
    stems = sorted(w[:-1] for w in words if len(w) > 1 and w.endswith("*"))
    return [
        (kind, f"{_BOUNDARY}(?:{'|'.join(group)}){end}")
        for bare, kind, end in ((plain, _BOUNDED, _BOUNDARY), (stems, WORD, ""))
        for group in _groups(bare)
    ]


def _odd_patterns(words: Iterable[str]) -> list[str]:
    """Signs that are no letters, such as emoji, and spellings that no boundary begins."""
    signs = [w for w in words if not w.isascii() or not (w.isalnum() or w.endswith("*"))]
    patterns = [re.escape(form) for sign in sorted(signs) for form in _spellings(sign)]
    return patterns + [form for word in sorted(words) for form in _SPELLINGS.get(word, ())]


def _structure_patterns(words: Iterable[str]) -> list[str]:
    """Words that are also names of columns or roles, unless they fill a JSON string."""
    inner = "|".join(sorted(_STRUCTURE.intersection(words)))
    return [rf'[^"\w](?:{inner})\b', rf'\b(?:{inner})[^"\w]'] if inner else []


def _groups(words: list[str]) -> Iterable[list[str]]:
    return (words[at : at + _GROUP] for at in range(0, len(words), _GROUP))


def _any_of(words: Iterable[str]) -> str:
    plain = sorted(w for w in words if w.isascii() and w.isalnum())
    odd = [form for word in sorted(words) for form in _SPELLINGS.get(word, ())]
    return "(?:" + "|".join([r"\b(?:" + "|".join(plain) + r")\b", *odd]) + ")"


def _column_patterns(words: Iterable[str]) -> list[str]:
    """Names of columns that begin or end with one of the words."""
    plain = sorted(w for w in words if w.isascii() and w.isalnum() and w not in _TEXTS)
    return [
        pattern
        for group in _groups(plain)
        for pattern in (f'(?:{"|".join(group)})" ?:', f'"(?:{"|".join(group)})[_.-]')
    ]


def _is_plain(word: str) -> bool:
    return word.isascii() and word.isalnum() and word not in _STRUCTURE and word not in _HALVES


def _spellings(word: str) -> tuple[str, ...]:
    """A literal as UTF-8 has it, and as JSON may escape it."""
    if word.isascii():
        return (word,)
    return (word, word.encode("unicode_escape").decode(), _surrogates(word))


def _surrogates(word: str) -> str:
    units = word.encode("utf-16-be").hex()
    return "".join(rf"\u{units[at : at + 4]}" for at in range(0, len(units), 4))
