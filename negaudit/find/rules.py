"""Rules and lexicons: read from YAML, checked, and held together as a rule set.

A rule says what a finding is called, why it matters, what to do, and which words make a frame.
The shipped rules lie in the folder rules/; a user's own folder may add rules and lexicons, or
extend a shipped lexicon, and a plug-in package may bring a folder through the entry point
group `negaudit.rules`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any, Literal

import msgspec
import yaml

from negaudit.errors import RuleError
from negaudit.find.lexicon import Lexicons, Phrase, parse_phrase
from negaudit.records import Confidence, Kind, Placement, Remedy, Severity

__all__ = [
    "Clause",
    "Example",
    "Examples",
    "Field",
    "Rule",
    "RuleSet",
    "load_rule_set",
    "load_rules",
]

# Where a unit stands; `Clause.at` tells each.
At = Literal[
    "anywhere", "edge", "note", "block", "label", "tag", "tail", "echo", "comment",
    "turn", "setup", "request", "retort", "aside", "again", "gloss", "joined",
]  # fmt: skip


class Clause(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One way in which the words of a unit make a frame.

    Attributes:
        all: Lexicons that must each have a hit in the unit.
        none: Lexicons that must have none.
        at: Where the unit may stand (any of): `anywhere`; `edge`, at the beginning or end of
            the text; `note`, in brackets or on a line of its own; `label`, a short tag or line
            at an edge; `tail`, the end of a sentence whose beginning is the content; `echo`, a
            short sentence after the content; `comment`, a comment of code; `turn`, in a turn
            after the content that is no user's; `retort`, the first sentence of a turn after it;
            `setup`, in a system prompt before it; `request`, in another prompt before it;
            `aside` and `block`, in a short paragraph of its own at the beginning or end of the
            text, `aside` only where the words speak of the text; `tag`, a label in brackets or
            capitals; `again`, anywhere in a text that says such things again and again;
            `gloss`, after a sentence that tells what a text claims;
            `joined`, at an edge beside a sentence that points at the text.
        words: The unit's words at most, 0 for no limit.
        near: Words at most between the hits of the first two lexicons of `all`.
        cover: Share of the unit's words that must belong to the vocabulary of frames (lexicon
            `meta`): a frame speaks of a text and its truth, and hardly of anything else.
        precedence: The rule's precedence where this clause fits, if it is another.
        beside: What must stand in the record besides: `code`, or nothing.
    """

    all: tuple[str, ...]
    none: tuple[str, ...] = ()
    at: tuple[At, ...] = ("anywhere",)
    words: int = 0
    near: int = 16
    cover: float = 0.0
    precedence: int | None = None
    beside: Literal["", "code"] = ""


class Field(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One way in which a metadata column makes a frame.

    Attributes:
        key: Lexicon that the column's name must hit.
        value: Lexicon that its text must hit, or a list of exact JSON values.
        none: Lexicons that neither may hit.
        below: A number that the value must be under, where it is one.
    """

    key: str
    value: str | tuple[str, ...] = ()
    none: tuple[str, ...] = ()
    below: float | None = None


class Example(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A marked example: frames in ⟦ ⟧, content in ⟪ ⟫; a text, or a whole record."""

    text: str = ""
    record: dict[str, Any] = {}
    fix: str = ""
    placement: Placement | None = None


class Examples(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a rule finds, and what it must not."""

    bad: tuple[Example, ...]
    ok: tuple[Example, ...]


class Rule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A rule as its YAML file has it; `source` is that file's text.

    Where several rules fit the same words, the one with the highest `precedence` names the
    finding.
    """

    name: str
    code: str
    kind: Kind
    severity: Severity
    confidence: Confidence
    summary: str
    why: str
    remedies: tuple[Remedy, ...]
    examples: Examples
    match: tuple[Clause, ...] = ()
    precedence: int = 0
    fields: tuple[Field, ...] = ()
    placement: Placement | None = None
    source: str = ""


_MOST_SETS = 1 << 14  # of lexicons, remembered

Clauses = tuple[tuple[Rule, Clause], ...]


class RuleSet:
    """The rules in force with the lexicons that they use.

    Raises:
        RuleError: Two rules share a name or code, or a rule names a lexicon that is not there.
    """

    def __init__(self, rules: Sequence[Rule], lexicons: Lexicons) -> None:
        self.rules = tuple(sorted(rules, key=lambda rule: rule.code))
        self.by_precedence = tuple(sorted(self.rules, key=lambda rule: -rule.precedence))
        self.lexicons = lexicons
        self.vocabulary = lexicons.vocabulary("meta")
        self._clauses = _by_precedence(self.rules)
        self._open = lru_cache(_MOST_SETS)(self._open_to)
        for attribute in ("name", "code"):
            seen: set[str] = set()
            for rule in self.rules:
                value = getattr(rule, attribute)
                if value in seen:
                    raise RuleError(
                        f"two rules have the {attribute} {value!r}", hint=f"rename one {attribute}"
                    )
                seen.add(value)
        for rule in self.rules:
            for name in _lexicons_of(rule):
                if name not in lexicons.phrases:
                    raise RuleError(
                        f"rule {rule.name!r} names the lexicon {name!r}, which does not exist",
                        hint="define it in a lexicon file or mend the name",
                    )

    def open_to(self, possible: int) -> Clauses:
        """Clauses with their rules, the highest precedence first, that a sentence can fit.

        Args:
            possible: Bits of the lexicons that can have a hit in the sentence.
        """
        return self._open(possible)

    def _open_to(self, possible: int) -> Clauses:
        bits = self.lexicons.index.bits
        return tuple(
            pair for pair in self._clauses if all(bits[name] & possible for name in pair[1].all)
        )


def _by_precedence(rules: Sequence[Rule]) -> Clauses:
    """Every clause with its rule, the highest precedence first, else by code."""

    def order(pair: tuple[Rule, Clause]) -> tuple[int, str]:
        rule, clause = pair
        rank = rule.precedence if clause.precedence is None else clause.precedence
        return -rank, rule.code

    return tuple(sorted(((rule, c) for rule in rules for c in rule.match), key=order))


def _lexicons_of(rule: Rule) -> Iterator[str]:
    for clause in rule.match:
        yield from (*clause.all, *clause.none)
    for field in rule.fields:
        yield field.key
        yield from field.none
        if isinstance(field.value, str) and field.value:
            yield field.value


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
