"""Finds the rule that a user names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from negaudit.errors import UsageError
from negaudit.nearest import did_you_mean

if TYPE_CHECKING:
    from negaudit.find.rules import Rule

__all__ = ["find_rule"]


def find_rule(name: str, rules: tuple[Rule, ...]) -> Rule:
    """The rule with a name or code.

    Raises:
        UsageError: There is none.
    """
    for rule in rules:
        if name.lower() in (rule.name, rule.code.lower()):
            return rule
    names = [name for rule in rules for name in (rule.name, rule.code)]
    listed = "`negaudit rules` lists them"
    raise UsageError(f"there is no rule {name!r}", hint=did_you_mean(name, names) or listed)
