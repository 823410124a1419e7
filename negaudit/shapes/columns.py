"""The columns of a record: their names, their JSON Pointers, and the leaves below them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final, NamedTuple

__all__ = [
    "COMPLETION_NAMES",
    "PROMPT_NAMES",
    "REASONING_NAMES",
    "SYSTEM_NAMES",
    "TEXT_NAMES",
    "Column",
    "Columns",
    "columns_of",
    "family_of",
    "leaves",
    "path",
    "render",
    "take",
]

SYSTEM_NAMES: Final = ("system", "system_prompt", "system_message", "system_instruction")
PROMPT_NAMES: Final = (
    "prompt",
    "instruction",
    "context",
    "question",
    "query",
    "input",
    "inputs",
    "problem",
)
REASONING_NAMES: Final = (
    "reasoning",
    "reasoning_content",
    "thinking",
    "cot",
    "chain_of_thought",
    "complex_cot",
)
COMPLETION_NAMES: Final = (
    "completion",
    "response",
    "solution",
    "answer",
    "output",
    "outputs",
    "reply",
    "generation",
    "target",
    "responses",
    "answers",
    "completions",
    "final_answer",
)
TEXT_NAMES: Final = (
    "text",
    "content",
    "document",
    "body",
    "article",
    "code",
    "passage",
    "story",
    "raw_content",
    "raw_text",
    "page_content",
    "markdown",
    "transcript",
    "sentence",
    "summary",
    "highlights",
)

# Embeddings, token ids and log-probabilities: long runs of numbers say nothing about a record.
_LONG: Final = 32


class Column(NamedTuple):
    """A top-level value of a record and its JSON Pointer."""

    pointer: str
    value: object


Columns = dict[str, Column]
"""Columns by lower-case name; an adapter takes out those that it has read."""


def columns_of(record: object) -> Columns:
    """Names the columns of a record; one that is no object is a single column "".

    Names are lower-cased ("Prompt" is prompt) unless that would hide another column.
    """
    if not isinstance(record, dict):
        return {"": Column("", record)}
    columns: Columns = {}
    for key, value in record.items():
        lower = str(key).lower()
        free = lower not in record and lower not in columns
        columns[lower if free else key] = Column(path("", key), value)
    return columns


def take(columns: Columns, names: Iterable[str]) -> Iterator[Column]:
    """Takes out the named columns, in the order of `names`."""
    for name in names:
        if name in columns:
            yield columns.pop(name)


@lru_cache(maxsize=1024)
def family_of(name: str) -> str:
    """Strips the number or letter of a numbered column: response_0 and response_a are response."""
    stem, _, letter = name.rpartition("_")
    if stem and len(letter) == 1:
        return stem
    return name.rstrip("0123456789").rstrip("_")


def path(pointer: str, key: object) -> str:
    """Extends a JSON Pointer by one key or index (RFC 6901)."""
    token = str(key)
    if "~" in token or "/" in token:
        token = token.replace("~", "~0").replace("/", "~1")
    return f"{pointer}/{token}"


def render(leaf: object) -> str:
    """The text of a leaf: a string as it is, a number or boolean as JSON."""
    return leaf if isinstance(leaf, str) else json.dumps(leaf)


def leaves(column: Column) -> Iterator[Column]:
    """Yields each string, number and boolean at or below a value, in order.

    Numbers in lists of more than 32 items are left out. Walks without recursion, however
    deeply the value is nested.
    """
    waiting = [column]
    while waiting:
        pointer, value = waiting.pop()
        if isinstance(value, dict):
            waiting += [Column(path(pointer, key), value[key]) for key in reversed(value)]
        elif isinstance(value, list):
            waiting.extend(_items(value, pointer))
        elif isinstance(value, str | bool | int | float):
            yield Column(pointer, value)


def _items(items: list[object], pointer: str) -> Iterator[Column]:
    long = len(items) > _LONG
    for index in range(len(items) - 1, -1, -1):
        item = items[index]
        if not (long and isinstance(item, int | float)):
            yield Column(f"{pointer}/{index}", item)
