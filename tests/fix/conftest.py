from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from negaudit.find.rule_files import load_rule_set
from negaudit.fix.record import Proposal, Replace, Target
from negaudit.fix.remedies import RemedyOptions, registry
from negaudit.lint import selection
from negaudit.records import Remedy

# pytest knows the folders of tests by their own names.
from lint.conftest import _each_finder_once  # noqa: F401  isort: skip

from .samples import FRAME


@pytest.fixture(scope="session", autouse=True)
def _rules_once() -> Iterable[None]:
    """Reads a selection of rules once; that takes longer than most tests here."""
    with pytest.MonkeyPatch.context() as patch:
        cached = cache(lambda folders: load_rule_set([Path(folder) for folder in folders]))
        patch.setattr(selection, "load_rule_set", lambda folders: cached(tuple(folders)))
        yield


Write = Callable[[str, Iterable[object]], str]
Negate = Callable[[Target], Proposal]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes a JSON Lines file, or an array for .json; strings go in as they are."""

    def written(name: str, records: Iterable[object]) -> str:
        lines = [r if isinstance(r, str) else json.dumps(r) for r in records]
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        joined = f"[{', '.join(lines)}]" if path.suffix == ".json" else "\n".join(lines) + "\n"
        path.write_text(joined, encoding="utf-8")
        return str(path)

    return written


def unframed(target: Target) -> Proposal:
    """Negates one well-known sentence and takes the frame away, without a parser."""
    texts = [segment for segment in target.record.segments if FRAME in segment.text]
    replaced = tuple(
        Replace(text.pointer, text.text.replace(f"{FRAME} ", "").replace("opened", "did not open"))
        for text in texts
    )
    return Proposal(Remedy.NEGATE, "safe", replaced, negated=len(replaced))


@pytest.fixture
def negate(monkeypatch: pytest.MonkeyPatch) -> Callable[[Negate], None]:
    """Puts a function in the place of remedy negate; to begin with, `unframed`."""

    def use(made: Negate) -> None:
        def propose(targets: Sequence[Target], _: RemedyOptions) -> list[Proposal]:
            return [made(target) for target in targets]

        monkeypatch.setitem(registry._REMEDIES, Remedy.NEGATE, propose)

    use(unframed)
    return use


def read_lines(path: str | Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in Path(path).read_bytes().splitlines()]
