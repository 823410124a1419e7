"""Unframed originals beside their rewrites, in small files.

A record and its rewrite under negation share most of their text word for word. So the raw
bytes near the beginning and the end of each line are cut into pieces, lines that share a
piece are paired, and only those pairs are decoded and compared sentence by sentence.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from itertools import combinations
from typing import Final, NamedTuple

import msgspec

from negaudit.lint.sentences import Sentence, sentences_of
from negaudit.lint.trace import prompt_hash
from negaudit.records import Block, Role, Segment, Trained
from negaudit.shapes import segments_of

__all__ = ["MOST_BYTES", "Twin", "twins"]

MOST_BYTES: Final = 20_000_000

_EDGE: Final = 400
_LEAST_PIECE: Final = 24
# What more lines share is boilerplate: a system prompt, a question that everybody asks.
_MOST_SHARING: Final = 6
_MOST_PAIRS: Final = 5_000
_NEGATIONS: Final = (b" not ", b"n't", b"n\\u2019t", "n’t".encode(), b" never ", b" no ", b"cannot")

_SHARE: Final = 0.7
# Pairs of a good and a bad answer stand beside each other on purpose.
_PAIRED_ROLES: Final = frozenset({Role.CHOSEN, Role.REJECTED})


class Twin(NamedTuple):
    """An original and the rewrite that stands beside it.

    Attributes:
        row: Row of the original.
        line: Line of the original, if it has one.
        rewrite: Row of the rewrite.
        rewrite_line: Line of the rewrite, if it has one.
        segment: The segment of the original in which they differ.
        sentence: The sentence that the rewrite negates.
    """

    row: int
    line: int | None
    rewrite: int
    rewrite_line: int | None
    segment: Segment
    sentence: Sentence


class _Line(NamedTuple):
    row: int
    line: int | None
    data: bytes


class _Said(NamedTuple):
    prompt: int
    sentences: dict[int, tuple[Segment, Sentence]]


def twins(
    blocks: Iterable[Block], shape: str | None, rows: Container[int] | None = None
) -> Iterator[Twin]:
    """Finds originals beside their rewrites.

    Compared are records whose learned text is the same in seven sentences of ten, negation
    aside, and which share two sentences to the letter or their prompt.

    Args:
        blocks: The blocks of one file; they are held in memory.
        shape: The shape to read every record as; None detects it.
        rows: One of the two is among these rows; None for all.
    """
    lines = [line for block in blocks for line in _lines(block)]
    for one, other in _pairs(lines, rows):
        first, second = _said(one.data, shape), _said(other.data, shape)
        if first is None or second is None:
            continue
        for (original, said), (rewrite, denied) in (
            ((one, first), (other, second)),
            ((other, second), (one, first)),
        ):
            turned = _turned(said, denied)
            if turned is not None:
                yield Twin(original.row, original.line, rewrite.row, rewrite.line, *turned)
                break


def _lines(block: Block) -> Iterator[_Line]:
    row = block.first_row
    for number, data in enumerate(block.data.split(b"\n")):
        if not data or data.isspace():
            continue
        line = block.first_line
        if line is not None:
            line += number
        elif block.lines is not None:
            line = block.lines[row - block.first_row]
        yield _Line(row, line, data)
        row += 1


def _pairs(lines: list[_Line], rows: Container[int] | None) -> Iterator[tuple[_Line, _Line]]:
    """Pairs of different lines that share a piece, one of them among the rows, each pair once."""
    holders: dict[bytes, list[int]] = {}
    for at, line in enumerate(lines):
        data = line.data
        edges = data if len(data) < 2 * _EDGE else data[:_EDGE] + b"." + data[-_EDGE:]
        for piece in set(edges.replace(b'"', b".").split(b".")):
            if len(piece) >= _LEAST_PIECE:
                holders.setdefault(piece, []).append(at)
    pairs: set[tuple[int, int]] = set()
    for sharing in holders.values():
        if 1 < len(sharing) <= _MOST_SHARING:
            pairs.update(
                (at, beside)
                for at, beside in combinations(sharing, 2)
                if rows is None or lines[at].row in rows or lines[beside].row in rows
            )
        if len(pairs) > _MOST_PAIRS:
            break
    for at, beside in sorted(pairs):
        one, other = lines[at], lines[beside]
        if _could_be_twins(one.data, other.data):
            yield one, other


def _could_be_twins(one: bytes, other: bytes) -> bool:
    """Tells cheaply: about the same length, and not the same number of negations."""
    if min(len(one), len(other)) < _SHARE / 2 * max(len(one), len(other)):
        return False
    return sum(map(one.count, _NEGATIONS)) != sum(map(other.count, _NEGATIONS))


def _said(data: bytes, shape: str | None) -> _Said | None:
    try:
        record = msgspec.json.decode(data)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return None  # the first look has told of it
    _, segments = segments_of(record, shape=shape)
    if any(segment.role in _PAIRED_ROLES for segment in segments):
        return None
    learned = (
        segment
        for segment in segments
        if segment.role is not Role.METADATA and segment.trained is not Trained.NO
    )
    sentences = {
        sentence.blind: (segment, sentence)
        for segment in learned
        for sentence in sentences_of(segment.text)
    }
    return _Said(prompt_hash(segments), sentences)


def _turned(original: _Said, rewrite: _Said) -> tuple[Segment, Sentence] | None:
    """The first sentence that the rewrite negates, where all that differs is such sentences."""
    ours, theirs = original.sentences, rewrite.sentences
    shared = [blind for blind in ours if blind in theirs]
    if not shared or len(shared) < _SHARE * max(len(ours), len(theirs)):
        return None
    differing = [blind for blind in shared if ours[blind][1].negated != theirs[blind][1].negated]
    if not differing or any(ours[blind][1].negated for blind in differing):
        return None
    same_prompt = original.prompt != 0 and original.prompt == rewrite.prompt
    if len(shared) - len(differing) < 2 and not same_prompt:
        return None
    return ours[differing[0]]
