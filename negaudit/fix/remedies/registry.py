"""The registry of remedies.

A remedy is a module of this package that bears the remedy's name and holds one function under
`@remedy(Remedy.NAME)`. It is imported when it is asked for, since some need heavy libraries.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module

from negaudit.fix.record import Proposal, Target
from negaudit.fix.remedies.options import RemedyOptions
from negaudit.records import Remedy

__all__ = ["Propose", "propose_many", "remedy"]

Propose = Callable[[Sequence[Target], RemedyOptions], list[Proposal]]
"""Takes framed records and gives one proposal for each, in the same order."""

_REMEDIES: dict[Remedy, Propose] = {}


def remedy(name: Remedy) -> Callable[[Propose], Propose]:
    """Registers the decorated function as the one that proposes a remedy."""

    def register(function: Propose) -> Propose:
        _REMEDIES[name] = function
        return function

    return register


def propose_many(
    targets: Sequence[Target], remedy: Remedy, options: RemedyOptions
) -> list[Proposal]:
    """What one remedy would do to framed records.

    Args:
        targets: The records; together they share a parse or a language model's batch.
        remedy: Which remedy.
        options: What the user wants of it.

    Returns:
        One proposal for each target, in the same order.

    Raises:
        UsageError: The remedy needs something that is not installed or not to be had.
    """
    if not targets:
        return []
    if remedy not in _REMEDIES:
        import_module(f"negaudit.fix.remedies.{remedy.value}")
    return _REMEDIES[remedy](targets, options)
