"""Metadata columns that disown the text beside them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from negaudit.find.lexicon import Match
from negaudit.find.rules import Field, Rule, RuleSet
from negaudit.find.tokens import tokenize
from negaudit.records import Kind, Record, Role, Segment

__all__ = ["FieldFrame", "fields_in"]

_MOST_WORDS = 24


class FieldFrame(NamedTuple):
    """A metadata segment whose name and value match a rule."""

    segment: Segment
    rule: Rule


def fields_in(record: Record, rules: RuleSet, *, has_code: bool) -> Iterator[FieldFrame]:
    """Metadata segments that disown the record, each with the first rule that it matches."""
    for segment in record.segments:
        if segment.role is Role.METADATA and segment.text.count(" ") < _MOST_WORDS:
            rule = _rule_of(segment, rules, has_code=has_code)
            if rule is not None:
                yield FieldFrame(segment, rule)


def _rule_of(segment: Segment, rules: RuleSet, *, has_code: bool) -> Rule | None:
    key = rules.lexicons.match(tokenize(_spaced(_column(segment.pointer))))
    value = rules.lexicons.match(tokenize(segment.text))
    for rule in rules.by_precedence:
        if rule.kind is Kind.CODE and not has_code:
            continue
        for field in rule.fields:
            if not key.hits(field.key) or any(value.hits(name) for name in field.none):
                continue
            if _fits(field, segment.text, bool(_hits(value, field))):
                return rule
    return None


def _hits(value: Match, field: Field) -> bool:
    return isinstance(field.value, str) and bool(field.value) and bool(value.hits(field.value))


def _fits(field: Field, text: str, hits: bool) -> bool:
    if field.below is not None:
        try:
            return 0.0 <= float(text) < field.below
        except ValueError:
            return False
    if isinstance(field.value, tuple):
        return text.strip().lower() in field.value
    return hits


def _column(pointer: str) -> str:
    """The column's name: the last step of the pointer that is no list index."""
    steps = [step for step in pointer.split("/") if not step.isdigit()]
    return steps[-1].replace("~1", "/").replace("~0", "~") if steps else ""


def _spaced(name: str) -> str:
    """snake_case, kebab-case and camelCase as separate words."""
    pieces: list[str] = []
    for before, char in zip(" " + name, name, strict=False):
        if char.isupper() and before.islower():
            pieces.append(" ")
        pieces.append(" " if char in "_-." and not before.isdigit() else char)
    return "".join(pieces)
