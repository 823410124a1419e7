"""What a fix can be told."""

from __future__ import annotations

import msgspec

from negaudit.fix.record import Decision
from negaudit.fix.remedies.options import RemedyOptions
from negaudit.lint.options import LintOptions
from negaudit.records import Kind, Remedy

__all__ = ["FixOptions"]


class FixOptions(msgspec.Struct, frozen=True):
    """How to fix.

    Attributes:
        lint: What to look for.
        remedies: The remedy for each kind; for a kind that is missing the finding's own
            remedies are tried in order, so what cannot be negated well is dropped.
        unsafe: Whether to apply what is unsafe.
        remedy: What the remedies are told.
        decisions: What a reviewer says of single changes.
    """

    lint: LintOptions = LintOptions()
    remedies: dict[Kind, Remedy] = {}
    unsafe: bool = False
    remedy: RemedyOptions = RemedyOptions()
    decisions: tuple[Decision, ...] = ()
