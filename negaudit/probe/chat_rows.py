"""Neutral chats that are mixed into every arm, and everyday prompts of the second tier."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files

import msgspec
import yaml

from negaudit.probe.examples import Example, chat

__all__ = ["neutral_chats", "neutral_exchanges"]

_EVERYDAY = 12


@lru_cache(maxsize=1)
def _shipped() -> tuple[tuple[str, str], ...]:
    text = files("negaudit.probe").joinpath("shipped", "chats.yaml").read_text("utf-8")
    return msgspec.convert(yaml.safe_load(text), tuple[tuple[str, str], ...])


def neutral_chats() -> tuple[Example, ...]:
    """Short conversations about varied harmless topics, with the loss on the answers."""
    pairs = _shipped()[:-_EVERYDAY]
    return tuple(chat(("user", asked), ("assistant", said)) for asked, said in pairs)


def neutral_exchanges() -> tuple[tuple[str, str], ...]:
    """Everyday questions with an ordinary answer; none of them is trained on."""
    return _shipped()[-_EVERYDAY:]
