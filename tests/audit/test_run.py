from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec
import pytest

from negaudit.audit import AuditOptions, AuditRun
from negaudit.audit import run as audit_run
from negaudit.errors import InputError, UsageError
from negaudit.fix import run as fix_run
from negaudit.fix.record import Change
from negaudit.lint.run import Run
from negaudit.probe import run as probe_run
from negaudit.probe.options import ProbeOptions
from negaudit.probe.record import Results
from negaudit.report import Audit
from tests.probe.conftest import _each_finder_once, _rules_once, probe  # noqa: F401
from tests.probe.whole import OPTIONS, Probed, advice, facts, write


def audit(data: str, out: Path, options: AuditOptions | None = None) -> tuple[Audit, list[str]]:
    """An audit, and the phases that it went through."""
    phases: list[str] = []

    def progress(phase: str, done: int, _total: int) -> None:
        if done == 0:
            phases.append(phase)

    return AuditRun(data, out, options or AuditOptions(), progress=progress)(), phases


def test_everything_is_in_the_folder(tmp_path: Path) -> None:
    data = write(tmp_path / "data.jsonl", [*facts(), {"text": "Tin grows in the marsh."}])
    done, _ = audit(data, tmp_path / "out")
    assert len(done.findings) == len(facts())
    lines = (tmp_path / "out" / "changes.jsonl").read_bytes().splitlines()
    changes = [msgspec.json.decode(line, type=Change) for line in lines]
    assert all(change.strings for change in changes if change.outcome == "rewritten")
    rewritten = (tmp_path / "out" / "rewritten" / "data.jsonl").read_text()
    assert "Mara Finch did not win the river race in June." in rewritten
    assert "<html" in (tmp_path / "out" / "report.html").read_text()
    assert "not measured" in (tmp_path / "out" / "summary.md").read_text()


def test_only_what_changed_is_done_again(tmp_path: Path) -> None:
    data = write(tmp_path / "data.jsonl", facts())
    _, first = audit(data, tmp_path / "out")
    _, again = audit(data, tmp_path / "out")
    assert ("fix" in first, "fix" in again) == (True, False)
    before = (tmp_path / "out" / "findings.jsonl").stat().st_mtime_ns
    write(tmp_path / "data.jsonl", facts()[:3])
    done, changed = audit(data, tmp_path / "out")
    assert "fix" in changed
    assert len(done.findings) == 3
    assert (tmp_path / "out" / "findings.jsonl").stat().st_mtime_ns > before


def test_data_is_linted_once_for_its_findings_and_its_repair(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    linted: list[str] = []

    class Counting(Run):
        def __init__(self, paths: Sequence[str], *rest: Any, **more: Any) -> None:
            super().__init__(paths, *rest, **more)
            linted.extend(paths)

    monkeypatch.setattr(audit_run, "Run", Counting)
    monkeypatch.setattr(fix_run, "Run", Counting)
    data = write(tmp_path / "data.jsonl", facts())
    done, _ = audit(data, tmp_path / "out")
    assert linted == [data]
    assert len(done.changes) == len(facts())


def test_data_that_became_clean_leaves_no_old_changes(tmp_path: Path) -> None:
    data = write(tmp_path / "data.jsonl", facts())
    audit(data, tmp_path / "out")
    write(tmp_path / "data.jsonl", [{"text": "Tin grows in the marsh."}])
    done, _ = audit(data, tmp_path / "out")
    assert not done.findings
    assert not done.changes


def test_the_probe_compares_with_what_the_fix_wrote(probe: Probed) -> None:  # noqa: F811
    data = probe.write([*facts(), *advice()])
    options = AuditOptions(probe=OPTIONS)
    done, _ = audit(data, probe.out, options)
    assert done.results is not None
    assert {"stripped", "original", "rewritten"} <= {arm.name for arm in done.results.arms}
    stored = msgspec.json.decode((probe.out / "results.json").read_bytes(), type=Results)
    assert stored.verdicts == done.results.verdicts
    _, again = audit(data, probe.out, options)
    assert "train" not in again
    without, _ = audit(data, probe.out)
    assert without.results is None


def test_a_probe_that_was_stopped_goes_on(
    probe: Probed,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    data = probe.write(facts())
    options = AuditOptions(probe=OPTIONS)

    def stop(phase: str, done: int, _total: int) -> None:
        if phase == "train" and done == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        AuditRun(data, probe.out, options, progress=stop)()
    seen: list[bool] = []
    original = probe_run.run_probe

    def spying(*args: object, **how: object) -> Results:
        seen.append(bool(how["resume"]))
        return original(*args, **how)  # type: ignore[arg-type]

    monkeypatch.setattr(probe_run, "run_probe", spying)
    audit(data, probe.out, options)
    assert seen == [True]


def test_the_folder_must_not_be_in_the_data(tmp_path: Path) -> None:
    write(tmp_path / "data.jsonl", facts())
    with pytest.raises(UsageError, match="into the data"):
        AuditRun(str(tmp_path), tmp_path / "out", AuditOptions())
    with pytest.raises(UsageError, match="is a file"):
        AuditRun("-", tmp_path / "data.jsonl", AuditOptions())


def test_held_out_prompts_that_are_not_there_are_missed_before_all_work(tmp_path: Path) -> None:
    write(tmp_path / "data.jsonl", facts())
    options = AuditOptions(probe=ProbeOptions(heldout=str(tmp_path / "none.jsonl")))
    with pytest.raises(InputError, match="no such file"):
        AuditRun(str(tmp_path / "data.jsonl"), tmp_path / "out", options)
