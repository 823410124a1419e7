"""The linter: blocks of records in, findings in order and statistics out.

A run (`run`) hands blocks to linters in one or several processes (`pool`, `block`), adds up
what they show (`statistics`), and looks a second time at files with findings for what only
shows between records (`companions`).
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from negaudit.lint.library import lint

if TYPE_CHECKING:
    from negaudit.lint.options import LintOptions
    from negaudit.lint.run import Progress, Run

__all__ = ["LintOptions", "Progress", "Run", "lint"]

_HOMES = {"LintOptions": "options", "Progress": "run", "Run": "run"}


def __getattr__(name: str) -> Any:
    # `negaudit.lint` is imported with negaudit itself, the linter's parts when they are used.
    if name in _HOMES:
        return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
