"""The fixtures' own script, for the tests that read marked text."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

__all__ = ["FIXTURES", "build"]

FIXTURES = Path(__file__).parents[1] / "fixtures"


def _load(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("fixtures_build", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


build = _load(FIXTURES / "build.py")
