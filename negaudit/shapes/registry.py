"""The shapes that negaudit knows; each adapter file adds its own with `@shape`."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from negaudit.errors import UsageError
from negaudit.shapes.columns import Columns
from negaudit.shapes.kinds import Sketch
from negaudit.shapes.script import Script

__all__ = ["UNKNOWN", "Shape", "describe", "find", "names", "shape", "shapes"]

UNKNOWN = "unknown"

Fits = Callable[[Sketch], bool]
Read = Callable[[Columns, Script], None]


class Shape(msgspec.Struct, frozen=True):
    """One record shape.

    Attributes:
        name: What the user calls it, on the command line and in the census.
        summary: One line: which columns it has.
        order: Shapes are tried in ascending order; the first that fits wins.
        fits: Tells from the columns' names and kinds whether a record has this shape.
        read: Takes the columns it understands and writes their segments to the script. What
            it leaves becomes metadata.
    """

    name: str
    summary: str
    order: int
    fits: Fits
    read: Read


_shapes: dict[str, Shape] = {}


def shape(name: str, summary: str, *, order: int, fits: Fits) -> Callable[[Read], Read]:
    """Registers the decorated function as the adapter of a shape; see `Shape`.

    Register before the first record is read: `detect` remembers its answers.
    """

    def register(read: Read) -> Read:
        _shapes[name] = Shape(name=name, summary=summary, order=order, fits=fits, read=read)
        return read

    return register


def shapes() -> list[Shape]:
    """All shapes, in the order in which they are tried."""
    return sorted(_shapes.values(), key=lambda known: known.order)


def names() -> tuple[str, ...]:
    """The names of all shapes, in the order in which they are tried."""
    return tuple(known.name for known in shapes())


def describe(name: str) -> str:
    """One line on what a shape looks like.

    Raises:
        UsageError: No shape has that name.
    """
    return find(name).summary


def find(name: str) -> Shape:
    """The shape of a name.

    Raises:
        UsageError: No shape has that name.
    """
    known = _shapes.get(name)
    if known is None:
        listed = ", ".join(names())
        raise UsageError(f"there is no record shape {name!r}", hint=f"use one of: {listed}")
    return known
