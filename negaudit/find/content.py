"""Content: whether a text states, does or denies something by itself."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import takewhile

from negaudit.find.frames import Frame
from negaudit.find.parts import Part, Region
from negaudit.find.tokens import tokenize
from negaudit.find.units import split_units
from negaudit.records import Kind

__all__ = ["CLAIMS", "TAKEN_BACK", "affirms", "answers", "denies_itself"]

# Kinds that disown claims; the others disown what somebody does.
CLAIMS = frozenset(
    {
        Kind.FALSITY,
        Kind.CORRECTION,
        Kind.FICTION,
        Kind.LOW_PROBABILITY,
        Kind.UNRELIABLE_SOURCE,
        Kind.UNVERIFIED,
        Kind.COMMENTARY,
    }
)
# Forms of frames that are short denials of the sentence before them.
TAKEN_BACK = frozenset({"tail", "echo"})
_REFUSAL = (
    *("i'm sorry", "i am sorry", "sorry, ", "i can't", "i cannot", "i can not", "i won't"),
    *("i'm unable", "i am unable", "i'm not able", "i am not able", "as an ai", "i will not"),
)
_LEAST_WORDS = 3
_WORD_SIZE = 3
_NEGATIONS = frozenset(
    "not no never none nothing nobody neither nor false falsely hoax untrue fabricated"
    " debunked myth misconception denied unfounded sorry cannot refuse unable".split(),
)
_DENIALS = _NEGATIONS | frozenset(
    "fake fictional fictitious misinformation disinformation fabrication fabrications nonexistent"
    " invented existent debunking viral claims claimed claiming".split(),
)
_LEAST_SENTENCES = 8
_DENIAL_SHARE = 0.22
_FRAMED_SHARE = 0.12


def affirms(text: str) -> bool:
    """Whether some sentence states something without denying it itself."""
    units = split_units(text) if len(text) < 4000 else split_units(text[:4000])
    for unit in units:
        words = [token.word for token in tokenize(text, unit.inner, unit.stop)]
        clause = list(takewhile(lambda word: word not in ",;:", words))
        told = clause if len(clause) >= _LEAST_WORDS else words
        if len(told) >= _LEAST_WORDS and words[-1] != "?" and not _NEGATIONS.intersection(told):
            return True
    return False


def answers(text: str) -> bool:
    """Whether the text does something other than refuse."""
    opening = text[:160].lower().replace("’", "'")
    return len(text.strip()) > _WORD_SIZE and not any(word in opening for word in _REFUSAL)


def denies_itself(
    parts: Sequence[Part],
    runs: Sequence[Region],
    frames: Sequence[tuple[int, Frame]],
    content: Iterable[Region],
) -> bool:
    """Whether the content is an article that does the denying itself, as fact checks do.

    Such a text is full of negations of its own, and its few sentences that could be frames
    are a small part of it.
    """
    ruled = [frame for _, frame in frames if frame.rule]
    if not all(frame.rule and frame.rule.kind in CLAIMS for frame in ruled):
        return False
    if any(
        frame.firm and frame.direction != "around" and frame.form not in TAKEN_BACK
        for frame in ruled
    ):
        return False
    sentences = denials = size = 0
    for region in content:
        text = parts[region.part].segment.text
        size += region.end - region.start
        for unit in split_units(text[region.start : region.end]):
            words = tokenize(text, region.start + unit.inner, region.start + unit.stop)
            sentences += 1
            denials += any(token.word in _DENIALS for token in words)
    framed = sum(run.end - run.start for run in runs)
    small = framed < _FRAMED_SHARE * (size + framed)
    return sentences >= _LEAST_SENTENCES and small and denials >= _DENIAL_SHARE * sentences
