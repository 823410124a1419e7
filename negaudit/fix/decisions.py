"""Reads what a reviewer decided."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import msgspec

from negaudit.errors import InputError
from negaudit.fix.record import Decision, Decisions

__all__ = ["read_decisions"]

_HINT = "export the decisions from the report again"


def read_decisions(path: str) -> tuple[Decision, ...]:
    """Reads a decisions file (`negaudit.decisions/1`).

    Raises:
        InputError: It cannot be read, is no such file, decides on a change twice, or holds an
            edit without text.
    """
    try:
        decisions = msgspec.json.decode(Path(path).read_bytes(), type=Decisions).decisions
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", where=path, hint=_HINT) from error
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise InputError(f"this is no decisions file: {error}", where=path, hint=_HINT) from error
    counts = Counter(decision.change for decision in decisions)
    for decision in decisions:
        if counts[decision.change] > 1:
            raise InputError(f"change {decision.change} is decided twice", where=path, hint=_HINT)
        if decision.decision == "edit" and not decision.strings:
            raise InputError(
                f"the edit of change {decision.change} has no text", where=path, hint=_HINT
            )
    return decisions
