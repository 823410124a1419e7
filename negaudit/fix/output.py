"""Writes what a fix makes of its sources: a file or a folder, with its sidecars."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from negaudit.errors import UsageError
from negaudit.fix.edited import Edited, is_dropped
from negaudit.fix.files import kind_of, write_source, write_to
from negaudit.fix.record import Change
from negaudit.fix.repair import Fixed
from negaudit.fix.sidecars import Sidecars
from negaudit.fix.staged import STDOUT, Staged, standard_output
from negaudit.read import Format, Source
from negaudit.read.source import COMPRESSED, SUFFIXES
from negaudit.records import Block

__all__ = ["Place", "Plan", "check_output", "write_all"]

Plan = Callable[[Source], Iterator[tuple[Block, list[Fixed]]]]
"""Gives the blocks of a source, and what becomes of their framed records."""

Note = Callable[[Fixed, int], None]

_SPLITS: Final = "dataset_dict.json"


def check_output(paths: Sequence[str], sources: Sequence[Source], out: str) -> None:
    """Makes sure that a fix of these paths can be written to this place.

    Raises:
        InputError: A source cannot be read.
        UsageError: It cannot.
    """
    if len(paths) != 1:
        raise UsageError("only one path can be written at a time", hint="fix each path by itself")
    [path] = paths
    if out == STDOUT:
        if len(sources) != 1 or sources[0].format is Format.SAVED_DATASET:
            hint = "give -o a folder"
            raise UsageError("a folder cannot go to standard output", where=path, hint=hint)
        return
    target, source = Path(out).resolve(), Path(path).resolve()
    if target == source or target in source.parents:
        hint = "name another place with -o"
        raise UsageError("the output would replace the data", where=out, hint=hint)
    if source.is_dir() and source in target.parents:
        hint = "name a place outside of it with -o"
        raise UsageError("the output would stand within the data", where=out, hint=hint)
    if len(sources) == 1 and not source.is_dir():
        _check_suffix(sources[0], out)


def _check_suffix(source: Source, out: str) -> None:
    """A fix keeps the format of its source, so the name must not promise another one."""
    old, new = _suffix(source.path), _suffix(out)
    lines_anyhow = kind_of(source) in ("lines", "hub") and SUFFIXES.get(new) in (
        Format.JSON,
        Format.JSON_LINES,
    )
    if new in SUFFIXES and new != old and not lines_anyhow and (old in SUFFIXES or new != ".json"):
        raise UsageError(
            f"a fix keeps the format of its source, which is not {new}",
            where=out,
            hint=f"let its name end in {old or 'nothing else'}",
        )


def _suffix(path: str) -> str:
    file = Path(path)
    return (file.with_suffix("") if file.suffix.lower() in COMPRESSED else file).suffix.lower()


class Place(NamedTuple):
    """Where a fix writes.

    Attributes:
        out: The new file or folder; "-" for standard output, without sidecars.
        root: The path that the sources were found at.
        force: Whether what exists may be replaced.
        show_text: Whether the provenance holds text of the data.
    """

    out: str
    root: str
    force: bool
    show_text: bool


def write_all(
    sources: Sequence[Source],
    plan: Plan,
    place: Place,
    watch: Callable[[Change], None],
    finish: Callable[[], None],
) -> None:
    """Writes all sources, or nothing.

    Args:
        sources: What is fixed.
        plan: What becomes of each.
        place: Where they go.
        watch: Called with each change as it is written.
        finish: Called before anything is put in its place.

    Raises:
        InputError: A source cannot be read, or a change does not fit its types.
        NegauditError: The disk does not take it.
        UsageError: Something exists that may not be replaced.
    """
    if place.out == STDOUT:
        _write_stdout(sources[0], plan, watch)
        finish()
        return
    with Staged(force=place.force) as staged:
        out = staged.claim(place.out)
        with Sidecars(place.out, staged, show_text=place.show_text) as sidecars:
            for source in sources:
                below = _below(source, place.root)

                def note(fixed: Fixed, row: int, below: str = below) -> None:
                    sidecars.add(fixed, row, below)
                    watch(fixed.change)

                path = out / below
                path.parent.mkdir(parents=True, exist_ok=True)
                write_source(source, _edited(plan(source), note), path)
                _copy_splits(source, place.root, path)
        finish()


def _write_stdout(source: Source, plan: Plan, watch: Callable[[Change], None]) -> None:
    def note(fixed: Fixed, _: int) -> None:
        if fixed.masks or fixed.preference is not None:
            what = "masks" if fixed.masks else "preferences"
            raise UsageError(f"standard output has no place for {what}", hint="give -o a file")
        watch(fixed.change)

    with standard_output() as stream:
        write_to(source, _edited(plan(source), note), stream, "")


def _below(source: Source, root: str) -> str:
    """Where a source stands within the folder that was named; "" where it was named itself."""
    if source.path == root or not Path(root).is_dir():
        return ""
    return str(Path(source.path).relative_to(root))


def _copy_splits(source: Source, root: str, path: Path) -> None:
    """Copies the file that makes saved data sets the splits of one."""
    splits = Path(source.path).parent / _SPLITS
    if source.format is Format.SAVED_DATASET and source.path != root and splits.is_file():
        shutil.copy(splits, path.parent)


def _edited(planned: Iterable[tuple[Block, list[Fixed]]], note: Note) -> Iterator[Edited]:
    dropped = 0
    for block, fixes in planned:
        for fixed in fixes:
            note(fixed, fixed.change.row - dropped)
            dropped += is_dropped(fixed.operations)
        yield Edited(block, {f.change.row: f.operations for f in fixes if f.operations})
