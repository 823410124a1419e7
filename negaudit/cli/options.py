"""What several commands take: the configuration, lists with commas, extra rules."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click
from click.core import ParameterSource

from negaudit.errors import UsageError

if TYPE_CHECKING:
    from negaudit.config import ConfigFile
    from negaudit.lint import LintOptions

__all__ = [
    "comma_list",
    "config_in_force",
    "config_options",
    "lint_options",
    "refuse",
    "rules_option",
    "run_options",
    "select_options",
    "style_option",
]

_Decorated = TypeVar("_Decorated", bound=Callable[..., Any])

_SKIP = "negaudit.no_config"
_FILE = "negaudit.config"


def config_options(function: _Decorated) -> _Decorated:
    """Adds `--config FILE` and `--no-config`; the file's values become the options' defaults."""
    named = click.option(
        "--config",
        metavar="FILE",
        type=click.Path(path_type=Path),
        callback=_load,
        is_eager=True,
        expose_value=False,
        help="Read options from this file instead of the nearest negaudit.toml or pyproject.toml.",
    )
    none = click.option(
        "--no-config",
        is_flag=True,
        callback=_skip,
        is_eager=True,
        expose_value=False,
        help="Read no configuration file.",
    )
    # The option that is declared first is handled first, and --config must know of the other.
    return none(named(function))


def rules_option(function: _Decorated) -> _Decorated:
    """Adds `--rules DIR`, which may be given several times."""
    return click.option(
        "--rules",
        metavar="DIR",
        type=click.Path(file_okay=False),
        multiple=True,
        help="Add the rules and lexicons of a folder; may be repeated.",
    )(function)


def select_options(function: _Decorated) -> _Decorated:
    """Adds `--select LIST` and `--ignore LIST`."""
    select = click.option(
        "--select",
        metavar="LIST",
        multiple=True,
        callback=comma_list,
        help="Only these rules: names, codes, beginnings of codes, or kinds, with commas.",
    )
    ignore = click.option(
        "--ignore", metavar="LIST", multiple=True, callback=comma_list, help="Not these rules."
    )
    return select(ignore(function))


def run_options(function: _Decorated) -> _Decorated:
    """Adds `--jobs`, `--shape`, `--rules` and `--exclude`: how a run reads and works."""
    jobs = click.option(
        "--jobs",
        metavar="N",
        type=click.IntRange(min=0),
        default=1,
        show_default=True,
        help="Processes to work with; 0 for one on each core.",
    )
    shape = click.option(
        "--shape",
        metavar="NAME",
        shell_complete=_shape_names,
        help="Read every record as this shape; `negaudit shapes` lists them.",
    )
    exclude = click.option(
        "--exclude", metavar="GLOB", multiple=True, help="Leave out these files; may be repeated."
    )
    return jobs(shape(rules_option(exclude(function))))


def lint_options(options: Mapping[str, Any]) -> LintOptions:
    """What `select_options` and `run_options` took, for the linter."""
    from negaudit.lint import LintOptions

    return LintOptions(
        select=options["select"],
        ignore=options["ignore"],
        rules=options["rules"],
        shape=options["shape"],
        jobs=options["jobs"] or _cores(),
        exclude=options["exclude"],
    )


def style_option(explanation: str) -> Callable[[_Decorated], _Decorated]:
    """Adds `--format text|json`, as the argument `style`."""
    return click.option(
        "--format",
        "style",
        type=click.Choice(["text", "json"]),
        default="text",
        show_default=True,
        help=explanation,
    )


def comma_list(
    _ctx: click.Context, _param: click.Parameter, values: tuple[str, ...]
) -> tuple[str, ...]:
    """Takes `--select a,b --select c` for three values."""
    parts = (part.strip() for value in values for part in value.split(","))
    return tuple(part for part in parts if part)


def refuse(ctx: click.Context, names: Collection[str], given: str) -> None:
    """Refuses options that another one leaves without a use; to ignore them would mislead.

    Args:
        ctx: The command's context.
        names: The options' names as arguments.
        given: The option that they make no sense with, as the user wrote it.

    Raises:
        UsageError: One of them is on the command line.
    """
    for param in ctx.command.params:
        source = ctx.get_parameter_source(param.name or "")
        if param.name in names and source is ParameterSource.COMMANDLINE:
            hint = "leave one of the two out"
            raise UsageError(f"{param.opts[0]} has no use with {given}", hint=hint)


def config_in_force(ctx: click.Context) -> ConfigFile | None:
    """The configuration file that the command's options were read from."""
    file: ConfigFile | None = ctx.meta.get(_FILE)
    return file


def _shape_names(_ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[str]:
    from negaudit.shapes.registry import names

    return [name for name in names() if name.startswith(incomplete)]


def _cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _skip(ctx: click.Context, _param: click.Parameter, value: bool) -> None:
    ctx.meta[_SKIP] = value
    if value and config_in_force(ctx) is not None:
        _refuse_both()


def _load(ctx: click.Context, _param: click.Parameter, value: Path | None) -> None:
    from negaudit.config import find_config, load_config

    if ctx.meta.get(_SKIP):
        if value is not None:
            _refuse_both()
        return
    file = find_config(Path.cwd()) if value is None else load_config(value)
    if file is not None:
        ctx.meta[_FILE] = file
        ctx.default_map = {**(ctx.default_map or {}), **file.values}


def _refuse_both() -> None:
    hint = "give one of the two"
    raise UsageError("--config and --no-config exclude each other", hint=hint)
