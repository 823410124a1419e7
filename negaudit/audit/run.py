"""The phases of an audit, each done only where what it depends on has changed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

import msgspec

from negaudit.audit.state import State, digest, write_whole
from negaudit.errors import InputError, NotInstalledError, UsageError
from negaudit.fix.options import FixOptions
from negaudit.fix.record import Change
from negaudit.fix.run import Fix
from negaudit.fix.sidecars import sidecar_paths
from negaudit.lint.run import Run
from negaudit.output.contract import StatisticsDocument, encode, finding_record
from negaudit.probe.options import ProbeOptions
from negaudit.read import discover
from negaudit.read.bytestream import STDIN
from negaudit.records import Exhibit, Statistics
from negaudit.report import Audit, load_audit, render, summary
from negaudit.report.audit import CHANGES, FINDINGS, RESULTS, STATISTICS

__all__ = ["AuditOptions", "AuditRun", "Progress"]

REPORT: Final = "report.html"
SUMMARY: Final = "summary.md"
REWRITTEN: Final = "rewritten"

Progress = Callable[[str, int, int], None]
"""Called with the phase, steps done and steps in all."""


class AuditOptions(msgspec.Struct, frozen=True):
    """How to audit.

    Attributes:
        fix: How to lint and to fix.
        probe: How to probe; None leaves the probe out.
        title: Heads the report.
        redact: Whether the report leaves out all text of the data.
    """

    fix: FixOptions = FixOptions()
    probe: ProbeOptions | None = None
    title: str = ""
    redact: bool = False


class AuditRun:
    """An audit of one file or folder, written to a folder.

    Args:
        data: The file or folder.
        out: The folder that everything is written to.
        options: How to audit.
        progress: Called with the phase, steps done and steps in all.
        tell: Called before the training with how long it will take.

    Raises:
        InputError: There are no such held-out prompts.
        UsageError: The folder holds the data, or is a file, or the data is standard input.
    """

    def __init__(
        self,
        data: str,
        out: Path,
        options: AuditOptions,
        *,
        progress: Progress = lambda *_: None,
        tell: Callable[[str], None] = lambda _: None,
    ) -> None:
        hint = "name another folder with --out"
        if out.exists() and not out.is_dir():
            raise UsageError("is a file, not a folder", where=str(out), hint=hint)
        if Path(data).is_dir() and out.resolve().is_relative_to(Path(data).resolve()):
            raise UsageError("the audit would be written into the data", where=str(out), hint=hint)
        if data == STDIN:
            hint = "save it to a file, which can be read more than once"
            raise UsageError("an audit cannot read standard input", hint=hint)
        if options.probe is not None and options.probe.heldout:
            discover([options.probe.heldout])  # before all that takes long
        self._data, self._out, self._options = data, out, options
        self._progress, self._tell = progress, tell
        self._state = State(out)
        self._errors: tuple[InputError, ...] = ()
        self._unfixed: NotInstalledError | None = None
        self._linted: tuple[Run, Sequence[Exhibit]] | None = None

    @property
    def errors(self) -> tuple[InputError, ...]:
        """What could not be read, or not to its end."""
        return self._errors

    @property
    def unfixed(self) -> NotInstalledError | None:
        """Why no fix is proposed, where what rewrites is not installed."""
        return self._unfixed

    def __call__(self) -> Audit:
        """Does what has not been done yet, and writes the report.

        Raises:
            InputError: The data cannot be read at all.
            NotInstalledError: There is to be a probe, and what rewrites is not installed.
            UsageError: The folder cannot be written to.
        """
        source = digest([self._data, *self._options.fix.lint.rules])
        statistics = self._lint(source)
        if statistics.framed and self._can_fix(source):
            self._probe()
        else:
            self._clear(CHANGES, RESULTS)
        return self._report()

    def _lint(self, source: str) -> Statistics:
        self._progress("lint", 0, 100)
        outputs = [self._out / FINDINGS, self._out / STATISTICS]
        key = digest([], source, self._options.fix.lint)
        if not self._state.is_done("lint", key, outputs):
            self._state.begin("lint", key)
            run = Run([self._data], self._options.fix.lint, progress=self._linting)
            exhibits = list(run)
            self._linted = run, exhibits
            lines = [encode(finding_record(exhibit, show_text=True)) for exhibit in exhibits]
            self._errors = run.errors
            text = "".join(f"{line}\n" for line in lines)
            write_whole(outputs[0], text.encode("utf-8", "surrogatepass"))
            document = StatisticsDocument(**msgspec.structs.asdict(run.statistics))
            write_whole(outputs[1], f"{encode(document)}\n".encode())
            if not run.errors:
                self._state.finish("lint", key)
        self._progress("lint", 100, 100)
        return msgspec.json.decode(outputs[1].read_bytes(), type=Statistics)

    def _linting(self, done: int, total: int | None) -> None:
        """Tells of bytes as of hundredths."""
        if total:
            self._progress("lint", 100 * done // total, 100)

    def _can_fix(self, source: str) -> bool:
        """Fixes; without a probe, which needs the fix, an audit can do without."""
        try:
            self._fix(source)
        except NotInstalledError as error:
            if self._options.probe is not None:
                raise
            self._unfixed = error
        return self._unfixed is None

    def _fix(self, source: str) -> None:
        key = digest([], source, self._options.fix)
        outputs = [self._out / CHANGES, Path(self._rewritten)]
        if self._state.is_done("fix", key, outputs):
            return
        self._progress("fix", 0, 1)
        self._state.begin("fix", key)
        changes: list[Change] = []
        fix = Fix(
            [self._data],
            self._options.fix,
            repaired=lambda done, total: self._progress("fix", done, total),
            linted=self._linted,
        )
        Path(self._rewritten).parent.mkdir(parents=True, exist_ok=True)
        fix.write(self._rewritten, force=True, watch=changes.append)
        lines = [encode(change) for change in changes]
        text = "".join(f"{line}\n" for line in lines)
        write_whole(outputs[0], text.encode("utf-8", "surrogatepass"))
        self._state.finish("fix", key)

    @property
    def _rewritten(self) -> str:
        """Where the fixed data goes: a folder for a folder, else a file of the same name."""
        folder = self._out / REWRITTEN
        return str(folder if Path(self._data).is_dir() else folder / Path(self._data).name)

    def _probe(self) -> None:
        if self._options.probe is None:
            self._clear(RESULTS)
            return
        from negaudit.probe.run import run_probe

        provenance = sidecar_paths(self._rewritten)["provenance"]
        options = msgspec.structs.replace(self._options.probe, rewritten=(self._rewritten,))
        inputs: Sequence[str] = [self._data, self._rewritten, provenance]
        if options.heldout:
            inputs = [*inputs, options.heldout]
        key = digest(inputs, options)
        if self._state.is_done("probe", key, [self._out / RESULTS]):
            return
        resume = self._state.began("probe", key)
        self._state.begin("probe", key)
        run_probe(
            [self._data],
            options,
            self._out,
            resume=resume,
            progress=self._progress,
            tell=self._tell,
        )
        self._state.finish("probe", key)

    def _report(self) -> Audit:
        self._progress("report", 0, 1)
        audit = load_audit(self._out, title=self._options.title, redact=self._options.redact)
        write_whole(self._out / REPORT, render(audit).encode())
        write_whole(self._out / SUMMARY, summary(audit).encode())
        self._progress("report", 1, 1)
        return audit

    def _clear(self, *names: str) -> None:
        """Takes away what an earlier audit left and this one does not make."""
        for name in names:
            (self._out / name).unlink(missing_ok=True)
