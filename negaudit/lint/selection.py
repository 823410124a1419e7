"""Which rules are in force."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import msgspec

from negaudit.errors import UsageError
from negaudit.find.rule_files import load_rule_set
from negaudit.find.rules import Rule, RuleSet
from negaudit.lint.options import LintOptions
from negaudit.nearest import did_you_mean
from negaudit.records import Kind
from negaudit.shapes import describe

__all__ = ["rules_in_force"]


def rules_in_force(options: LintOptions) -> RuleSet:
    """The rules that the options leave, with all lexicons.

    `invalid-record` is in force unless it is ignored by name: a selection of framings is no
    reason to be silent about records that were not read.

    Raises:
        RuleError: A folder of rules is malformed.
        UsageError: A selector names no rule, `ignore` takes all that is selected, or `shape`
            names no shape.
    """
    if options.shape is not None:
        describe(options.shape)
    if options.jobs < 1:
        raise UsageError(f"{options.jobs} processes cannot work", hint="give jobs=1 or more")
    known = load_rule_set([Path(folder) for folder in options.rules])
    for selector in (*options.select, *options.ignore):
        _check(selector, known.rules)
    kept = [rule for rule in known.rules if _is_in_force(rule, options)]
    if not kept or (options.ignore and _empty(kept) and not _empty(_selected(known, options))):
        hint = "drop one of the two; `negaudit rules` lists what there is"
        raise UsageError("--ignore takes away all that is selected", hint=hint)
    return RuleSet(kept, known.lexicons)


def _selected(known: RuleSet, options: LintOptions) -> list[Rule]:
    everything = msgspec.structs.replace(options, ignore=())
    return [rule for rule in known.rules if _is_in_force(rule, everything)]


def _empty(rules: Iterable[Rule]) -> bool:
    """Whether no framing is looked for."""
    return all(rule.kind is Kind.INVALID for rule in rules)


def _is_in_force(rule: Rule, options: LintOptions) -> bool:
    if any(_names(selector, rule) for selector in options.ignore):
        return False
    if not options.select or rule.kind is Kind.INVALID:
        return True
    return any(_names(selector, rule) for selector in options.select)


def _names(selector: str, rule: Rule) -> bool:
    return selector in (rule.name, rule.kind.value) or rule.code.startswith(selector.upper())


def _check(selector: str, rules: Iterable[Rule]) -> None:
    known = tuple(rules)
    if selector and any(_names(selector, rule) for rule in known):
        return
    names = [name for rule in known for name in (rule.name, rule.code, rule.kind.value)]
    hint = did_you_mean(selector, names) or "`negaudit rules` lists them"
    raise UsageError(f"no rule, code or kind is called {selector!r}", hint=hint)
