"""Checks what `--select` and `--ignore` name."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from negaudit.errors import UsageError
from negaudit.nearest import did_you_mean

if TYPE_CHECKING:
    from negaudit.find.rules import Rule

__all__ = ["check_selectors", "find_rule"]


def check_selectors(option: str, selectors: Iterable[str], rules: tuple[Rule, ...]) -> None:
    """Makes sure that each selector is a rule's name, its code or the beginning of it, or a kind.

    Raises:
        UsageError: One of them is nothing of that.
    """
    names = _names(rules)
    codes = tuple(rule.code for rule in rules)
    for selector in selectors:
        if selector not in names and not any(code.startswith(selector.upper()) for code in codes):
            raise UsageError(
                f"{option} names no rule, code or kind: {selector!r}", hint=_advice(selector, names)
            )


def find_rule(name: str, rules: tuple[Rule, ...]) -> Rule:
    """The rule with a name or code.

    Raises:
        UsageError: There is none.
    """
    for rule in rules:
        if name.lower() in (rule.name, rule.code.lower()):
            return rule
    names = [name for rule in rules for name in (rule.name, rule.code)]
    raise UsageError(f"there is no rule {name!r}", hint=_advice(name, names))


def _names(rules: tuple[Rule, ...]) -> list[str]:
    found = [name for rule in rules for name in (rule.name, rule.code, rule.kind.value)]
    return list(dict.fromkeys(found))


def _advice(wrong: str, names: Iterable[str]) -> str:
    return did_you_mean(wrong, names) or "`negaudit rules` lists them"
