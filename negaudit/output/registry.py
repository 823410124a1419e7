"""The registry of output formats.

A format is a module of `negaudit.output.formats` that bears the format's name and holds one
function under `@output_format(name)`. It is imported when it is asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Final, Literal, Protocol, TextIO

import msgspec

from negaudit.errors import UsageError
from negaudit.output import formats

if TYPE_CHECKING:
    from negaudit.find.rules import Rule
    from negaudit.records import Exhibit, Statistics

__all__ = [
    "UNREADABLE",
    "Color",
    "Look",
    "Results",
    "Writer",
    "format_names",
    "output_format",
    "writer",
]

Color = Literal["auto", "always", "never"]

# The exit code where input could not be read.
UNREADABLE: Final = 2


class Results(Protocol):
    """What a writer reads: the findings as they come, then what the whole run saw."""

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The rules in force."""

    def __iter__(self) -> Iterator[Exhibit]:
        """Yields the findings once, file by file, in order."""

    @property
    def statistics(self) -> Statistics:
        """What the run saw; known when the findings are at their end."""

    @property
    def exit_code(self) -> int:
        """What the process will exit with; known when the findings are at their end."""


class Look(msgspec.Struct, frozen=True):
    """What to show and how.

    Attributes:
        show_text: Show text of the data where a format leaves it out, and do not fold it.
        quiet: Show findings only, no summary.
        color: Whether to style; `auto` styles on a terminal.
    """

    show_text: bool = False
    quiet: bool = False
    color: Color = "auto"


Writer = Callable[[Results, TextIO, Look], None]

_WRITERS: dict[str, Writer] = {}


def output_format(name: str) -> Callable[[Writer], Writer]:
    """Registers the decorated function as the writer of a format."""

    def register(function: Writer) -> Writer:
        _WRITERS[name] = function
        return function

    return register


def format_names() -> tuple[str, ...]:
    """The names of all formats, sorted; imports none of them."""
    return tuple(sorted(module.name for module in iter_modules(formats.__path__)))


def writer(name: str) -> Writer:
    """The writer of a format.

    Raises:
        UsageError: There is no such format.
    """
    if name not in format_names():
        hint = f"use one of {', '.join(format_names())}"
        raise UsageError(f"there is no output format {name!r}", hint=hint)
    import_module(f"{formats.__name__}.{name}")
    return _WRITERS[name]
