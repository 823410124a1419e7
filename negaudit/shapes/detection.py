"""Tells the shape of a record, fast enough to ask of every record of a large file.

A shape depends on the columns' names and kinds alone (see `kinds`), and most shapes look at
one or two columns. So for each tuple of names it is noted which columns were looked at, and
the answer is remembered for each combination of their kinds: another record with the same
names and the same kinds there would take the same way through the adapters.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from operator import itemgetter
from typing import Final, NamedTuple

from negaudit.shapes.columns import columns_of
from negaudit.shapes.fitting import sketch_of
from negaudit.shapes.kinds import Kind, Sketch, kind_of
from negaudit.shapes.registry import UNKNOWN, shapes

__all__ = ["detect", "fitting_shape"]

# Hostile data may bring new columns with every record: no more is remembered than these allow.
_MOST_LAYOUTS: Final = 1024
_MOST_COLUMNS: Final = 64
_LONGEST_NAMES: Final = 2048


class _Layout(NamedTuple):
    """The columns that decide, and the shape for each combination of their kinds.

    One column is by far the commonest, and a tuple of kinds would cost as much as the look
    itself; so a single column stands in `only`, and its bare kind is the key of `shapes`.
    Several columns without lists or objects are also found by their Python types, which are
    cheaper to tell than kinds.
    """

    only: str | None
    keys: tuple[str, ...]
    values: Callable[[dict[str, object]], tuple[object, ...]]
    shapes: dict[tuple[Kind, ...] | tuple[type, ...] | Kind, str]


_layouts: dict[tuple[str, ...], _Layout] = {}


def detect(record: object) -> str:
    """The name of the shape that fits a record; never fails.

    Args:
        record: Any JSON value, as decoded.
    """
    if type(record) is not dict:
        return _bare_shape(kind_of(record))
    layout = _layouts.get(tuple(record))
    if layout is None:
        return _learn(record)
    only, _, values, known = layout
    if only is not None:
        return known.get(kind_of(record[only])) or _learn(record)
    found = values(record)
    shape = known.get(tuple(map(type, found))) or known.get(tuple(map(kind_of, found)))
    return shape or _learn(record)


def fitting_shape(sketch: Sketch) -> str:
    """The first shape, in the registry's order, that fits the columns."""
    return next((known.name for known in shapes() if known.fits(sketch)), UNKNOWN)


@cache
def _bare_shape(kind: Kind) -> str:
    return fitting_shape({"": kind})


class _Watched(Mapping[str, Kind]):
    """A sketch that notes which columns were looked at."""

    def __init__(self, sketch: Sketch) -> None:
        self.seen: set[str] = set()
        self._sketch = sketch

    def __getitem__(self, name: str) -> Kind:
        kind = self._sketch[name]
        self.seen.add(name)
        return kind

    def __iter__(self) -> Iterator[str]:
        return iter(self._sketch)

    def __len__(self) -> int:
        return len(self._sketch)


def _layout(keys: tuple[str, ...]) -> _Layout:
    if len(keys) > 1:
        return _Layout(None, keys, itemgetter(*keys), {})
    return _Layout(keys[0] if keys else None, keys, lambda _: (), {})


def _learn(record: dict[str, object]) -> str:
    columns = columns_of(record)
    sketch = _Watched(sketch_of(columns))
    shape = fitting_shape(sketch)
    if len(record) > _MOST_COLUMNS or sum(len(str(key)) for key in record) > _LONGEST_NAMES:
        return shape
    if len(_layouts) >= _MOST_LAYOUTS:
        _layouts.clear()
    names = tuple(record)
    seen = {key for key, name in zip(record, columns, strict=True) if name in sketch.seen}
    layout = _layouts.get(names)
    if layout is None or not seen <= set(layout.keys):
        # What was remembered for fewer columns is told by its kinds no longer.
        keys = tuple(key for key in record if key in seen or (layout and key in layout.keys))
        layout = _layouts[names] = _layout(keys)
    found = [record[key] for key in layout.keys]
    kinds = tuple(map(kind_of, found))
    layout.shapes[kinds if layout.only is None else kinds[0]] = shape
    if not any(isinstance(value, list | dict) for value in found):
        layout.shapes[tuple(map(type, found))] = shape
    return shape
