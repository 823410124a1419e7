from __future__ import annotations

import csv
import gzip
import json
import multiprocessing
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from negaudit.errors import NegauditError, UsageError
from negaudit.lint import LintOptions, Run
from negaudit.records import Exhibit, Kind, Severity

from .conftest import Write
from .samples import CLAIM, CLEAN, FRAME, FRAMED, PLAIN, REWRITTEN, chat

FALSITY = LintOptions(select=("falsity",))
# A shell starts what it puts into the background with SIGINT ignored, so both set it.
INTERRUPTED = """
import signal
import sys
import time
from negaudit.lint import LintOptions, Run

if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        for _ in Run([sys.argv[1]], LintOptions(select=("mixed-original",), jobs=2)):
            print("ready", flush=True)
            time.sleep(30)
    except KeyboardInterrupt:
        sys.exit(7)
"""
IN_THE_BACKGROUND = """
import signal
import sys
from negaudit.lint import LintOptions, Run

if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for _ in Run([sys.argv[1]], LintOptions(select=("mixed-original",), jobs=2)):
        print("ready", flush=True)
        sys.stdin.readline()
"""


@pytest.fixture
def plain_main(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keeps spawned processes from running pytest's own main module again."""
    monkeypatch.setattr(sys.modules["__main__"], "__file__", None, raising=False)


def rows(run: Run) -> list[tuple[str, int]]:
    return [(Path(e.finding.path).name, e.finding.row) for e in run]


def texts(exhibit: Exhibit, part: str) -> list[str]:
    return [excerpt.text for excerpt in exhibit.excerpts if excerpt.part == part]


def test_finding_has_its_place_and_its_text(write: Write) -> None:
    path = write("a.jsonl", [CLEAN, FRAMED])
    [exhibit] = Run([path], FALSITY)
    finding = exhibit.finding
    assert (finding.path, finding.row, finding.line) == (path, 1, 2)
    assert finding.kind is Kind.FALSITY
    assert texts(exhibit, "frame") == [FRAME]
    assert texts(exhibit, "content") == [FRAMED["text"].removeprefix(FRAME).strip()]


def test_blank_lines_shift_lines_but_not_rows(write: Write) -> None:
    path = write("a.jsonl", ["", CLEAN, "", "", FRAMED])
    [exhibit] = Run([path], FALSITY)
    assert (exhibit.finding.row, exhibit.finding.line) == (1, 5)


def test_findings_come_in_the_order_of_files_and_rows(write: Write, tmp_path: Path) -> None:
    write("d/b.jsonl", [FRAMED, CLEAN, FRAMED])
    write("d/a.jsonl", [CLEAN, FRAMED])
    run = Run([str(tmp_path / "d")], FALSITY)
    assert rows(run) == [("a.jsonl", 1), ("b.jsonl", 0), ("b.jsonl", 2)]


def test_bad_lines_keep_their_place_and_stop_nothing(write: Write) -> None:
    path = write("a.jsonl", [FRAMED, '{"text": broken', CLEAN, '{"text": 1} {', FRAMED])
    run = Run([path], FALSITY)
    found = [(e.finding.row, e.finding.line, e.finding.rule) for e in run]
    assert found == [
        (0, 1, "false-label"),
        (1, 2, "invalid-record"),
        (3, 4, "invalid-record"),
        (4, 5, "false-label"),
    ]
    assert run.statistics.invalid == 1
    assert run.statistics.records == 5


def test_record_that_could_be_saved_is_a_warning_and_linted(write: Write) -> None:
    line = json.dumps(FRAMED)[:-1] + ', "score": NaN}'
    first, second = Run([write("a.jsonl", [line])], FALSITY)
    assert (first.finding.code, first.finding.severity) == ("NEG001", Severity.WARNING)
    assert "NaN" in first.finding.message
    assert second.finding.rule == "false-label"


def test_unreadable_record_is_an_error(write: Write) -> None:
    [exhibit] = Run([write("a.jsonl", ["{"])], FALSITY)
    assert exhibit.finding.severity is Severity.ERROR


def test_unreadable_file_among_good_ones_is_kept_as_an_error(write: Write, tmp_path: Path) -> None:
    write("d/a.jsonl", [FRAMED])
    (tmp_path / "d" / "b.jsonl").write_bytes(b"version https://git-lfs.github.com/spec/v1\noid x\n")
    write("d/c.jsonl", [FRAMED])
    run = Run([str(tmp_path / "d")], FALSITY)
    assert rows(run) == [("a.jsonl", 0), ("c.jsonl", 0)]
    assert [Path(error.where).name for error in run.errors] == ["b.jsonl"]


def test_truncated_archive_gives_what_could_be_read(tmp_path: Path) -> None:
    lines = b"".join(
        json.dumps({**FRAMED, "id": number}).encode() + b"\n" for number in range(9000)
    )
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(gzip.compress(lines)[:-300])
    run = Run([str(path)], LintOptions(select=("NEG5",)))
    assert {exhibit.finding.rule for exhibit in run} <= {"invalid-record"}
    assert run.statistics.records > 1000
    assert len(run.errors) == 1


@pytest.mark.parametrize("name", ["a.json", "a.csv", "a.tsv", "a.jsonl.gz", "a.parquet"])
def test_every_format_gives_the_same_finding(name: str, tmp_path: Path, write: Write) -> None:
    records = [CLEAN, FRAMED, CLEAN]
    path = tmp_path / name
    if name.endswith(".json"):
        write(name, records)
    elif name.endswith(".gz"):
        path.write_bytes(gzip.compress("\n".join(map(json.dumps, records)).encode()))
    elif name.endswith(".parquet"):
        pa = pytest.importorskip("pyarrow")
        pytest.importorskip("pyarrow.parquet").write_table(pa.Table.from_pylist(records), path)
    else:
        with path.open("w", newline="") as file:
            delimiter = "\t" if name.endswith(".tsv") else ","
            table = csv.DictWriter(file, ["text"], delimiter=delimiter)
            table.writeheader()
            table.writerows(records)
    [exhibit] = Run([str(path)], FALSITY)
    assert exhibit.finding.row == 1
    assert texts(exhibit, "frame") == [FRAME]


def test_frame_in_json_escapes_is_found(write: Write) -> None:
    escaped = "".join(f"\\u{ord(char):04x}" for char in FRAMED["text"])
    [exhibit] = Run([write("a.jsonl", [f'{{"text": "{escaped}"}}'])], FALSITY)
    assert texts(exhibit, "frame") == [FRAME]


def test_two_jobs_give_what_one_gives(write: Write, tmp_path: Path, plain_main: None) -> None:
    records = [CLEAN, FRAMED, chat("Who?", CLAIM, FRAME), "{", 5, PLAIN, REWRITTEN]
    for name in ("d/a.jsonl", "d/b.jsonl", "d/c.json"):
        write(name, records if name != "d/c.json" else records[:3])
    one, two = (
        Run([str(tmp_path / "d")], LintOptions(select=("falsity", "NEG5"), jobs=jobs))
        for jobs in (1, 2)
    )
    assert list(one) == list(two)
    assert one.statistics == two.statistics
    assert one.statistics.framed > 0


def test_select_takes_names_codes_beginnings_and_kinds(write: Write) -> None:
    path = write("a.jsonl", [FRAMED])
    for selector in ("false-label", "NEG101", "neg1", "falsity"):
        assert len(list(Run([path], LintOptions(select=(selector,))))) == 1
    assert list(Run([path], LintOptions(select=("mixed-original",)))) == []


def test_rules_in_force_are_what_is_selected_and_not_ignored() -> None:
    run = Run(["-"], LintOptions(select=("falsity", "fiction"), ignore=("false-label",)))
    assert {rule.kind.value for rule in run.rules} == {"fiction", "invalid"}


def test_invalid_records_are_told_unless_ignored_by_name(write: Write) -> None:
    path = write("a.jsonl", ["{"])
    assert [e.finding.code for e in Run([path], FALSITY)] == ["NEG001"]
    ignoring = LintOptions(select=("falsity",), ignore=("invalid-record",))
    run = Run([path], ignoring)
    assert list(run) == []
    assert run.statistics.invalid == 1


def test_unknown_selector_is_refused_with_advice() -> None:
    with pytest.raises(UsageError, match="did you mean 'falsity'"):
        Run(["-"], LintOptions(select=("falsiti",)))


def test_unknown_shape_is_refused(write: Write) -> None:
    with pytest.raises(UsageError, match="no record shape 'poem'"):
        Run([write("a.jsonl", [CLEAN])], LintOptions(shape="poem"))


def test_shape_that_does_not_fit_is_counted_as_unknown(write: Write) -> None:
    path = write("a.jsonl", [CLEAN, chat("Hello?", "Yes.")])
    run = Run([path], LintOptions(select=("falsity",), shape="messages"))
    list(run)
    assert run.statistics.shapes == {"messages": 1, "unknown": 1}


def test_progress_ends_at_the_size_of_all_files(write: Write) -> None:
    paths = [write("a.jsonl", [CLEAN] * 3), write("b.jsonl", [FRAMED])]
    told: list[tuple[int, int | None]] = []
    list(Run(paths, FALSITY, progress=lambda done, total: told.append((done, total))))
    size = sum(Path(path).stat().st_size for path in paths)
    assert told[-1] == (size, size)
    assert sorted(told) == told


def test_second_iteration_gives_the_same(write: Write) -> None:
    run = Run([write("a.jsonl", [FRAMED, CLEAN])], FALSITY)
    first, statistics = list(run), run.statistics
    assert list(run) == first
    assert run.statistics == statistics


def test_death_of_a_worker_is_told(write: Write, plain_main: None) -> None:
    long = {"text": CLEAN["text"] * 100}
    path = write("a.jsonl", ["{", *[long] * 2000])
    findings = iter(Run([path], LintOptions(select=("mixed-original",), jobs=2)))
    next(findings)
    for worker in multiprocessing.active_children():
        worker.kill()
    with pytest.raises(NegauditError, match="worker process ended"):
        list(findings)


def interrupted(script: str, path: str) -> tuple[int, str, str]:
    """Exit code, output and errors of a script; a SIGINT reaches all its processes."""
    with subprocess.Popen(
        [sys.executable, "-c", script, path],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        os.killpg(process.pid, signal.SIGINT)
        said, complained = process.communicate("\n", timeout=60)
    return process.returncode, said, complained


def test_interrupt_ends_all_processes_at_once(write: Write) -> None:
    path = write("a.jsonl", ["{", *[{"text": CLEAN["text"] * 100}] * 4000])
    assert interrupted(INTERRUPTED, path) == (7, "", "")


def test_interrupt_spares_what_runs_in_the_background(write: Write) -> None:
    path = write("a.jsonl", ["{", *[{"text": CLEAN["text"] * 100}] * 1000])
    assert interrupted(IN_THE_BACKGROUND, path) == (0, "", "")
