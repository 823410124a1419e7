from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import negaudit
from negaudit import Finding, InputError, LintOptions, Span, UsageError

from .conftest import Write
from .samples import CLEAN, FRAME, FRAMED, chat


def test_records_in_memory_give_findings() -> None:
    [finding] = negaudit.lint([CLEAN, FRAMED], select=["falsity"])
    assert isinstance(finding, Finding)
    assert (finding.path, finding.row, finding.line) == ("<records>", 1, None)
    assert finding.frame == (Span("/text", 0, len(FRAME)),)


def test_path_gives_the_findings_of_records(write: Write) -> None:
    records = [CLEAN, FRAMED, chat("Who?", "A ferryman.")]
    path = write("a.jsonl", records)
    from_path = negaudit.lint(Path(path), select=["falsity"])
    from_memory = negaudit.lint(records, select=["falsity"])
    assert [finding.fingerprint for finding in from_path] == [
        finding.fingerprint for finding in from_memory
    ]


def test_generator_is_read_once() -> None:
    def records() -> Iterator[object]:
        yield FRAMED
        yield CLEAN

    assert [finding.row for finding in negaudit.lint(records(), select=["falsity"])] == [0]


def test_bare_texts_are_records() -> None:
    [finding] = negaudit.lint([FRAMED["text"]], select=["falsity"])
    assert finding.frame[0].pointer == ""


def test_record_that_json_cannot_hold_takes_its_row() -> None:
    nested: list[object] = []
    for _ in range(5000):
        nested = [nested]
    findings = negaudit.lint([nested, {"text": "\ud800"}, FRAMED], select=["falsity"])
    assert [(finding.row, finding.code) for finding in findings] == [
        (0, "NEG001"),
        (1, "NEG001"),
        (2, "NEG101"),
    ]


def test_missing_path_is_an_input_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        negaudit.lint(tmp_path / "none.jsonl")


def test_file_that_cannot_be_read_to_its_end_is_an_input_error(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(b"version https://git-lfs.github.com/spec/v1\noid x\n")
    with pytest.raises(InputError):
        negaudit.lint(path, select=["falsity"])


@pytest.mark.parametrize("option", [{"selekt": []}, {"select": "falsity"}, {"jobs": 0}])
def test_wrong_option_is_a_usage_error(option: dict[str, object]) -> None:
    with pytest.raises(UsageError):
        negaudit.lint([], **option)


def test_to_ignore_all_that_is_selected_is_a_usage_error() -> None:
    with pytest.raises(UsageError, match="--ignore takes away"):
        negaudit.lint([], select=["falsity"], ignore=["NEG101"])
    with pytest.raises(UsageError, match="--ignore takes away"):
        negaudit.lint([], ignore=[f"NEG{n}" for n in range(6)])
    assert negaudit.lint([CLEAN], select=["invalid"], ignore=["falsity"]) == []


def test_every_public_name_is_there() -> None:
    for name in negaudit.__all__:
        assert getattr(negaudit, name) is not None
    with pytest.raises(AttributeError):
        negaudit.nothing  # noqa: B018


def test_options_of_the_flat_surface_are_those_of_the_room() -> None:
    from negaudit.lint import LintOptions as Inner

    assert Inner is LintOptions


def test_lint_stays_callable_after_its_package_is_imported() -> None:
    from negaudit.lint import Run

    assert Run.__module__ == "negaudit.lint.run"
    assert callable(negaudit.lint)


def test_importing_negaudit_imports_nothing_heavy() -> None:
    code = (
        "import sys, negaudit; print(sorted({'msgspec', 'yaml', 'hyperscan'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
