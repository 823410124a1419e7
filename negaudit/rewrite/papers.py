"""Question papers: drops what asks about a source that is changed, and the marks for it."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

from negaudit.rewrite.elaborations import Decision
from negaudit.rewrite.passage import Passage, sentences_of

__all__ = ["ANSWER_LINE", "drop_asked"]

# Of text in lower case; each branch opens with a letter, by which the engine finds its places.
_PAPER = re.compile(r"mark(?<=\d mark)s?\b|questions? \d|answer (?:all|the|each) questions?\b")
# "Source A" by its name, or the one that there is.
_SOURCE = r"(?:Source|Item|Extract|Text|Passage|Resource) [A-Z0-9]\b"
_NAMED = re.compile(rf"\b{_SOURCE}")
_ONLY = re.compile(r"\b(?:the|this|following) (?:source|extract|passage|case study)\b")
_HEADING = re.compile(rf"[*_#\s]*(?P<name>{_SOURCE})")
_ASKS = re.compile(
    r"[*_]{0,4}(?:\d{1,3}[.)]?[*_]{0,4} )?(?:\([a-z]\)[*_]{0,4} )?(?:[A-Z][a-z]+ ){0,2}"
    r"(?:[Rr]ead|[Ss]tudy|[Uu]s(?:e|ing)|[Rr]efer|[Ee]xplain|[Ii]dentify|[Dd]escribe|[Ee]valuate"
    r"|[Aa]nalyse|[Dd]iscuss|[Ss]uggest|[Ss]tate|[Gg]ive|[Cc]ompare|[Aa]ccording to)\b|.*\?[*_]*\Z",
    re.S,
)
_NUMBERED = re.compile(
    r"[*_]{0,4}(?:Question )?(?P<number>\d{1,3})(?:[.)][*_]{0,4}|[*_]{2,4}| \()(?: ?\S|\Z)"
)
_DIGITS = re.compile(r"\d+")
_KEY = re.compile(r"[*_]{0,4}Q(?P<number>\d{1,3})(?:\([a-z]\))?[.:]?[*_]{0,4}\Z")
_SHOUT = re.compile(r"[*_]*[A-Z][A-Z ]{6,}[*_]*\Z")
_NUMBERS = re.compile(r"\bQuestions? \d{1,2}(?:(?:,|,? and|,? or|,? either| Questions?)* \d{1,2})*")
# A line to write on, of dots or of underscores, and the rule under a table's head.
ANSWER_LINE = re.compile(r"^[ \t]*(?:(?:[.…_][ \t]?){8,}|\|[-:| ]{3,}\|)[ \t]*$", re.M)
DROPPED = Decision("dropped", reason="asks about what is changed")


def drop_asked(text: str, passages: Sequence[Passage], settled: list[Decision]) -> None:
    """Drop tasks on a source that was denied or dropped, and the key to tasks that are gone."""
    if not _PAPER.search(text.lower()):
        return
    words = sentences_of(text, passages)
    plain = [*words]
    changed = _changed(plain, words, settled)
    if changed:
        for at in plain:
            if settled[at].what == "kept" and _ASKS.match(words[at]) and _asks(words[at], changed):
                settled[at] = DROPPED
    _drop_key(plain, words, settled)


def _changed(
    plain: Sequence[int], words: dict[int, str], settled: Sequence[Decision]
) -> frozenset[str]:
    """The names of the sources of which a sentence changed, and "" where any did."""
    found, name = set[str](), ""
    for at in plain:
        heading = _HEADING.match(words[at])
        name = heading["name"] if heading else name
        if settled[at].what == "negated":
            found |= {"", name}
    return frozenset(found)


def _asks(words: str, changed: frozenset[str]) -> bool:
    named = _NAMED.findall(words)
    return not changed.isdisjoint(named) or (not named and _ONLY.search(words) is not None)


def _drop_key(plain: Sequence[int], words: dict[int, str], settled: list[Decision]) -> None:
    """Drop what the key or the instructions say of tasks by their numbers, where all are gone."""
    gone, left = set[str](), set[str]()
    for place, at in enumerate(plain):
        if number := _NUMBERED.match(words[at]):
            alone = number.end() == len(words[at]) and place + 1 < len(plain)
            task = plain[place + 1] if alone else at
            (gone if settled[task].what == "dropped" else left).add(number["number"])
    gone -= left
    for place, at in enumerate(plain):
        key = _KEY.match(words[at])
        if key and key["number"] in gone:
            for other in (at, *_under(plain[place + 1 :], words)):
                settled[other] = DROPPED
        named = set(_DIGITS.findall(" ".join(_NUMBERS.findall(words[at]))))
        if named and named <= gone and settled[at].what == "kept":
            settled[at] = DROPPED


def _under(following: Sequence[int], words: dict[int, str]) -> Iterator[int]:
    return itertools.takewhile(
        lambda at: not (_KEY.match(words[at]) or _SHOUT.match(words[at])), following
    )
