"""A glance at the sentence around an anchor, in raw bytes, before anything is decoded.

Most anchors stand in sentences that no clause can fit: words of the other lexicons are missing,
or too few of the words speak of a text and its truth. Both show in the sentence's bare words.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from negaudit.find.index import Facts
from negaudit.find.lexicon import MEMBER
from negaudit.find.match import Match
from negaudit.find.memo import Memo
from negaudit.find.raw import Place, RawLines, unescaped
from negaudit.find.rules import Clause, RuleSet
from negaudit.find.scan import COLUMN
from negaudit.find.tokens import tokenize

__all__ = ["Glance"]

_TAG_WORDS, _LABEL_WORDS, _SENTENCE_WORDS = 4, 12, 1 << 16
_PUNCTUATION = list(",;:.(-!")
_MARKS = " \t\x01#*>/-_~\"'"


class Answer(NamedTuple):
    """What a glance at some words told.

    Attributes:
        open: Whether a clause can fit them, or some of them alone.
        fits: Whether a clause can fit them as they stand.
    """

    open: bool
    fits: bool


class Glance:
    """Tells whether a clause can fit the words around an anchor.

    Args:
        rules: The rules in force.
    """

    def __init__(self, rules: RuleSet) -> None:
        self._rules = rules
        self._index = rules.lexicons.index
        self._facts = Memo(self._meant)
        self._spelled = Memo(_words)
        self._marks = self._index.gist(_PUNCTUATION)

    def ends(self, data: bytes, events: Iterable[tuple[int, int]]) -> list[int]:
        """Offsets of the anchors that are worth a look, at least one in each line that is.

        Args:
            data: JSON lines.
            events: (offset at which an anchor ends, kind), in order of place.
        """
        worth: list[int] = []
        lines = _Asked(self, data)
        seen = 0
        for end, kind in events:
            if end <= seen:
                continue
            fits, seen = (True, end) if kind == COLUMN else self._look(lines, end - 1)
            if fits:
                worth.append(end)
                seen = data.find(b"\n", end)
                if seen < 0:
                    break
        return worth

    def _look(self, asked: _Asked, at: int) -> tuple[bool, int]:
        """Whether a clause can fit the sentence at an offset, and where its next clause begins."""
        lines = asked.lines
        sentence = lines.sentence(at)
        is_open, fits = asked[sentence]
        if fits:
            return True, sentence[1]
        last, first = lines.clauses(at, sentence)
        # A part has no words that the whole lacks. A note may have: it may hold many sentences.
        parts = (*((last, first) if is_open else ()), lines.note(at))
        fits = any(asked[part].fits for part in parts if part is not None)
        # What comes after the pause is the last clause for the anchors in it.
        return fits, sentence[1] if first is None else first[1] - 1

    def answer(self, text: bytes, raw: bytes) -> Answer:
        """Asks the rules about some words.

        Args:
            text: Their letters in lower case, without marks.
            raw: As they stand.
        """
        weight, bits, links = 0, self._marks.bits, [*self._marks.links]
        for weighs, more, others in map(self._facts.__getitem__, text.split()):
            weight += weighs
            bits |= more
            links += others
        likely = self._index.likely(Facts(bits, links))
        clauses = self._rules.open_to(likely)
        members, told = divmod(weight, MEMBER)
        covered = [clause for _, clause in clauses if members >= clause.cover * told]
        if not any(told <= _most_words(clause) for clause in covered):
            return Answer(bool(clauses), fits=False)
        # Tags and labels are short, and cut out of their marks in many ways.
        return Answer(True, told <= _TAG_WORDS or self._matches(raw, likely, covered))

    def _matches(self, raw: bytes, likely: int, clauses: Iterable[Clause]) -> bool:
        """Whether the lexicons of some clause do have hits."""
        text = unescaped(raw).strip(_MARKS)
        words = [word for piece in text.split() for word in self._spelled[piece]]
        hits = Match(self._index, words, likely).hits
        return any(all(map(hits, clause.all)) for clause in clauses)

    def _meant(self, raw: bytes) -> tuple[int, int, Sequence[tuple[int, int]]]:
        """What the bare words between two blanks weigh, and what they mean to the lexicons."""
        words = _words(unescaped(raw))
        return self._rules.vocabulary.count(words), *self._index.gist(words)


class _Asked(dict[Place, Answer]):
    """Answers about places in JSON lines, each asked for once."""

    def __init__(self, glance: Glance, data: bytes) -> None:
        self._glance = glance
        self.lines = RawLines(data)

    def __missing__(self, place: Place) -> Answer:
        start, stop = place
        lines = self.lines
        answer = self._glance.answer(lines.text[start:stop], lines.raw[start:stop])
        self[place] = answer
        return answer


def _words(text: str) -> list[str]:
    return [token.word for token in tokenize(text)]


def _most_words(clause: Clause) -> int:
    """Words that a unit may have for a clause to fit it."""
    if clause.words:
        return clause.words
    return _LABEL_WORDS if set(clause.at) <= {"label", "tag"} else _SENTENCE_WORDS
