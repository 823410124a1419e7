"""Shows rules to people: the table of all, and one rule with its examples."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import msgspec
import yaml
from rich.console import Console
from rich.table import Table
from rich.text import Text

from negaudit.output.inert import inert
from negaudit.output.summary import REMEDIES
from negaudit.output.terminal import NARROW, SEVERITY_STYLES, print_labelled

if TYPE_CHECKING:
    from negaudit.find.rules import Example, Rule

__all__ = ["print_rule", "print_rules", "rule_fields"]

_LABEL = 11
_INDENT = 2
_YAML: dict[str, Any] = {"default_flow_style": None, "allow_unicode": True, "width": 80}
_MARKED = re.compile(r"⟦[^⟧]*+⟧|⟪[^⟫]*+⟫")


def rule_fields(rule: Rule) -> dict[str, Any]:
    """What a rule says, ready for JSON; its YAML text is left out."""
    fields: dict[str, Any] = msgspec.to_builtins(rule)
    del fields["source"]
    return fields


def print_rules(console: Console, rules: Sequence[Rule]) -> None:
    """Prints code, name, kind, severity and summary of each rule."""
    if console.width >= NARROW:
        console.print(_rules_table(rules))
        return
    for rule in rules:
        severity = Text(rule.severity, style=SEVERITY_STYLES[rule.severity])
        console.print(Text.assemble(f"{inert(rule.code)} {inert(rule.name)}  ", severity))
        print_labelled(console, "", Text(inert(rule.summary)), _INDENT)


def _rules_table(rules: Sequence[Rule]) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in ("code", "rule", "kind", "severity"):
        table.add_column(column, no_wrap=True)
    table.add_column("what it finds", overflow="fold")
    for rule in rules:
        severity = Text(rule.severity, style=SEVERITY_STYLES[rule.severity])
        code, name, summary = (Text(inert(text)) for text in (rule.code, rule.name, rule.summary))
        table.add_row(code, name, rule.kind.value, severity, summary)
    return table


def print_rule(console: Console, rule: Rule) -> None:
    """Prints a rule as a page: what, why, what to do, how it matches, examples."""
    head = (f"{inert(rule.code)} {inert(rule.name)}", "bold")
    severity = (rule.severity, SEVERITY_STYLES[rule.severity])
    about = (f"  {rule.kind}, {rule.confidence} confidence", "dim")
    console.print(Text.assemble(head, "  ", severity, about), soft_wrap=True)
    _print_paragraphs(console, "finds", rule.summary)
    _print_paragraphs(console, "why", rule.why)
    for number, remedy in enumerate(rule.remedies):
        label = "" if number else "instead"
        print_labelled(console, label, Text(f"{remedy}: {REMEDIES[remedy]}"), _LABEL)
    _print_matching(console, rule)
    _print_examples(console, "found", rule.examples.bad)
    _print_examples(console, "not", rule.examples.ok)


def _print_paragraphs(console: Console, label: str, text: str) -> None:
    print_labelled(console, label, Text(inert(" ".join(text.split()))), _LABEL)


def _print_matching(console: Console, rule: Rule) -> None:
    written = yaml.safe_load(rule.source) or {}
    for key in ("match", "fields", "placement"):
        if key in written:
            text = yaml.safe_dump(written[key], sort_keys=False, **_YAML)
            lines = _inert_lines(text.removesuffix("...\n").rstrip())
            _print_block(console, key, Text(lines, style="dim"))


def _print_examples(console: Console, label: str, examples: Sequence[Example]) -> None:
    for example in examples:
        text = example.text or json.dumps(example.record, ensure_ascii=False, indent=2)
        console.print()
        _print_block(console, label, _highlighted(_inert_lines(text.strip()), console))
        if example.fix:
            _print_block(console, "fix", Text(_inert_lines(example.fix.strip()), style="green"))


def _print_block(console: Console, label: str, text: Text) -> None:
    for number, line in enumerate(text.split("\n", allow_blank=True)):
        print_labelled(console, "" if number else label, line, _LABEL)


def _highlighted(text: str, console: Console) -> Text:
    """Frames underlined and content dim; the marks stay where nothing can be styled."""
    if console.color_system is None:
        return Text(text)
    shown = Text()
    at = 0
    for match in _MARKED.finditer(text):
        shown.append(text[at : match.start()])
        shown.append(match[0][1:-1], style="underline" if match[0][0] == "⟦" else "dim")
        at = match.end()
    return shown.append(text[at:])


def _inert_lines(text: str) -> str:
    return inert(text, newline="\n")
