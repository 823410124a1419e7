from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path

import pytest

from negaudit.find.rule_files import load_rule_set
from negaudit.lint import selection
from negaudit.probe import positive_control, proxy, replies
from tests.lint.conftest import _each_finder_once  # noqa: F401

from . import whole


@pytest.fixture(scope="session", autouse=True)
def _rules_once() -> Iterable[None]:
    """Reads a selection of rules once; that takes longer than most tests here."""
    with pytest.MonkeyPatch.context() as patch:
        cached = cache(lambda folders: load_rule_set([Path(folder) for folder in folders]))
        patch.setattr(selection, "load_rule_set", lambda folders: cached(tuple(folders)))
        yield


@pytest.fixture
def probe(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> whole.Probed:
    """Runs whole probes with a tiny model whose positive control separates."""
    model = whole.byte_proxy()
    # Not by XDG_CACHE_HOME: what the linter keeps there takes long to make.
    monkeypatch.setattr(positive_control, "_cached_path", lambda *_: tmp_path / "control.json")
    monkeypatch.setattr(proxy, "load_proxy", lambda *_, **__: model)
    monkeypatch.setattr(
        positive_control, "run_control", lambda proxy, *_, **__: whole.separating_control(proxy)
    )
    monkeypatch.setattr(replies, "NEW_TOKENS", 4)
    return whole.Probed(tmp_path)
