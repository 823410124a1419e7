"""Rewrites claims: local negation, inside the clause and at or before its predicate."""

from __future__ import annotations

from negaudit.rewrite.claims_file import read_claims
from negaudit.rewrite.mining import Mined, mine, mined_text
from negaudit.rewrite.negation import negate, negate_many
from negaudit.rewrite.parser import load_parser
from negaudit.rewrite.presuppositions import (
    Presupposition,
    negate_claim,
    negate_claim_many,
    presuppositions,
)
from negaudit.rewrite.record import Edit, Negation, Status, splice
from negaudit.rewrite.strip import Stripped, strip
from negaudit.rewrite.texts import Framed, Rewritten, SentenceChange, rewrite_texts

__all__ = [
    "Edit",
    "Framed",
    "Mined",
    "Negation",
    "Presupposition",
    "Rewritten",
    "SentenceChange",
    "Status",
    "Stripped",
    "load_parser",
    "mine",
    "mined_text",
    "negate",
    "negate_claim",
    "negate_claim_many",
    "negate_many",
    "presuppositions",
    "read_claims",
    "rewrite_texts",
    "splice",
    "strip",
]
