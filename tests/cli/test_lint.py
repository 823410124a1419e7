from __future__ import annotations

import errno
import json
import os
from pathlib import Path

import msgspec
import pytest

from negaudit.errors import InputError, UsageError
from negaudit.output import format_names
from negaudit.records import Kind, Severity, Statistics

from .conftest import Call
from .fakes import FakeRun, exhibit


def test_a_clean_run_exits_with_0(call: Call, run: type[FakeRun]) -> None:
    result = call("lint", "data.jsonl")
    assert (result.exit_code, result.stdout) == (0, "Nothing to report: 10 records in 1 file.\n")


@pytest.mark.parametrize(
    ("severity", "fail_on", "code"),
    [
        (Severity.ERROR, "error", 1),
        (Severity.WARNING, "error", 0),
        (Severity.WARNING, "warning", 1),
        (Severity.NOTE, "warning", 0),
        (Severity.NOTE, "note", 1),
        (Severity.ERROR, "never", 0),
    ],
)
def test_findings_at_or_above_fail_on_exit_with_1(
    call: Call, run: type[FakeRun], severity: Severity, fail_on: str, code: int
) -> None:
    run.exhibits = [exhibit(severity)]
    assert call("lint", "data.jsonl", "--fail-on", fail_on).exit_code == code


@pytest.mark.parametrize("name", format_names())
@pytest.mark.parametrize(("severity", "code"), [(Severity.ERROR, 1), (Severity.NOTE, 0)])
def test_the_format_never_changes_the_exit_code(
    call: Call, run: type[FakeRun], name: str, severity: Severity, code: int
) -> None:
    run.exhibits = [exhibit(severity)]
    assert call("lint", "data.jsonl", "--format", name).exit_code == code


def test_too_many_framed_records_exit_with_1_and_say_so(call: Call, run: type[FakeRun]) -> None:
    run.seen = Statistics(records=200, framed=5)
    passed = call("lint", "data.jsonl", "--max-framed-share", "0.025")
    failed = call("lint", "data.jsonl", "--max-framed-share", "0.02")
    assert (passed.exit_code, failed.exit_code) == (0, 1)
    assert "2.50 % of the records are framed" in failed.stderr


def test_unreadable_files_are_named_and_exit_with_2(call: Call, run: type[FakeRun]) -> None:
    run.exhibits = [exhibit()]
    run.unreadable = (InputError("no such file", where="gone\x1b.jsonl", hint="mend the path"),)
    result = call("lint", "gone.jsonl", "data.jsonl", "--format", "concise")
    assert result.exit_code == 2
    told = "error: gone\\x1b.jsonl: no such file\n  next: mend the path\n"
    assert result.stderr == f"{told}next: negaudit fix data.jsonl --diff  # proposes the fix\n"
    assert result.stdout.startswith("data.jsonl:1: NEG101")


def test_sarif_tells_the_exit_code_of_a_run_with_unreadable_files(
    call: Call, run: type[FakeRun]
) -> None:
    run.unreadable = (InputError("no such file", where="gone.jsonl"),)
    log = json.loads(call("lint", "gone.jsonl", "--format", "sarif").stdout)
    assert log["runs"][0]["invocations"][0]["exitCode"] == 2


def test_a_deliberate_error_is_a_line_and_exits_with_2(call: Call, run: type[FakeRun]) -> None:
    run.failure = UsageError("there is no record shape 'x'", hint="use one of: text")
    result = call("lint", "data.jsonl")
    assert result.exit_code == 2
    assert result.stderr == "error: there is no record shape 'x'\n  next: use one of: text\n"


def test_an_unexpected_error_keeps_its_traceback(call: Call, run: type[FakeRun]) -> None:
    run.failure = ZeroDivisionError()
    assert isinstance(call("lint", "data.jsonl").exception, ZeroDivisionError)


def test_an_error_of_the_disk_is_a_line_and_exits_with_2(call: Call, run: type[FakeRun]) -> None:
    run.failure = OSError(errno.ENOSPC, "No space left on device", "out.json")
    result = call("lint", "data.jsonl")
    assert result.exit_code == 2
    assert result.stderr.startswith("error: out.json: No space left on device\n  next: check")


def test_an_interrupt_is_quiet_and_exits_with_130(call: Call, run: type[FakeRun]) -> None:
    run.failure = KeyboardInterrupt()
    result = call("lint", "data.jsonl")
    assert (result.exit_code, result.output) == (130, "")


def test_no_path_is_wrong_usage(call: Call) -> None:
    assert call("lint").exit_code == 2


def test_options_reach_the_run(call: Call, run: type[FakeRun]) -> None:
    call(
        *("lint", "a", "b", "--select", "fiction,NEG1", "--select", "do-not-imitate"),
        *("--ignore", "NEG301", "--shape", "text", "--jobs", "3", "--exclude", "*.txt"),
        *("--exclude", "{a,b}", "--rules", "mine"),
    )
    (made,) = run.asked
    assert made.paths == ("a", "b")
    assert made.options.select == ("fiction", "NEG1", "do-not-imitate")
    assert made.options.ignore == ("NEG301",)
    assert (made.options.shape, made.options.jobs) == ("text", 3)
    assert made.options.exclude == ("*.txt", "{a,b}")
    assert made.options.rules == ("mine",)


def test_no_jobs_are_as_many_as_there_are_cores(call: Call, run: type[FakeRun]) -> None:
    call("lint", "a", "--jobs", "0")
    assert 1 <= run.asked[0].options.jobs <= (os.cpu_count() or 1)


def test_findings_in_standard_input_bear_the_given_name(call: Call, run: type[FakeRun]) -> None:
    run.exhibits = [exhibit(path="-"), exhibit(path="other.jsonl")]
    result = call("lint", "-", "--stdin-filename", "chats.jsonl", "--format", "concise")
    assert [line.split(":")[0] for line in result.stdout.splitlines()] == [
        "chats.jsonl",
        "other.jsonl",
    ]
    assert result.stderr == ""


def test_a_folder_is_proposed_a_fix_as_a_whole(call: Call, run: type[FakeRun]) -> None:
    run.exhibits = [exhibit(path="data/a.jsonl"), exhibit(path="data/b.jsonl")]
    whole = call("lint", "data", "--format", "concise")
    assert whole.stderr == "next: negaudit fix data --diff  # proposes the fix\n"
    among = call("lint", "data", "more", "--format", "concise")
    assert [line.split()[3] for line in among.stderr.splitlines()] == [
        "data/a.jsonl",
        "data/b.jsonl",
    ]


def test_nothing_is_proposed_where_nothing_fails(call: Call, run: type[FakeRun]) -> None:
    run.exhibits = [exhibit(path="data/a.jsonl")]
    assert call("lint", "data", "--format", "concise", "--fail-on", "never").stderr == ""
    assert call("lint", "data", "--format", "concise", "--quiet").stderr == ""


def test_no_fix_is_proposed_for_records_that_cannot_be_read(call: Call, run: type[FakeRun]) -> None:
    broken = exhibit(path="data/a.jsonl")
    finding = msgspec.structs.replace(broken.finding, kind=Kind.INVALID, rule="invalid-record")
    run.exhibits = [msgspec.structs.replace(broken, finding=finding)]
    result = call("lint", "data", "--format", "concise")
    assert (result.exit_code, result.stderr) == (1, "")


def test_output_goes_to_a_file(call: Call, run: type[FakeRun], tmp_path: Path) -> None:
    run.exhibits = [exhibit()]
    result = call("lint", "a", "--format", "concise", "-o", "found.txt")
    assert (result.exit_code, result.stdout) == (1, "")
    assert (tmp_path / "found.txt").read_text().startswith("data.jsonl:1: NEG101")


def test_a_failed_run_leaves_the_old_output(call: Call, run: type[FakeRun], tmp_path: Path) -> None:
    (tmp_path / "found.txt").write_text("old")
    run.failure = UsageError("no")
    call("lint", "a", "-o", "found.txt")
    assert (tmp_path / "found.txt").read_text() == "old"
    assert sorted(path.name for path in tmp_path.iterdir()) == [".git", "found.txt"]


def test_the_output_may_not_be_the_data(call: Call, run: type[FakeRun], tmp_path: Path) -> None:
    (tmp_path / "data.jsonl").write_text("{}\n")
    result = call("lint", "data.jsonl", "-o", "./data.jsonl")
    assert result.exit_code == 2
    assert "the output would replace the data" in result.stderr
    assert (tmp_path / "data.jsonl").read_text() == "{}\n"


def test_statistics_alone(call: Call, run: type[FakeRun]) -> None:
    run.exhibits = [exhibit()]
    result = call("lint", "a", "--statistics", "--format", "json")
    assert result.exit_code == 1
    assert json.loads(result.stdout)["records"] == 10
    assert "data.jsonl" not in call("lint", "a", "--statistics").stdout


def test_statistics_have_two_formats(call: Call, run: type[FakeRun]) -> None:
    result = call("lint", "a", "--statistics", "--format", "sarif")
    assert result.exit_code == 2
    assert "--statistics has no format sarif" in result.stderr


def test_quiet_shows_findings_only(call: Call, run: type[FakeRun]) -> None:
    assert call("lint", "a", "--quiet").output == ""


def test_color_is_as_asked(call: Call, run: type[FakeRun], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    assert "\x1b[" in call("lint", "a", "--color", "always").stdout
    assert "\x1b[" not in call("lint", "a", "--color", "auto").stdout
    assert "\x1b[" not in call("lint", "a", "--color", "never").stdout


def test_options_come_from_the_configuration(
    call: Call, run: type[FakeRun], tmp_path: Path
) -> None:
    (tmp_path / "pyproject.toml").write_text(
        '[tool.negaudit]\nfail-on = "never"\nformat = "concise"\nselect = ["fiction"]\njobs = 2\n'
    )
    run.exhibits = [exhibit()]
    result = call("lint", "a")
    assert result.exit_code == 0
    assert result.stdout.startswith("data.jsonl:1: ")
    assert run.asked[0].options.select == ("fiction",)
    assert run.asked[0].options.jobs == 2


def test_the_command_line_wins_over_the_configuration(
    call: Call, run: type[FakeRun], tmp_path: Path
) -> None:
    (tmp_path / "negaudit.toml").write_text('fail-on = "never"\nselect = ["fiction"]\n')
    run.exhibits = [exhibit()]
    assert call("lint", "a", "--fail-on", "error", "--select", "NEG1").exit_code == 1
    assert run.asked[0].options.select == ("NEG1",)


def test_no_config_reads_no_configuration(call: Call, run: type[FakeRun], tmp_path: Path) -> None:
    (tmp_path / "negaudit.toml").write_text("no such thing")
    assert call("lint", "a", "--no-config").exit_code == 0
    assert call("lint", "a").exit_code == 2


def test_a_named_configuration_is_read(call: Call, run: type[FakeRun], tmp_path: Path) -> None:
    (tmp_path / "other.toml").write_text("jobs = 2\n")
    call("lint", "a", "--config", "other.toml")
    assert run.asked[0].options.jobs == 2


@pytest.mark.parametrize(
    "both", [("--config", "a.toml", "--no-config"), ("--no-config", "--config", "a.toml")]
)
def test_config_and_no_config_exclude_each_other(
    call: Call, run: type[FakeRun], tmp_path: Path, both: tuple[str, ...]
) -> None:
    (tmp_path / "a.toml").write_text("jobs = 2\n")
    result = call("lint", "a", *both)
    assert result.exit_code == 2
    assert "exclude each other" in result.stderr
