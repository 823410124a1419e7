"""The second look at a file with findings: unframed records that stand beside framed ones.

What the first look saw of framed records is kept in bounded memory: their rows, hashes of
their prompts, fingerprints of their content's sentences. The file is then read again, and
only records whose raw bytes hold a piece of some framed record's prompt or content are taken
apart. Beyond 10,000 framed records of a file, or 100,000 sentences, no more is kept, so what
stands beside those is not found.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Container, Iterable, Iterator
from typing import Final, NamedTuple

import ahocorasick_rs

from negaudit.lint.columns import ColumnCounts
from negaudit.lint.places import entry_of_line, lines_at
from negaudit.lint.sentences import Sentence, sentences_of
from negaudit.lint.trace import Trace, prompt_hash
from negaudit.read import Entry, decode_block
from negaudit.records import Block, Record, Role, Segment, Span, Trained
from negaudit.shapes import segments_of

__all__ = ["Companion", "Companions"]

_MOST_TRACES: Final = 10_000
_MOST_SENTENCES: Final = 100_000
_MOST_KEYS: Final = 4_000

_SHARE_OF_FRAMED: Final = 0.6
_SHARE_OF_OTHER: Final = 0.5
_LONG_SENTENCE: Final = 30


class Companion(NamedTuple):
    """An unframed record that says what a framed one says.

    Attributes:
        framed: The framed record.
        other: The other record.
        negated: Whether the other negates what the framed one states: it is its rewrite.
        span: Where the other says it.
        text: The text there.
        trained: Whether the loss is taken on it.
    """

    framed: Trace
    other: Record
    negated: bool
    span: Span
    text: str
    trained: Trained


class _Spoken(NamedTuple):
    segment: Segment
    sentence: Sentence


class Companions:
    """Collects the framed records of one file, then looks for what stands beside them.

    Args:
        shape: The shape to read every record as; None detects it.
    """

    def __init__(self, shape: str | None) -> None:
        self.contrast = 0
        self.columns = ColumnCounts()
        self._shape = shape
        self._rows = array("q")
        self._traces: list[Trace] = []
        self._prompts: set[int] = set()
        # Fingerprint -> index of the first framed record that has it, and its polarity there.
        self._sentences: dict[int, tuple[int, bool]] = {}
        self._keys: dict[bytes, None] = {}

    def add(self, traces: Iterable[Trace]) -> None:
        """Remembers framed records; they come in the order of their rows."""
        for trace in traces:
            self._rows.append(trace.row)
            self.columns.add_framed(trace.columns)
            if len(self._traces) < _MOST_TRACES and len(self._sentences) < _MOST_SENTENCES:
                self._remember(trace)

    def _remember(self, trace: Trace) -> None:
        if trace.prompt:
            self._prompts.add(trace.prompt)
        for blind, negated in trace.sentences:
            self._sentences.setdefault(blind, (len(self._traces), negated))
        for key in trace.keys:
            if len(self._keys) < _MOST_KEYS:
                self._keys[key] = None
        self._traces.append(trace._replace(sentences=trace.sentences[:1], keys=(), columns=()))

    def look(
        self, blocks: Iterable[Block], rows: Container[int] | None = None
    ) -> Iterator[Companion]:
        """Reads the file again; counts contrast and columns, yields the companions.

        Args:
            blocks: The whole file.
            rows: The rows whose columns are counted; None for all.
        """
        keys = ahocorasick_rs.BytesAhoCorasick(list(self._keys)) if self._keys else None
        for block in blocks:
            found = keys.find_matches_as_indexes(block.data) if keys else []
            numbers = lines_at(block.data, [end for _, _, end in found])
            if not numbers and not self.columns:
                continue
            entries = list(decode_block(block))
            self.columns.add(entry[2] for entry in entries if rows is None or entry[0] in rows)
            for number in numbers:
                entry = entry_of_line(block, entries, number)
                if not self.is_framed(entry[0]):
                    yield from self._compared(block.path, entry)

    def __bool__(self) -> bool:
        return bool(self._rows)

    def is_framed(self, row: int) -> bool:
        """Whether a row has a frame."""
        at = bisect_left(self._rows, row)
        return at < len(self._rows) and self._rows[at] == row

    def _compared(self, path: str, entry: Entry) -> Iterator[Companion]:
        row, line, value, _ = entry
        shape, segments = segments_of(value, shape=self._shape)
        prompt = prompt_hash(segments)
        self.contrast += prompt in self._prompts
        spoken = {each.sentence.blind: each for each in _spoken(segments)}
        shared = [each for blind, each in spoken.items() if blind in self._sentences]
        votes = Counter(self._sentences[each.sentence.blind][0] for each in shared)
        if not votes:
            return
        [(index, number)] = votes.most_common(1)
        framed = self._traces[index]
        if not _is_the_same(framed, number, len(spoken), shared[0], prompt):
            return
        own = [each for each in shared if self._sentences[each.sentence.blind][0] == index]
        turned = [each for each in own if self._is_turned(each.sentence)]
        segment, sentence = (turned or own)[0]
        span = Span(segment.pointer, sentence.start, sentence.end)
        text = segment.text[span.start : span.end]
        other = Record(path, row, line, shape, segments)
        yield Companion(framed, other, bool(turned), span, text, segment.trained)

    def _is_turned(self, sentence: Sentence) -> bool:
        """Whether the sentence negates what the framed record states."""
        return sentence.negated and not self._sentences[sentence.blind][1]


def _spoken(segments: Iterable[Segment]) -> Iterator[_Spoken]:
    """The sentences of what is learned from a record."""
    for segment in segments:
        if segment.role is not Role.METADATA and segment.trained is not Trained.NO:
            for sentence in sentences_of(segment.text):
                yield _Spoken(segment, sentence)


def _is_the_same(framed: Trace, shared: int, others: int, first: _Spoken, prompt: int) -> bool:
    if shared < _SHARE_OF_FRAMED * framed.length or shared < _SHARE_OF_OTHER * others:
        return False
    if shared > 1:
        return True
    long = first.sentence.end - first.sentence.start >= _LONG_SENTENCE
    return long or (prompt != 0 and prompt == framed.prompt)
