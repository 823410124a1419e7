"""Every error that negaudit raises on purpose.

NegauditError
├── UsageError          the command line or the configuration asks for something impossible
│   └── NotInstalledError   a package that a step needs is missing
├── InputError          a file cannot be read at all
├── ModelError          a language model cannot be loaded or asked
└── RuleError           a rule or lexicon file is wrong

Each message says what is wrong, where, and what to do next; the command line prints it
without a traceback and exits with 2. A single bad record is never an error: it becomes an
`invalid-record` finding and the rest of the file is still linted.
"""

from __future__ import annotations

__all__ = [
    "InputError",
    "ModelError",
    "NegauditError",
    "NotInstalledError",
    "RuleError",
    "UsageError",
]


class NegauditError(Exception):
    """Base of all deliberate errors.

    Args:
        message: What is wrong.
        where: File, line or option that it is about.
        hint: What the user can do next.
    """

    def __init__(self, message: str, *, where: str = "", hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.where = where
        self.hint = hint

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        advice = f"\n  next: {self.hint}" if self.hint else ""
        return f"{place}{self.message}{advice}"


class UsageError(NegauditError):
    """The command line or the configuration asks for something impossible."""


class NotInstalledError(UsageError):
    """A package that a step needs is missing."""


class InputError(NegauditError):
    """A file cannot be read at all."""


class ModelError(NegauditError):
    """A language model cannot be loaded or asked."""


class RuleError(NegauditError):
    """A rule or lexicon file is wrong."""
