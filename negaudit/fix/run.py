"""A fix of a whole data set: lint, remedies, verification, writing."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

import msgspec

from negaudit.errors import UsageError
from negaudit.fix.cases import cases_of
from negaudit.fix.files import kind_of
from negaudit.fix.options import FixOptions
from negaudit.fix.output import Place, check_output, write_all
from negaudit.fix.record import Change
from negaudit.fix.repair import Fixed, Repairer
from negaudit.fix.summary import Count, Summary
from negaudit.lint.block import BlockLinter
from negaudit.lint.run import Progress, Run
from negaudit.lint.selection import rules_in_force
from negaudit.read import Source, blocks, discover
from negaudit.read.bytestream import STDIN
from negaudit.records import Block, Exhibit, Kind, Remedy

if TYPE_CHECKING:
    from tempfile import _TemporaryFileWrapper

__all__ = ["Fix"]

_Found = dict[str, dict[int, list[Exhibit]]]


def _nothing(*_: object) -> None:
    """What is told of progress, where nobody asks."""


class Fix:
    """Fixes sources of records; iterating over it says what would be done, `write` does it.

    The sources are linted once, when the first change is asked for, and then read again.

    Args:
        paths: Files, folders, hub ids (hf://...), "-" for standard input.
        options: How to fix.
        progress: Called while linting with bytes done and bytes in all.
        repaired: Called with framed records done and framed records in all.
        linted: A run over the same sources with the same options that is at its end, and what
            it found; None to lint now.

    Raises:
        InputError: A path does not exist or may not be read, or a folder holds no data.
        RuleError: A folder of rules is malformed.
        UsageError: An option names something that does not exist.
    """

    def __init__(
        self,
        paths: Sequence[str],
        options: FixOptions,
        *,
        progress: Progress | None = None,
        repaired: Callable[[int, int], None] = _nothing,
        linted: tuple[Run, Sequence[Exhibit]] | None = None,
    ) -> None:
        if options.remedies.get(Kind.INVALID, Remedy.DROP) is not Remedy.DROP:
            hint = "give --remedy invalid=drop, or repair it by hand"
            raise UsageError("a record that cannot be read can only be dropped", hint=hint)
        self._options = options
        self._repaired = repaired
        self._spool: _TemporaryFileWrapper[bytes] | None = None
        self._paths = tuple(self._spooled() if path == STDIN else path for path in paths)
        self._sources = discover(self._paths, exclude=options.lint.exclude)
        if linted is None:
            self._run = Run(self._paths, options.lint, progress=progress)
            self._exhibits: Iterable[Exhibit] = self._run
        else:
            self._run, self._exhibits = linted
        self._counted = Count()
        self._done = 0

    def __iter__(self) -> Iterator[Change]:
        """Yields what would become of each framed record, with the strings that change."""
        repairer = self._begin()
        for source in self._sources:
            for _, fixes in self._plan(source, repairer):
                yield from (fixed.change for fixed in fixes)
        _check_decisions(repairer)

    def write(
        self,
        out: str,
        *,
        force: bool = False,
        show_text: bool = False,
        watch: Callable[[Change], None] = _nothing,
    ) -> None:
        """Writes the fixed data, or nothing where an error stops it.

        Beside it go `OUT.provenance.jsonl`, a line for each framed record, and where a remedy
        asks for them `OUT.spans.jsonl` and the preferences.

        Args:
            out: A file for a file, a folder for a folder; "-" for standard output.
            force: Whether what exists may be replaced.
            show_text: Whether the provenance holds text of the data.
            watch: Called with each change, with the strings that change.

        Raises:
            InputError: A source cannot be read to its end, or a change does not fit its types.
            NegauditError: The disk does not take it.
            UsageError: The place cannot be written to, a decision fits no change, or a remedy
                is not to be had.
        """
        check_output(self._paths, self._sources, out)
        repairer = self._begin()
        write_all(
            self._sources,
            lambda source: self._plan(source, repairer),
            Place(out, self._paths[0], force, show_text),
            watch,
            lambda: _check_decisions(repairer),
        )

    @property
    def summary(self) -> Summary:
        """What was done, or would be; complete when all changes were seen."""
        seen = self._run.statistics
        kept = seen.invalid if Kind.INVALID not in self._options.remedies else 0
        return self._counted.summary(seen.records, kept)

    @cached_property
    def _found(self) -> _Found:
        """Everything that the linter finds, by path and row.

        Raises:
            InputError: A source cannot be read, or not to its end: nothing can be written.
        """
        found: _Found = defaultdict(lambda: defaultdict(list))
        for exhibit in self._exhibits:
            finding = exhibit.finding
            named = msgspec.structs.replace(finding, path=self._name(finding.path))
            found[finding.path][finding.row].append(Exhibit(named, exhibit.excerpts))
        if self._run.errors:
            raise self._run.errors[0]
        return found

    @cached_property
    def _linter(self) -> BlockLinter:
        return BlockLinter(rules_in_force(self._options.lint), self._options.lint.shape)

    def _begin(self) -> Repairer:
        self._counted, self._done = Count(), 0
        return Repairer(self._options, lambda block: self._linter(block).exhibits)

    def _plan(self, source: Source, repairer: Repairer) -> Iterator[tuple[Block, list[Fixed]]]:
        """The blocks of a source, and what becomes of their framed records."""
        found, kind = self._found.get(source.path, {}), kind_of(source)
        named, shape = self._options.remedies, self._options.lint.shape
        for block in blocks(source):
            shown = msgspec.structs.replace(block, path=self._name(block.path))
            fixes = repairer(list(cases_of(shown, found, named, shape)), kind)
            for fixed in fixes:
                self._counted.add(fixed)
            self._done += len(fixes)
            self._repaired(self._done, self._run.statistics.framed)
            yield block, fixes

    def _name(self, path: str) -> str:
        return STDIN if self._spool is not None and path == self._spool.name else path

    def _spooled(self) -> str:
        """Keeps standard input in a file, since it is read twice; gives the file's path."""
        self._spool = tempfile.NamedTemporaryFile(prefix="negaudit-")  # noqa: SIM115
        shutil.copyfileobj(sys.stdin.buffer, self._spool)
        self._spool.flush()
        return self._spool.name


def _check_decisions(repairer: Repairer) -> None:
    if repairer.undecided:
        first, *more = sorted(repairer.undecided)
        others = f" (and {len(more)} more)" if more else ""
        raise UsageError(
            f"no record has the change {first}{others}",
            where="--decisions",
            hint="export the decisions again; the data or the rules are not the same any more",
        )
