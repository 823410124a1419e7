from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path

import pytest

from negaudit.find.finder import Finder
from negaudit.find.rules import RuleSet
from negaudit.lint import block

Write = Callable[[str, Iterable[object]], str]


@pytest.fixture(scope="session", autouse=True)
def _each_finder_once() -> Iterable[None]:
    """Builds the automaton of a selection of rules once; it takes longer than any test here."""
    rule_sets: dict[tuple[str, ...], RuleSet] = {}

    @cache
    def made(codes: tuple[str, ...]) -> Finder:
        return Finder(rule_sets[codes])

    def finder(rules: RuleSet) -> Finder:
        codes = tuple(rule.code for rule in rules.rules)
        rule_sets.setdefault(codes, rules)
        return made(codes)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(block, "Finder", finder)
        yield


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes a JSON Lines file, or an array for .json; strings go in as they are."""

    def written(name: str, records: Iterable[object]) -> str:
        lines = [r if isinstance(r, str) else json.dumps(r) for r in records]
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        joined = f"[{','.join(lines)}]" if path.suffix == ".json" else "\n".join(lines) + "\n"
        path.write_text(joined, encoding="utf-8")
        return str(path)

    return written
