"""`negaudit config`: the options in force, and where each comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
import msgspec

from negaudit.cli.options import config_in_force, config_options, style_option
from negaudit.cli.sink import open_sink

if TYPE_CHECKING:
    from negaudit.config import ConfigFile

__all__ = ["command"]

HELP = """Shows the options of `negaudit lint` as they are in force in this folder.

The nearest negaudit.toml, or pyproject.toml with a table [tool.negaudit], is read, from this
folder upwards to the root of the git repository. Options have the names that they have on the
command line; those that may be repeated are arrays.

\b
Example of a pyproject.toml:
  [tool.negaudit]
  ignore = ["NEG107"]
  fail-on = "error"
  exclude = ["archive/*"]

\b
Examples:
  negaudit config
  negaudit config --format json

\b
Exit codes:
  0  shown
  2  wrong usage, or a configuration that is wrong
"""


@click.command("config", help=HELP, short_help="Show the options in force.")
@style_option("A table, or a JSON object with value and origin of each option.")
@config_options
@click.pass_context
def command(ctx: click.Context, style: str) -> None:
    """Prints each option's value and origin."""
    from negaudit.output.contract import encode

    rows = _effective(config_in_force(ctx))
    with open_sink(None) as out:
        if style == "json":
            shown = {key: {"value": value, "from": origin} for key, value, origin in rows}
            out.write(encode(shown) + "\n")
            return
        key_width = max(len(key) for key, _, _ in rows)
        values = [encode(value) for _, value, _ in rows]
        value_width = min(max(map(len, values)), 40)
        for (key, _, origin), value in zip(rows, values, strict=True):
            out.write(f"{key:<{key_width}}  {value:<{value_width}}  {origin}\n")


def _effective(file: ConfigFile | None) -> list[tuple[str, object, str]]:
    from negaudit.config import LintConfig
    from negaudit.output.inert import inert

    given = file.values if file else {}
    options = LintConfig(**given)  # type: ignore[arg-type]
    origin = inert(str(file.path)) if file else ""
    return [
        (
            field.encode_name,
            getattr(options, field.name),
            origin if field.name in given else "default",
        )
        for field in msgspec.structs.fields(LintConfig)
    ]
