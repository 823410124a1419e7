"""Compares the sentences of a text before and after: which changed, and into which."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from negaudit.rewrite.turns import TURN

__all__ = ["NEGATION", "compared", "cut"]

JOINED = 4  # so many sentences less one may have become one where a frame is gone between them
NEGATION = frozenset("not no never do does did is are was were has have had n't any either".split())
_END = re.compile(
    r"(?:(?<=[!?…])|(?<=\.)(?<!\b[DM]r\.)(?<!\bM[rs]s\.)(?<!\bMs\.)(?<!\bSt\.)(?<!\bProf\.))"
    r"[\"”'’)\]*_]*\s+|\s*\n\s*"
)
# A bullet, bold type, the time of a message.
_STAMP = re.compile(r"[\s*_#•–—>-]*(?:[\[(]?\d{1,2}[:.]\d\d(?::\d\d)?(?: ?[ap]m)?[\])]?[*_]*\s+)?")
_MARKS = re.compile(r"[*_#\"“”]+")
PART = 0.75  # so much of a sentence in another one makes it a part of that
STEM = 6  # letters; all of a word that negation adds
FEWEST = 4  # words of such a part
_BETWEEN = re.compile(r"[\W_]+")
ALIKE = 0.45  # how alike two sentences are, at least, of which one is the other's rewrite


def cut(text: str) -> list[str]:
    """The sentences of a text, of chats too; a speaker's name in front of one counts as one."""
    found: list[str] = []
    for piece in _END.split(text):
        stamp = _STAMP.match(piece)
        start = stamp.end() if stamp is not None else 0
        turn = TURN.match(piece[start:])
        label = start + turn.end() if turn is not None else start
        parts = (piece[:start], piece[start:label], piece[label:])
        found += [part for part in parts if any(c.isalnum() for c in part)]
    return found


def compared(old: Sequence[str], new: Sequence[str]) -> tuple[list[tuple[str, str]], list[str]]:
    """Pairs of a sentence and its rewrite, and new sentences that are none of the text's."""
    pairs: list[tuple[str, str]] = []
    added: list[str] = []
    first, second = [_plain(text) for text in old], [_plain(text) for text in new]
    known = {
        _bare("".join(first[at : at + count]))
        for at in range(len(first))
        for count in range(1, JOINED)
    }
    matcher = SequenceMatcher(None, first, second, autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag != "equal":
            changed = [new[at] for at in range(c, d) if _bare(second[at]) not in known]
            _pair_up(list(old[a:b]), changed, pairs, added)
    return pairs, added


def _plain(text: str) -> str:
    """A sentence without its quotation marks, bold type and closing mark."""
    return " ".join(_MARKS.sub(" ", text).split()).rstrip(",;:. ").lstrip("—– ")


def _stems(text: str) -> list[str]:
    """How the words of a text begin, by which "secured," and "secure" are one."""
    return [word.lower().strip(",;:.()")[:STEM] for word in _plain(text).split()]


def _bare(text: str) -> str:
    """The letters and figures of a text."""
    return _BETWEEN.sub("", text)


def _pair_up(
    old: list[str], new: Sequence[str], pairs: list[tuple[str, str]], added: list[str]
) -> None:
    for text in new:
        best = max(old, key=lambda other: _likeness(other, text), default="")
        if best and _likeness(best, text) >= ALIKE:
            pairs.append((best, text))
            old.remove(best)
        else:
            added.append(text)


def _likeness(text: str, other: str) -> float:
    """How many of their words two sentences share in order, what negation adds aside.

    A sentence that is all of the other's words is like it, however many phrases were cut out.
    """
    first, second = _stems(text), _stems(other)
    words = [word for word in second if word in first or word not in NEGATION]
    matcher = SequenceMatcher(None, first, words, autojunk=False)
    shared = sum(block.size for block in matcher.get_matching_blocks())
    of_other = shared / max(1, len(words))
    return max(matcher.ratio(), of_other if of_other >= PART and len(words) >= FEWEST else 0.0)
