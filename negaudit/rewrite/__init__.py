"""Rewrites claims: local negation, inside the clause and at or before its predicate."""

from __future__ import annotations

from negaudit.rewrite.negation import negate, negate_many
from negaudit.rewrite.parser import load_parser
from negaudit.rewrite.record import Edit, Negation, Status, splice

__all__ = ["Edit", "Negation", "Status", "load_parser", "negate", "negate_many", "splice"]
