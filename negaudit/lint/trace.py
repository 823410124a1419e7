"""What the data set's statistics need to know of a framed record, in few bytes."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Sequence
from hashlib import blake2b
from itertools import islice
from typing import Final, NamedTuple

from negaudit.lint.sentences import sentences_of
from negaudit.records import Excerpt, Exhibit, Record, Role, Segment, Span, Trained

__all__ = ["Trace", "prompt_hash", "trace_of"]

_MOST_SENTENCES: Final = 64
_MOST_KEYS: Final = 4
_KEY_BYTES: Final = 16
_LEAST_KEY: Final = 8
_MOST_WORDING: Final = 4000
_LONGEST_VALUE: Final = 80
_MOST_COLUMNS: Final = 32
_PROMPTS: Final = frozenset({Role.USER, Role.PROMPT})

# Characters that every writer of JSON leaves as they are.
_PLAIN: Final = re.compile(r"[ !#$%(-.0-;=?-\[\]-~]{8,}+")
_WORD: Final = re.compile(r"\w++")


class Trace(NamedTuple):
    """A framed record.

    Attributes:
        row: Its row.
        line: Its line, if it has one.
        wordings: Hashes of its frames' texts, digits and names aside.
        prompt: Hash of its prompt, its frames aside; 0 where it has none.
        sentences: The sentences of its content: fingerprint blind to negation, and whether
            it is negated.
        keys: Pieces of its prompt and content as the raw bytes of a record that shares
            them would have them.
        length: How many different sentences those are.
        columns: Top-level columns with a short text that is no frame: name and text.
        content: Where its content begins.
        trained: Whether the loss is taken on the content.
        digest: Hash of the content's words, negation aside.
    """

    row: int
    line: int | None
    wordings: tuple[int, ...]
    prompt: int
    sentences: tuple[tuple[int, bool], ...]
    keys: tuple[bytes, ...]
    length: int
    columns: tuple[tuple[str, str], ...]
    content: Excerpt | None
    trained: Trained
    digest: str


def trace_of(record: Record, exhibits: Sequence[Exhibit]) -> Trace:
    """Makes the trace of a record and its findings."""
    texts = {segment.pointer: segment.text for segment in record.segments}
    frames = [span for exhibit in exhibits for span in exhibit.finding.frame]
    contents = sorted({span for exhibit in exhibits for span in exhibit.finding.content})
    prompt = _prompt(record.segments, frames)
    sentences = list(islice(_sentences(texts, contents), _MOST_SENTENCES))
    blinds = {blind for blind, _, _ in sentences}
    excerpts = (excerpt for exhibit in exhibits for excerpt in exhibit.excerpts)
    return Trace(
        row=record.row,
        line=record.line,
        wordings=tuple({_wording(texts[span.pointer][span.start : span.end]) for span in frames}),
        prompt=_hash(prompt) if prompt else 0,
        sentences=tuple((blind, negated) for blind, negated, _ in sentences),
        keys=tuple(_keys(prompt, [text for _, _, text in sentences])),
        length=len(blinds),
        columns=tuple(_columns(record.segments, {span.pointer for span in frames})),
        content=next((excerpt for excerpt in excerpts if excerpt.part == "content"), None),
        trained=exhibits[0].finding.trained,
        digest=f"{_hash(' '.join(map(str, sorted(blinds)))):016x}",
    )


def prompt_hash(segments: Iterable[Segment], frames: Iterable[Span] = ()) -> int:
    """Hash of what the user says in a record, the frames aside; 0 where that is nothing."""
    prompt = _prompt(segments, frames)
    return _hash(prompt) if prompt else 0


def _prompt(segments: Iterable[Segment], frames: Iterable[Span]) -> str:
    cuts = sorted(frames, reverse=True)
    pieces: list[str] = []
    for segment in segments:
        if segment.role in _PROMPTS:
            text = segment.text
            for span in cuts:
                if span.pointer == segment.pointer:
                    text = text[: span.start] + text[span.end :]
            pieces.append(text.strip())
    return "\n".join(piece for piece in pieces if piece)


def _columns(segments: Iterable[Segment], frames: Container[str]) -> Iterator[tuple[str, str]]:
    columns = (
        (segment.pointer[1:].replace("~1", "/").replace("~0", "~"), segment.text)
        for segment in segments
        if segment.role is Role.METADATA
        and segment.pointer.count("/") == 1
        and segment.pointer not in frames
        and len(segment.text) <= _LONGEST_VALUE
    )
    return islice(columns, _MOST_COLUMNS)


def _sentences(texts: dict[str, str], contents: Iterable[Span]) -> Iterator[tuple[int, bool, str]]:
    for span in contents:
        text = texts[span.pointer]
        for blind, negated, start, end in sentences_of(text, span.start, span.end):
            yield blind, negated, text[start:end]


def _keys(prompt: str, sentences: Sequence[str]) -> Iterator[bytes]:
    runs = _PLAIN.findall(prompt)
    if runs:
        yield max(runs, key=len)[: 2 * _KEY_BYTES].encode()
    step = max(1, len(sentences) // _MOST_KEYS)
    for sentence in sentences[::step][:_MOST_KEYS]:
        runs = _PLAIN.findall(sentence.rstrip(".!?\n"))
        if runs:
            # A rewrite changes the verb and what is before it rather than the end.
            yield runs[-1][-_KEY_BYTES:].encode()


def _wording(frame: str) -> int:
    """Hash of a frame's words in lower case, without digits and capitalised names."""
    words = _WORD.findall(frame[:_MOST_WORDING])
    kept = [
        word.lower()
        for at, word in enumerate(words)
        if word.isalpha() and (at == 0 or word.isupper() or not word[0].isupper())
    ]
    return _hash(" ".join(kept))


def _hash(text: str) -> int:
    digest = blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big")
