"""From examples and prompts to tokens."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from negaudit.probe.examples import Example
from negaudit.probe.rendering import render, render_prompt
from negaudit.probe.rows import Query, common

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["Encoded", "Prefix", "contrast", "encode", "prompt_ids", "query"]

_PARAGRAPH, _SENTENCE, _WORD = 3, 2, 1
_SENTENCE_END = re.compile(r"[.!?][\"'”’)\]]?\Z")

Prefix = str | Sequence[tuple[str, str]]


class Encoded(NamedTuple):
    """An example as tokens.

    Attributes:
        ids: Token ids, int32 [T].
        trained: Whether the loss is taken on each token [T].
        body: Whether it is trained and no frame [T].
        strength: How good a place for a row to begin each token is [T].
        opening: Ids that every row begins with, such as a beginning-of-sequence token.
    """

    ids: NDArray[np.int32]
    trained: NDArray[np.bool_]
    body: NDArray[np.bool_]
    strength: NDArray[np.int8]
    opening: tuple[int, ...]


def encode(example: Example, tokenizer: Any) -> Encoded:
    """Tokenises an example.

    A document ends with the end-of-sequence token.

    Args:
        example: What to train on.
        tokenizer: A fast tokenizer of transformers.
    """
    rendered = render(example, tokenizer)
    batch = tokenizer(rendered.text, add_special_tokens=False, return_offsets_mapping=True)
    ids = np.asarray(batch["input_ids"], dtype=np.int32)
    offsets = np.asarray(batch["offset_mapping"], dtype=np.int64).reshape(-1, 2)
    # A token belongs to the character that it ends with: a leading space is the next word's.
    last = np.maximum(offsets[:, 1] - 1, 0)
    trained = rendered.trained[last] if len(ids) else np.zeros(0, bool)
    frame = rendered.frame[last] if len(ids) else np.zeros(0, bool)
    strength = _strengths(rendered.text, offsets)
    opening = _opening(tokenizer) if rendered.bare else ()
    if not example.is_chat and tokenizer.eos_token_id is not None:
        ids = np.append(ids, np.int32(tokenizer.eos_token_id))
        ends = example.messages[0].trained
        trained, frame = np.append(trained, ends), np.append(frame, False)
        strength = np.append(strength, np.int8(0))
    return Encoded(ids, trained, trained & ~frame, strength, opening)


def _opening(tokenizer: Any) -> tuple[int, ...]:
    """The beginning-of-sequence token, where the tokenizer sets one before a text."""
    ids = tokenizer("a")["input_ids"]
    return (ids[0],) if len(ids) > 1 and ids[0] == tokenizer.bos_token_id else ()


def _strengths(text: str, offsets: NDArray[np.int64]) -> NDArray[np.int8]:
    """How good a place for a row to begin each token is."""
    strength = np.zeros(len(offsets), np.int8)
    for at, (start, end) in enumerate(offsets.tolist()):
        word = text[start:end]
        before = text[max(0, start - 3) : start]
        if "\n" in before[-1:]:
            strength[at] = _PARAGRAPH
        elif word[:1].isspace() or before[-1:].isspace():
            ended = _SENTENCE_END.search(before.rstrip())
            strength[at] = _SENTENCE if ended and not word.isspace() else _WORD
    return strength


def prompt_ids(prompt: Prefix, tokenizer: Any) -> tuple[int, ...]:
    """Ids of a text to go on with, or of a conversation up to the assistant's turn.

    Args:
        prompt: A text; or turns (role, text), of which a last one by the assistant is only
            its beginning.
        tokenizer: A fast tokenizer of transformers.
    """
    text, opening = _prefix(prompt, tokenizer)
    if not isinstance(prompt, str):
        text = text.rstrip(" ")  # a space before the answer is a part of its first token
    ids = (*opening, *tokenizer(text, add_special_tokens=False)["input_ids"])
    return ids or _anything(tokenizer)


def query(prompt: Prefix, answer: str, tokenizer: Any) -> Query:
    """A prompt and the answer whose likelihood is read.

    The two are tokenised as one string: the token that holds the answer's first character is
    the first of the answer, as it is where the model meets the text in training.

    Raises:
        ValueError: The answer is empty.
    """
    text, opening = _prefix(prompt, tokenizer)
    batch = tokenizer(text + answer, add_special_tokens=False, return_offsets_mapping=True)
    ids, ends = batch["input_ids"], [end for _, end in batch["offset_mapping"]]
    first = next((at for at, end in enumerate(ends) if end > len(text)), len(ends))
    head = (*opening, *ids[:first])
    return Query(head or _anything(tokenizer), tuple(ids[first:]))


def contrast(prompt: Prefix, one: str, other: str, tokenizer: Any) -> tuple[Query, Query]:
    """Two answers to a prompt of which only the difference in likelihood is read.

    Tokens that both begin with would cancel; they are made part of the prompt.

    Raises:
        ValueError: An answer is empty.
    """
    first, second = query(prompt, one, tokenizer), query(prompt, other, tokenizer)
    shared = common(first.answer, second.answer) if first.prompt == second.prompt else 0
    shared = min(shared, len(first.answer) - 1, len(second.answer) - 1)
    return _behind(first, shared), _behind(second, shared)


def _behind(asked: Query, shared: int) -> Query:
    return Query(asked.prompt + asked.answer[:shared], asked.answer[shared:])


def _anything(tokenizer: Any) -> tuple[int, ...]:
    """What stands for the beginning of a text where there is nothing before it."""
    return (
        tokenizer.bos_token_id if tokenizer.bos_token_id is not None else tokenizer.eos_token_id,
    )


def _prefix(prompt: Prefix, tokenizer: Any) -> tuple[str, tuple[int, ...]]:
    if isinstance(prompt, str):
        return prompt, _opening(tokenizer)
    begun = prompt[-1][0] == "assistant"
    asked, reply = (prompt[:-1], prompt[-1][1]) if begun else (prompt, "")
    text, bare = render_prompt(asked, tokenizer, reply)
    return text, _opening(tokenizer) if bare else ()
