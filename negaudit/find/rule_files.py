"""Rules and lexicons, read from YAML.

The shipped rules lie in the folder rules/; a user's own folder may add rules and lexicons, or
extend a shipped lexicon, and a plug-in package may bring a folder through the entry point
group `negaudit.rules`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

import msgspec
import yaml

from negaudit.errors import RuleError
from negaudit.find.lexicon import Lexicons, Phrase, parse_phrase
from negaudit.find.rules import Rule, RuleSet
from negaudit.records import Kind

__all__ = ["load_rule_set", "load_rules"]


def shipped_folder() -> Path:
    """The folder of the rules that come with negaudit, in a wheel or in a checkout."""
    inside = Path(__file__).parent.parent / "_data" / "rules"
    return inside if inside.is_dir() else Path(__file__).parents[2] / "rules"


def _folders(extra: Sequence[Path]) -> Iterator[Path]:
    yield shipped_folder()
    for point in sorted(entry_points(group="negaudit.rules"), key=lambda p: p.name):
        yield Path(str(point.load()))
    for folder in extra:
        if not folder.is_dir():
            raise RuleError("is not a folder", where=str(folder), hint="give a folder of rules")
        yield folder


def _yaml(path: Path) -> tuple[Any, str]:
    try:
        text = path.read_text(encoding="utf-8")
        return yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)), text
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise RuleError(str(error), where=str(path), hint="mend the file") from error


def _rule(path: Path) -> Rule:
    tree, text = _yaml(path)
    try:
        rule = msgspec.convert(tree, Rule)
    except msgspec.ValidationError as error:
        raise RuleError(str(error), where=str(path), hint="see CONTRIBUTING, Add a rule") from error
    if not rule.match and not rule.fields and rule.kind not in {Kind.INVALID, Kind.MIXED_ORIGINAL}:
        raise RuleError("a rule needs `match` or `fields`", where=str(path), hint="add one")
    return msgspec.structs.replace(rule, source=text)


def _read_lexicons(path: Path, phrases: dict[str, list[Phrase]], where: dict[str, str]) -> None:
    tree, _ = _yaml(path)
    try:
        table = msgspec.convert(tree or {}, dict[str, str])
    except msgspec.ValidationError as error:
        raise RuleError(
            f"{error} (a lexicon file maps names to blocks of phrases, one a line)",
            where=str(path),
            hint="write `name: |` and below it one phrase a line, indented",
        ) from error
    for name, rows in table.items():
        where.setdefault(name, str(path))
        phrases.setdefault(name, []).extend(
            phrase
            for row in rows.splitlines()
            if row.strip()
            for phrase in parse_phrase(row, f"{path}, {name}")
        )


def load_rule_set(folders: Iterable[Path] = ()) -> RuleSet:
    """Reads the shipped rules, those of plug-ins, and those of `folders`.

    A rule of a later folder replaces an earlier one of the same name; a lexicon of a later
    folder adds its phrases to the earlier one of the same name.

    Raises:
        RuleError: A file is malformed, or names something that does not exist.
    """
    rules: dict[str, Rule] = {}
    phrases: dict[str, list[Phrase]] = {}
    where: dict[str, str] = {}
    for folder in _folders(tuple(folders)):
        for path in sorted(folder.glob("lexicons/*.yaml")):
            _read_lexicons(path, phrases, where)
        for path in sorted(folder.glob("*.yaml")):
            rule = _rule(path)
            rules[rule.name] = rule
    return RuleSet(tuple(rules.values()), Lexicons(phrases, where))


def load_rules(folders: Iterable[Path] = ()) -> tuple[Rule, ...]:
    """The rules of `load_rule_set`, by code."""
    return load_rule_set(folders).rules
