"""Reads lint's options from `[tool.negaudit]` in pyproject.toml, or from negaudit.toml.

The nearest file is taken, from the current folder upwards to the root of the git repository
or of the file system. What the command line says wins over the file.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Annotated, Literal

import msgspec

from negaudit.errors import UsageError
from negaudit.nearest import did_you_mean
from negaudit.output import format_names

__all__ = ["ConfigFile", "LintConfig", "find_config", "load_config"]

Share = Annotated[float, msgspec.Meta(ge=0, le=1)]
Jobs = Annotated[int, msgspec.Meta(ge=0)]


class LintConfig(
    msgspec.Struct, frozen=True, kw_only=True, rename="kebab", forbid_unknown_fields=True
):
    """The options of `negaudit lint`, each by the name that it has on the command line."""

    format: str = "text"
    output: str | None = None
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    fail_on: Literal["error", "warning", "note", "never"] = "warning"
    max_framed_share: Share | None = None
    baseline: str | None = None
    changed_since: str | None = None
    statistics: bool = False
    show_text: bool = False
    quiet: bool = False
    color: Literal["auto", "always", "never"] = "auto"
    jobs: Jobs = 1
    shape: str | None = None
    rules: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    stdin_filename: str | None = None


class ConfigFile(msgspec.Struct, frozen=True):
    """A configuration file that was read.

    Attributes:
        path: The file.
        values: What it sets, by the names of `LintConfig`'s attributes.
    """

    path: Path
    values: dict[str, object]


def find_config(folder: Path) -> ConfigFile | None:
    """The configuration in force in a folder, or None.

    Raises:
        UsageError: The file cannot be read, or is wrong.
    """
    for place in (folder, *folder.parents):
        for name in ("negaudit.toml", "pyproject.toml"):
            path = place / name
            if path.is_file() and (found := _read(path)) is not None:
                return found
        if (place / ".git").exists():
            return None
    return None


def load_config(path: Path) -> ConfigFile:
    """The configuration in a file that the user named.

    Raises:
        UsageError: The file cannot be read, is wrong, or has no table for negaudit.
    """
    found = _read(path)
    if found is None:
        hint = "add the table, or name another file with --config"
        raise UsageError("there is no table [tool.negaudit]", where=str(path), hint=hint)
    return found


def _read(path: Path) -> ConfigFile | None:
    table = _table(path, _parse(path))
    if table is None:
        return None
    options = _checked(path, table)
    values = {name: getattr(options, name) for name in _attributes(table)}
    for name in ("rules", "output", "baseline"):
        if name in values:
            values[name] = _beside(path.parent, values[name])
    return ConfigFile(path, values)


def _parse(path: Path) -> dict[str, object]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"this is not TOML: {error}", where=str(path), hint="mend it") from error
    except (OSError, UnicodeError) as error:
        hint = "name another file with --config, or none with --no-config"
        reason = (error.strerror or error) if isinstance(error, OSError) else "it is not UTF-8"
        raise UsageError(f"cannot be read: {reason}", where=str(path), hint=hint) from error


def _table(path: Path, document: dict[str, object]) -> dict[str, object] | None:
    tool = document.get("tool")
    table = tool.get("negaudit") if isinstance(tool, dict) else None
    if table is None and path.name != "pyproject.toml":
        table = document
    if table is not None and not isinstance(table, dict):
        hint = "write [tool.negaudit] and the options below it"
        raise UsageError("tool.negaudit is no table", where=str(path), hint=hint)
    return table


def _checked(path: Path, table: dict[str, object]) -> LintConfig:
    known = _kebab_names()
    for key, value in table.items():
        if key not in known:
            hint = did_you_mean(key, known) or f"the options are {', '.join(known)}"
            raise UsageError(f"there is no option {key!r}", where=str(path), hint=hint)
        try:
            msgspec.convert({key: value}, LintConfig)
        except msgspec.ValidationError as error:
            problem = str(error).removesuffix(f" - at `$.{key}`")
            hint = "give it the type that `negaudit lint --help` says"
            raise UsageError(problem, where=f"{path}, option {key!r}", hint=hint) from error
    options = msgspec.convert(table, LintConfig)
    if options.format not in format_names():
        hint = did_you_mean(options.format, format_names()) or "`negaudit lint --help` lists them"
        problem = f"there is no output format {options.format!r}"
        raise UsageError(problem, where=f"{path}, option 'format'", hint=hint)
    return options


def _kebab_names() -> dict[str, str]:
    return {field.encode_name: field.name for field in msgspec.structs.fields(LintConfig)}


def _attributes(table: dict[str, object]) -> list[str]:
    return [name for key, name in _kebab_names().items() if key in table]


def _beside(folder: Path, value: object) -> object:
    """Paths in a file are relative to the file, so that it works from every folder."""
    if isinstance(value, str):
        return str(folder / value)
    return tuple(str(folder / item) for item in value) if isinstance(value, tuple) else value
