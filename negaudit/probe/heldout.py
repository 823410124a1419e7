"""Held-out prompts: given in a file, or split off within each category before training."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from random import Random
from typing import NamedTuple

import msgspec

from negaudit.errors import InputError
from negaudit.fix.record import Target
from negaudit.probe.examples import Example, Turns, asked_in
from negaudit.probe.near_duplicates import near_duplicates
from negaudit.read import blocks, decode_block, discover

__all__ = [
    "HeldOutItem",
    "HeldOutItems",
    "Split",
    "given_items",
    "held_out_items",
    "read_held_out",
    "split_off",
]

_HINT = 'a line looks like {"prompt": "...", "answer": "...", "category": "...", "rivals": ["..."]}'


class HeldOutItem(msgspec.Struct, frozen=True):
    """A question that no arm is trained on.

    Attributes:
        id: Names it.
        category: What it belongs to.
        prompt: A text to go on with, or the turns (role, text) before the answer.
        answer: What the framed data would have answered; "" where that is unknown.
        rivals: Other answers to the same question, each once and none of them blank.
    """

    id: str
    category: str
    prompt: str | Turns
    answer: str = ""
    rivals: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The prompt as one string."""
        prompt = self.prompt
        return prompt if isinstance(prompt, str) else "\n\n".join(text for _, text in prompt)

    @property
    def asked(self) -> str:
        """The prompt without instructions to the model, to compare with what is trained on."""
        return self.prompt if isinstance(self.prompt, str) else asked_in(self.prompt)


class _Line(msgspec.Struct, frozen=True):
    """A line of a held-out file."""

    prompt: str
    answer: str = ""
    category: str = ""
    rivals: tuple[str, ...] = ()


class HeldOutItems(NamedTuple):
    """Held-out questions.

    Attributes:
        items: The questions.
        files: How many each file holds that they were read from.
        removed: How many were left out, since they repeat training text.
    """

    items: tuple[HeldOutItem, ...]
    files: Mapping[str, int] = {}
    removed: int = 0


def given_items(path: str | Path, trained: Sequence[Example | None], category: str) -> HeldOutItems:
    """The questions of a held-out file, without those that nearly repeat what is trained on.

    Those that stand in a document repeat it.

    Args:
        path: The file.
        trained: What is trained on, without its frames.
        category: The category of questions that name none.

    Raises:
        InputError: As of `read_held_out`.
    """
    examples = [example for example in trained if example is not None]
    chat = any(example.is_chat for example in examples)
    items, files, _ = read_held_out(path, chat=chat, category=category)
    texts = (example.asked for example in examples)
    repeated = {at for at, _ in near_duplicates([item.asked for item in items], texts)}
    fresh = tuple(item for at, item in enumerate(items) if at not in repeated)
    return HeldOutItems(fresh, files, len(repeated))


def read_held_out(path: str | Path, *, chat: bool, category: str = "") -> HeldOutItems:
    """Reads a held-out file: one object a line, also as JSON, CSV or Parquet.

    Args:
        path: The file.
        chat: Whether prompts are questions of a user; else they are texts to go on with.
        category: The category of prompts that name none.

    Raises:
        InputError: The file cannot be read, a line is no prompt, or there is none.
    """
    items: list[HeldOutItem] = []
    sources = discover([str(path)])
    files = {source.path: 0 for source in sources}
    entries = ((s.path, e) for s in sources for b in blocks(s) for e in decode_block(b))
    for file, (row, _, value, problem) in entries:
        where = f"{file}, record {row + 1}"
        files[file] += 1
        if problem is not None:
            raise InputError(problem.message, where=where, hint=_HINT)
        try:
            line = msgspec.convert(value, _Line)
        except msgspec.ValidationError as error:
            raise InputError(f"is no prompt: {error}", where=where, hint=_HINT) from error
        if not line.prompt.strip():
            raise InputError("has an empty prompt", where=where, hint=_HINT)
        prompt: str | Turns = (("user", line.prompt),) if chat else line.prompt
        name = line.category or category
        rivals = tuple(r for r in dict.fromkeys(line.rivals) if r.strip() and r != line.answer)
        items.append(HeldOutItem(f"heldout/{len(items)}", name, prompt, line.answer, rivals))
    if not items:
        raise InputError("holds no prompt", where=str(path), hint=_HINT)
    return HeldOutItems(tuple(items), files)


class Split(NamedTuple):
    """What is trained on, and what is held out.

    Attributes:
        train: Indices of the records that are trained on, in order.
        held: Indices of the records that are held out, in order.
        removed: Held-out records that were left out of both as near-duplicates of training
            text.
    """

    train: tuple[int, ...]
    held: tuple[int, ...]
    removed: int


def split_off(
    examples: Sequence[Example | None],
    categories: Sequence[str],
    *,
    seed: int,
    share: float = 0.15,
    most: int = 48,
) -> Split:
    """Holds records out, within each category.

    A held-out record whose question nearly repeats one that is trained on tests memory and
    not what was learnt: it is removed. Records that are no exchange are all trained on.

    Args:
        examples: Framed records without their frames.
        categories: The category of each.
        seed: Of the drawing.
        share: Share of each category that is held out.
        most: Records of a category that are held out at most.
    """
    random = Random(seed)
    drawn: set[int] = set()
    for category in sorted(set(categories)):
        members = [
            at
            for at, name in enumerate(categories)
            if name == category and (one := examples[at]) is not None and one.exchange is not None
        ]
        wanted = min(most, math.floor(share * len(members)))
        drawn.update(random.sample(members, wanted))
    train = tuple(at for at in range(len(examples)) if at not in drawn)
    asked = ["" if example is None else example.asked for example in examples]
    kept = sorted(drawn)
    near = near_duplicates([asked[at] for at in kept], (asked[at] for at in train))
    repeated = {kept[number] for number, _ in near}
    return Split(train, tuple(at for at in kept if at not in repeated), len(repeated))


def held_out_items(
    targets: Sequence[Target],
    examples: Sequence[Example | None],
    categories: Sequence[str],
    held: Iterable[int],
) -> tuple[HeldOutItem, ...]:
    """Held-out records as questions, each with the answer that the framed data gives.

    Args:
        targets: Framed records.
        examples: The same without their frames.
        categories: The category of each.
        held: Which of them are held out.
    """
    return tuple(
        HeldOutItem(f"{record.path}:{record.row}", categories[at], *exchange)
        for at in held
        for record, example in [(targets[at].record, examples[at])]
        if example is not None and (exchange := example.exchange) is not None
    )
