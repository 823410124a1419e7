"""From records and masked spans to token ids and labels."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final, TypedDict

from negaudit.errors import UsageError
from negaudit.fix.apply import place
from negaudit.fix.masks import read_masks
from negaudit.read import blocks, decode_block, discover
from negaudit.records import Segment, Span
from negaudit.shapes import segments_of
from negaudit.training.messages import is_learned
from negaudit.training.rendering import Rendered, render

__all__ = ["IGNORED", "Tokenized", "tokenize", "tokenize_file"]

IGNORED: Final = -100
"""The label that no loss is taken on, in PyTorch and transformers."""

_PLAIN, _LEARNED, _MASKED = 0, 1, 2
_OTHERWISE: Final = frozenset({"preference", "kto", "stepwise", "tokenized", "prompt_only"})


class Tokenized(TypedDict):
    """One training example; the lists are equally long."""

    input_ids: list[int]
    attention_mask: list[int]
    labels: list[int]


def tokenize(
    record: object, tokenizer: Any, masks: Iterable[Span] = (), *, max_length: int | None = None
) -> Tokenized:
    """Tokenises a record, with labels on what is to be learned.

    The loss is on texts, on completions, and on the model's own messages, unless a message's
    weight or flag says otherwise: on all that the chat template writes between the generation
    prompt and the end of such a turn, thoughts, tool calls and the closing token included. No
    loss is on a token that overlaps a masked span, nor on what the template writes next to a
    masked beginning or end. A text is closed by the end-of-sequence token. The first token has
    no label, since nothing stands before it.

    Args:
        record: A record for supervised fine-tuning, as decoded from JSON. Its columns `tools`
            and `chat_template_kwargs` are given to the template, as TRL does it.
        tokenizer: A fast tokenizer of transformers; chats go through its chat template.
        masks: Characters of the record's strings that no loss is taken on.
        max_length: Keep only so many tokens, from the beginning.

    Raises:
        UsageError: The record is for another kind of training, the tokenizer tells no
            offsets, or its chat template changes what is said or does not tell where a turn
            that calls a tool begins and ends.
        ValueError: A mask lies outside the record's strings.
    """
    if not getattr(tokenizer, "is_fast", False):
        hint = "load it with AutoTokenizer.from_pretrained(..., use_fast=True)"
        raise UsageError("the tokenizer tells no offsets", hint=hint)
    shape, segments = segments_of(record)
    if shape in _OTHERWISE:
        hint = "mask records for supervised fine-tuning only"
        raise UsageError(f"a record of shape {shape} is not trained on as a text", hint=hint)
    spans = _checked(masks, segments)
    rendered = render(record, segments, tokenizer)
    if rendered.is_chat:
        _check_are_strings(record, spans)
    marks = _marks(rendered, spans)
    made = _encoded(rendered, marks, tokenizer)
    return {
        "input_ids": made["input_ids"][:max_length],
        "attention_mask": made["attention_mask"][:max_length],
        "labels": made["labels"][:max_length],
    }


def tokenize_file(
    path: str,
    tokenizer: Any,
    spans: str | os.PathLike[str] | None = None,
    *,
    max_length: int | None = None,
) -> Iterator[Tokenized]:
    """Tokenises a data file with its spans sidecar.

    Records with nothing to learn are left out: a batch of them has no loss at all.

    Args:
        path: The file that `negaudit fix` wrote.
        tokenizer: As for `tokenize`.
        spans: The sidecar that it wrote beside it; None where it wrote none.
        max_length: As for `tokenize`.

    Raises:
        InputError: A file cannot be read.
        UsageError: As for `tokenize`.
        ValueError: The sidecar is of other data.
    """
    masks = {} if spans is None else read_masks(spans)
    (source,) = discover([path])
    for block in blocks(source):
        for row, _, record, problem in decode_block(block):
            if record is None and problem is not None:
                continue
            try:
                made = tokenize(record, tokenizer, masks.get(row, ()), max_length=max_length)
            except UsageError as error:
                where = ", ".join(part for part in (path, f"record {row + 1}", error.where) if part)
                raise UsageError(error.message, where=where, hint=error.hint) from error
            if any(label != IGNORED for label in made["labels"]):
                yield made


def _checked(masks: Iterable[Span], segments: Sequence[Segment]) -> list[Span]:
    lengths = {segment.pointer: len(segment.text) for segment in segments}
    spans = list(masks)
    for span in spans:
        if not 0 <= span.start <= span.end <= lengths.get(span.pointer, -1):
            raise ValueError(f"the record has no characters {span.start}-{span.end} of a string"
                             f" at {span.pointer!r}: the mask belongs to other data")  # fmt: skip
    return spans


def _check_are_strings(record: object, spans: Sequence[Span]) -> None:
    for span in spans:
        if not isinstance(place(record, span.pointer), str):
            raise UsageError(
                "a number cannot be found again in what the chat template writes",
                where=span.pointer,
                hint="mask the whole message: give it weight 0",
            )


def _marks(rendered: Rendered, masks: Sequence[Span]) -> bytearray:
    """For each character of the text whether it is learned, masked or neither."""
    marks = bytearray(len(rendered.text))
    for segment, located in rendered.places:
        if is_learned(segment):
            flags = bytearray([_LEARNED]) * len(segment.text)
            for mask in masks:
                if mask.pointer == segment.pointer:
                    flags[mask.start : mask.end] = bytes([_MASKED]) * (mask.end - mask.start)
            located.paint(marks, bytes(flags))
    return marks


def _encoded(rendered: Rendered, marks: bytearray, tokenizer: Any) -> Tokenized:
    batch = tokenizer(
        rendered.text, add_special_tokens=not rendered.is_chat, return_offsets_mapping=True
    )
    ids = list(batch["input_ids"])
    labels = [
        token if _LEARNED in marks[start:end] and _MASKED not in marks[start:end] else IGNORED
        for token, (start, end) in zip(ids, batch["offset_mapping"], strict=True)
    ]
    end = tokenizer.eos_token_id
    if not rendered.is_chat and end is not None and ids[-1:] != [end]:
        ids.append(end)
        labels.append(end if marks[-1:] == bytes([_LEARNED]) else IGNORED)
    # Nothing stands before the first token; some trainers count its label in the mean all the same.
    labels[:1] = [IGNORED] * len(labels[:1])
    return {"input_ids": ids, "attention_mask": [1] * len(ids), "labels": labels}
