"""`negaudit rule NAME`: what one rule finds, why, and what to do instead."""

from __future__ import annotations

from pathlib import Path

import click

from negaudit.cli.options import config_options, rules_option, style_option
from negaudit.cli.sink import open_sink

__all__ = ["command"]

HELP = """Explains a rule: what it finds and why it matters, what to do instead, and examples.

In the examples, ⟦the frame⟧ is underlined and ⟪the content⟫ that it disowns is dim.

\b
Examples:
  negaudit rule NEG101
  negaudit rule false-label --format json

\b
Exit codes:
  0  shown
  2  wrong usage, no such rule, or a rule file that is wrong
"""


def _names(_ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[str]:
    from negaudit.find.rule_files import load_rules

    names = (name for rule in load_rules() for name in (rule.name, rule.code))
    return [name for name in names if name.startswith(incomplete)]


@click.command("rule", help=HELP, short_help="Explain one rule, with examples.")
@click.argument("name", metavar="NAME", shell_complete=_names)
@style_option("For people, or one JSON object.")
@rules_option
@config_options
def command(name: str, style: str, rules: tuple[str, ...]) -> None:
    """Prints one rule, by its name or code."""
    from negaudit.cli.selection import find_rule
    from negaudit.find.rule_files import load_rules
    from negaudit.output.contract import encode
    from negaudit.output.registry import Look
    from negaudit.output.rule import print_rule, rule_fields
    from negaudit.output.terminal import open_console

    rule = find_rule(name, load_rules([Path(folder) for folder in rules]))
    with open_sink(None) as out:
        if style == "json":
            out.write(encode(rule_fields(rule)) + "\n")
        else:
            print_rule(open_console(out, Look()), rule)
