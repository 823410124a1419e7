"""Mask: the content stays in the data, and no loss is taken on it.

A message is masked as a whole by the key that its training stack reads: OpenAI's `weight`, or
`train` and its like where the data already has them (axolotl). Elsewhere the characters go to
the spans sidecar, which `negaudit.training` turns into labels.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from negaudit.fix.apply import place
from negaudit.fix.record import Operation, Proposal, SetMember, Target
from negaudit.fix.remedies.options import RemedyOptions
from negaudit.fix.remedies.places import (
    contents_of,
    frames_of,
    is_behaviour,
    message_of,
    parent_of,
    segments_by_pointer,
)
from negaudit.fix.remedies.registry import remedy
from negaudit.records import Remedy, Role, Segment, Span, Trained
from negaudit.shapes.speech import SPEAKERS

_FLAGS: Final = ("train", "training", "trainable", "train_on_input", "train_on_inputs")
_WEIGHTS: Final = ("loss_weight", "weight")
_UNMASKABLE: Final = {
    "preference": "preference training compares whole answers: drop the pair",
    "kto": "preference training takes whole answers: drop the row, or label it false (prefer)",
    "stepwise": "a step is learned by its label: drop the row, or label the step false",
    "tokenized": "the text is tokens already: mask its labels where they were made",
    "prompt_only": "the record has no answer to mask: drop it",
}
_WORD: Final = re.compile(r"\w")


@remedy(Remedy.MASK)
def mask(targets: Sequence[Target], _: RemedyOptions) -> list[Proposal]:
    """Proposes that no loss is taken on the content, nor on frames beside it."""
    return [_mask(target) for target in targets]


def _mask(target: Target) -> Proposal:
    reason = _UNMASKABLE.get(target.record.shape)
    if reason is not None:
        return Proposal(Remedy.MASK, "display-only", reason=reason)
    operations: list[Operation] = []
    spans: list[Span] = []
    segments = segments_by_pointer(target)
    for pointer in dict.fromkeys(span.pointer for span in contents_of(target)):
        if segments[pointer].trained is Trained.NO:
            continue
        switch = _switch(target, segments[pointer])
        if switch is None:
            spans += _merged(_framing(target, pointer), segments[pointer].text)
        elif switch not in operations:
            operations.append(switch)
    if not operations and not spans:
        return Proposal(Remedy.MASK, "display-only", reason="no loss is taken on it as it is")
    return Proposal(Remedy.MASK, "safe", tuple(operations), masks=tuple(spans))


def _switch(target: Target, segment: Segment) -> SetMember | None:
    """What turns off the loss on the whole message or piece, where that is wanted."""
    parent = parent_of(segment.pointer)
    if target.record.shape == "masked" and isinstance(place(target.value, parent), dict):
        return SetMember(parent, "label", False) if _is_whole(target, parent) else None
    message = message_of(target.value, segment.pointer)
    if message is None or segment.turn < 0:
        return None
    where, members = message
    return SetMember(where, *_off(target, where, members)) if _is_whole(target, where) else None


def _is_whole(target: Target, where: str) -> bool:
    """Whether all that is said below a pointer is to be masked.

    What a reply does taints all of it; a false sentence leaves the others as they are.
    """
    if is_behaviour(target):
        return True
    return not any(
        _WORD.search(_outside(segment, _framing(target, segment.pointer)))
        for segment in target.record.segments
        if segment.pointer.startswith(f"{where}/") and segment.role is not Role.METADATA
    )


def _framing(target: Target, pointer: str) -> list[Span]:
    spans = (*contents_of(target), *frames_of(target))
    return sorted(span for span in spans if span.pointer == pointer)


def _outside(segment: Segment, spans: Iterable[Span]) -> str:
    text = segment.text
    for span in reversed(_merged(spans, text)):
        text = text[: span.start] + text[span.end :]
    return text


def _merged(spans: Iterable[Span], text: str) -> list[Span]:
    """Spans of one string, in order; those without a word between them become one."""
    merged: list[Span] = []
    for span in spans:
        if merged and not _WORD.search(text, merged[-1].end, span.start):
            last = merged.pop()
            merged.append(Span(span.pointer, last.start, max(last.end, span.end)))
        else:
            merged.append(span)
    return merged


def _off(target: Target, where: str, message: dict[str, object]) -> tuple[str, int | bool]:
    """The key, and its value for no loss, that the record's own messages use."""
    siblings = place(target.value, parent_of(where))
    known = [m for m in siblings if isinstance(m, dict)] if isinstance(siblings, list) else []
    keys = [key for member in (message, *known) for key in member]
    flag = next((key for key in keys if key in _FLAGS), None)
    if flag is not None:
        return flag, False
    if not _is_assistant(message):
        return _FLAGS[0], False
    return next((key for key in keys if key in _WEIGHTS), "weight"), 0


def _is_assistant(message: dict[str, object]) -> bool:
    names = (message.get(key) for key in ("role", "from", "speaker"))
    name = next((name for name in names if isinstance(name, str)), "")
    return SPEAKERS.get(name.strip().lower()) is Role.ASSISTANT
