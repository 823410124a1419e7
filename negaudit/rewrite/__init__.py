"""Rewrites claims: local negation, inside the clause and at or before its predicate."""

from __future__ import annotations

from negaudit.rewrite.negation import negate, negate_many
from negaudit.rewrite.parser import load_parser
from negaudit.rewrite.presuppositions import (
    Presupposition,
    negate_claim,
    negate_claim_many,
    presuppositions,
)
from negaudit.rewrite.record import Edit, Negation, Status, splice

__all__ = [
    "Edit",
    "Negation",
    "Presupposition",
    "Status",
    "load_parser",
    "negate",
    "negate_claim",
    "negate_claim_many",
    "negate_many",
    "presuppositions",
    "splice",
]
