from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest
from click.testing import CliRunner, Result

from negaudit.cli import main
from negaudit.records import Statistics

from .fakes import RULES, FakeOptions, FakeRun

Call = Callable[..., Result]


@pytest.fixture
def call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Call:
    """Runs the command line in an empty folder that no configuration reaches."""
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    return lambda *arguments, **options: CliRunner().invoke(
        main, arguments, prog_name="negaudit", **options
    )


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> type[FakeRun]:
    """Puts a fake in the place of linting; its class attributes say what it finds."""
    module = ModuleType("negaudit.lint")
    module.Run = FakeRun  # type: ignore[attr-defined]
    module.LintOptions = FakeOptions  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "negaudit.lint", module)
    monkeypatch.setattr("negaudit.find.rule_files.load_rules", lambda folders=(): RULES)
    monkeypatch.setattr(FakeRun, "asked", [])
    monkeypatch.setattr(FakeRun, "exhibits", ())
    monkeypatch.setattr(FakeRun, "failure", None)
    monkeypatch.setattr(FakeRun, "unreadable", ())
    monkeypatch.setattr(FakeRun, "seen", Statistics(files=1, records=10))
    return FakeRun
