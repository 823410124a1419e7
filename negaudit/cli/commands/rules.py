"""`negaudit rules`: what negaudit looks for."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from negaudit.cli.options import config_options, rules_option, style_option
from negaudit.cli.sink import open_sink

if TYPE_CHECKING:
    from negaudit.find.rules import Rule

__all__ = ["command"]

HELP = """Lists the rules in force, those of --rules and of plug-ins included.

\b
Examples:
  negaudit rules
  negaudit rules --format json
  negaudit rules --rules my-rules/

\b
Exit codes:
  0  listed
  2  wrong usage, or a rule file that is wrong
"""


@click.command("rules", help=HELP, short_help="List what negaudit looks for.")
@style_option("A table, or a JSON array with everything a rule says.")
@rules_option
@config_options
def command(style: str, rules: tuple[str, ...]) -> None:
    """Prints the rules."""
    from negaudit.find.rule_files import load_rules

    found = load_rules([Path(folder) for folder in rules])
    if style == "text":
        _print_table(found)
        return
    from negaudit.output.contract import encode
    from negaudit.output.rule import rule_fields

    with open_sink(None) as out:
        out.write(encode([rule_fields(rule) for rule in found]) + "\n")


def _print_table(rules: tuple[Rule, ...]) -> None:
    from negaudit.output.registry import Look
    from negaudit.output.rule import print_rules
    from negaudit.output.terminal import open_console

    with open_sink(None) as out:
        print_rules(open_console(out, Look()), rules)
