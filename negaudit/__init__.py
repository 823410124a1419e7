"""negaudit finds warnings that teach what they warn against in fine-tuning data."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from negaudit.lint import lint
from negaudit.version import VERSION

if TYPE_CHECKING:
    from negaudit.errors import InputError, NegauditError, RuleError, UsageError
    from negaudit.lint.options import LintOptions
    from negaudit.lint.run import Run
    from negaudit.records import (
        Excerpt,
        Exhibit,
        Finding,
        Kind,
        Placement,
        Record,
        Remedy,
        Role,
        Segment,
        Severity,
        Span,
        Statistics,
        Trained,
    )

__all__ = [
    "Excerpt",
    "Exhibit",
    "Finding",
    "InputError",
    "Kind",
    "LintOptions",
    "NegauditError",
    "Placement",
    "Record",
    "Remedy",
    "Role",
    "RuleError",
    "Run",
    "Segment",
    "Severity",
    "Span",
    "Statistics",
    "Trained",
    "UsageError",
    "__version__",
    "lint",
]

__version__ = VERSION

_HOMES = {
    **dict.fromkeys(("InputError", "NegauditError", "RuleError", "UsageError"), "errors"),
    "LintOptions": "lint.options",
    "Run": "lint.run",
}


def __getattr__(name: str) -> Any:
    # Loaded at first use, so that `import negaudit` and `negaudit --help` stay cheap.
    if name in __all__:
        return getattr(import_module(f"negaudit.{_HOMES.get(name, 'records')}"), name)
    raise AttributeError(f"module 'negaudit' has no attribute {name!r}")
