"""Pre-tokenised records: token ids, and no text that could be read."""

from __future__ import annotations

from typing import Final

from negaudit.shapes.columns import Columns
from negaudit.shapes.kinds import EMPTY, NUMBERS, Sketch
from negaudit.shapes.registry import shape
from negaudit.shapes.script import Script

_NAMES: Final = ("input_ids", "prompt_input_ids", "chosen_input_ids", "token_ids", "tokens")


def _fits(sketch: Sketch) -> bool:
    return sketch.get("input_ids") == EMPTY or any(sketch.get(name) == NUMBERS for name in _NAMES)


@shape("tokenized", "token ids only (input_ids); skipped", order=130, fits=_fits)
def tokenized(columns: Columns, script: Script) -> None:  # noqa: ARG001
    """Reads nothing: ids without their tokenizer say nothing."""
    columns.clear()
