"""Rules, and the set of those in force.

A rule says what a finding is called, why it matters, what to do, and which words make a frame.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property, lru_cache, reduce
from operator import or_
from typing import Any, Literal

import msgspec

from negaudit.errors import RuleError
from negaudit.find.lexicon import Lexicons
from negaudit.records import Confidence, Kind, Placement, Remedy, Severity

__all__ = ["At", "Clause", "Example", "Examples", "Field", "Rule", "RuleSet"]

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
            possible: Bits of the lexicons that can have a hit in the sentence, among others.
        """
        return self._open(possible & self._asked)

    @cached_property
    def _needs(self) -> list[int]:
        """For each clause the bits of the lexicons that must have a hit."""
        bits = self.lexicons.index.bits
        return [reduce(or_, map(bits.__getitem__, clause.all), 0) for _, clause in self._clauses]

    @cached_property
    def _asked(self) -> int:
        return reduce(or_, self._needs, 0)

    def _open_to(self, possible: int) -> Clauses:
        pairs = zip(self._needs, self._clauses, strict=True)
        return tuple(pair for needs, pair in pairs if not needs & ~possible)


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
