"""Phrases: the small language in which lexicons are written.

A phrase is a row of elements separated by spaces:

=============  =================================================================
`word`         that word, in any letter case
`stem*`        any word that begins so (three letters or more)
`a|b*|c_d`     one of several; `_` joins the words of one alternative
`element?`     the element may be missing
`!a|b`         any one word but these
`~`            up to three words
`~~`           up to eight words or commas
`#`            a number
`<name>`       a phrase of another lexicon
`^`            the start of the sentence or note
`$`            its end (a final full stop aside)
=============  =================================================================

Punctuation marks stand for themselves.
"""

from __future__ import annotations

from typing import NamedTuple

from negaudit.errors import RuleError

__all__ = ["LONG_GAP", "SHORT_GAP", "STEM", "Element", "Phrase", "is_number", "parse_phrase"]

SHORT_GAP, LONG_GAP = 3, 8
STEM = 3  # stems are indexed by so many letters, so none may be shorter
_NUMBER_WORDS = frozenset(
    "one two three four five six seven eight nine ten twenty thirty hundred thousand million".split()
)


class Element(NamedTuple):
    """One element of a phrase: what it takes at a token, and whether it may be missing."""

    words: frozenset[str] = frozenset()
    stems: tuple[str, ...] = ()
    lexicon: str = ""
    gap: int = 0
    optional: bool = False
    mark: str = ""
    barred: bool = False

    @property
    def needed(self) -> bool:
        """Whether it names something that must be there."""
        named = self.words or self.stems or self.lexicon or self.mark == "#"
        return bool(named) and not self.optional and not self.barred

    def takes(self, word: str) -> bool:
        """Whether a single token fits (not for gaps, references and edges)."""
        if self.mark == "#":
            return is_number(word)
        named = word in self.words or (bool(self.stems) and word.startswith(self.stems))
        return named != self.barred


Phrase = tuple[Element, ...]


def _element(text: str, where: str) -> Element:
    if text in {"~", "~~"}:
        return Element(gap=SHORT_GAP if text == "~" else LONG_GAP)
    if text in {"^", "$", "#"}:
        return Element(mark=text)
    optional = len(text) > 1 and text.endswith("?")
    barred = len(text) > 1 and text[0] == "!"
    core = text[int(barred) : len(text) - int(optional)]
    if core == "#":
        return Element(mark="#", optional=optional)
    if len(core) > 2 and core[0] == "<" and core[-1] == ">":
        return Element(lexicon=core[1:-1], optional=optional)
    choices = core.split("|") if len(core) > 1 else [core]
    stems = tuple(c[:-1] for c in choices if len(c) > 1 and c.endswith("*"))
    if (
        not all(choices)
        or any("*" in c[:-1] for c in choices)
        or min(map(len, stems), default=STEM) < STEM
    ):
        raise RuleError(
            f"phrase element {text!r} is malformed",
            where=where,
            hint="write word, stem* (three letters or more), a|b, element?, ~, ~~, #, <lexicon>, ^ or $",
        )
    return Element(
        words=frozenset(c for c in choices if not (len(c) > 1 and c.endswith("*"))),
        stems=stems,
        optional=optional,
        barred=barred,
    )


def parse_phrase(text: str, where: str) -> list[Phrase]:
    """Reads one line of a lexicon file; `where` names it in errors.

    Returns:
        The phrase; several where some of its alternatives are of more than one word.

    Raises:
        RuleError: The phrase is empty, malformed, or made of gaps and options only.
    """
    rows: list[Phrase] = [()]
    for part in text.lower().split():
        choices = [choice for choice in _alternatives(part) if choice]
        rows = [(*row, *(_element(c, where) for c in choice)) for row in rows for choice in choices]
    for row in rows:
        if row and row[0].gap:
            raise RuleError(f"phrase {text!r} begins with a gap", where=where, hint="drop the gap")
        if not any(element.needed for element in row):
            raise RuleError(
                f"phrase {text!r} has no word that must be there", where=where, hint="add a word"
            )
    return rows


def _alternatives(part: str) -> list[list[str]]:
    """An element as it is, less its alternatives of several words, and each of those."""
    if "_" not in part or part.startswith(("<", "!")):
        return [[part]]
    choices = part.split("|")
    single = "|".join(choice for choice in choices if "_" not in choice)
    return [[single] if single else [], *(c.split("_") for c in choices if "_" in c)]


def is_number(word: str) -> bool:
    """Whether a word is a number, in digits or in letters."""
    return word[0].isdigit() or word in _NUMBER_WORDS
