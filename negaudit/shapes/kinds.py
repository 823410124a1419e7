"""What a column of a record holds, told from its type and its first item.

Shapes are told apart by these kinds and by the columns' names alone, never by the text, so
that `detect` can remember its answers.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal

__all__ = [
    "EMPTY",
    "ENVELOPE",
    "EXCHANGES",
    "FLAG",
    "FLAGS",
    "LISTS",
    "MASKED",
    "NOTHING",
    "NUMBER",
    "NUMBERS",
    "OBJECT",
    "OBJECTS",
    "SHARE",
    "SHARES",
    "SPEECH",
    "STEPS",
    "TEXT",
    "TEXTS",
    "TURN",
    "TURNS",
    "Kind",
    "Sketch",
    "kind_of",
]

Kind = Literal[
    "text",
    "flag",
    "number",
    "nothing",
    "turn",
    "share",
    "envelope",
    "object",
    "empty",
    "turns",
    "shares",
    "steps",
    "exchanges",
    "masked",
    "objects",
    "texts",
    "flags",
    "numbers",
    "lists",
]
Sketch = Mapping[str, Kind]
"""The kind of each column, by its lower-case name; a record that is no object has one column ""."""

TEXT: Final = "text"
FLAG: Final = "flag"
NUMBER: Final = "number"
NOTHING: Final = "nothing"
TURN: Final = "turn"  # {"role": ..., "content": ...}
SHARE: Final = "share"  # {"from": ..., "value": ...}
ENVELOPE: Final = "envelope"  # {"messages": [...]}
OBJECT: Final = "object"
EMPTY: Final = "empty"
TURNS: Final = "turns"  # a list of TURN
SHARES: Final = "shares"  # a list of SHARE
STEPS: Final = "steps"  # a list of {"thought": ..., "action": ..., "observation": ...}
EXCHANGES: Final = "exchanges"  # a list of {"human": ..., "assistant": ...}
MASKED: Final = "masked"  # a list of {"label": true, "text": ...}
OBJECTS: Final = "objects"
TEXTS: Final = "texts"
FLAGS: Final = "flags"
NUMBERS: Final = "numbers"
LISTS: Final = "lists"

SPEECH: Final[frozenset[Kind]] = frozenset({TEXT, TEXTS, TURN, TURNS, SHARE, SHARES, ENVELOPE})

_SCALARS: Final[dict[type, Kind]] = {
    str: TEXT,
    bool: FLAG,
    int: NUMBER,
    float: NUMBER,
    type(None): NOTHING,
}
_ITEMS: Final[dict[Kind, Kind]] = {
    TEXT: TEXTS,
    FLAG: FLAGS,
    NUMBER: NUMBERS,
    TURN: TURNS,
    SHARE: SHARES,
}
_CONTENT: Final = frozenset(
    {"content", "value", "text", "reasoning_content", "refusal", "tool_calls", "function_call"}
)
_STEP: Final = frozenset({"thought", "action", "observation", "tool_input", "action_input"})
_EXCHANGES: Final = (("human", "assistant"), ("user", "assistant"), ("input", "output"))


def kind_of(value: object) -> Kind:
    """Names what a column holds; a list goes by its first item."""
    kind = _SCALARS.get(type(value))
    if kind is not None:
        return kind
    if type(value) is list and value:
        first = value[0]
        # The usual message first: this runs on every record of a file.
        if type(first) is dict and "role" in first and "content" in first:
            return TURNS
        return _kind_of_items(first)
    if type(value) is dict:
        return _kind_of_object(value)
    return EMPTY if type(value) is list else OBJECT


def _kind_of_items(first: object) -> Kind:
    if type(first) is dict:
        return _kind_of_objects(first)
    if type(first) is list:
        return LISTS
    return _ITEMS.get(_SCALARS.get(type(first), OBJECT), OBJECTS)


def _kind_of_object(value: dict[str, object]) -> Kind:
    if "from" in value and "value" in value:
        return SHARE
    if "role" in value and not _CONTENT.isdisjoint(value):
        return TURN
    if ("from" in value or "speaker" in value) and ("text" in value or "content" in value):
        return SHARE
    return ENVELOPE if "messages" in value else OBJECT


def _kind_of_objects(first: dict[str, object]) -> Kind:
    kind = _kind_of_object(first)
    if kind in _ITEMS:
        return _ITEMS[kind]
    if not _STEP.isdisjoint(first):
        return STEPS
    if any(asked in first and answered in first for asked, answered in _EXCHANGES):
        return EXCHANGES
    if type(first.get("label")) is bool and "text" in first:
        return MASKED
    return OBJECTS
