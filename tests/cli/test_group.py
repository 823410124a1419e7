from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import negaudit
from negaudit.cli.group import COMMANDS
from negaudit.version import VERSION

from .conftest import Call

ROOT = Path(negaudit.__file__).parents[1]
HEAVY = ("rich", "yaml", "pyarrow", "datasets", "spacy", "torch", "hyperscan", "numpy")


def python(*arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("arguments", [["--help"], ["lint", "--help"]])
def test_help_imports_nothing_heavy(arguments: list[str]) -> None:
    script = (
        "import sys; from negaudit.cli import main\n"
        f"main({arguments!r}, standalone_mode=False)\n"
        f"sys.exit(', '.join(sorted(set({HEAVY!r}) & set(sys.modules))))"
    )
    assert python("-c", script).stderr.strip() == ""


def test_the_package_runs_as_a_module() -> None:
    result = python("-m", "negaudit", "--version")
    assert result.stdout == f"negaudit, version {VERSION}\n"


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself_and_its_exit_codes(call: Call, name: str) -> None:
    result = call(name, "--help")
    assert result.exit_code == 0
    assert "Exit codes" in result.stdout


def test_an_unknown_command_is_refused_with_the_nearest(call: Call) -> None:
    result = call("lnit", "data.jsonl")
    assert result.exit_code == 2
    assert result.stderr == "error: there is no command 'lnit'\n  next: did you mean 'lint'?\n"


def test_an_unknown_option_of_the_group_is_wrong_usage(call: Call) -> None:
    assert call("--frmat").exit_code == 2


@pytest.mark.parametrize("arguments", [["schema", "findings"], ["shapes"]])
def test_a_closed_pipe_is_quiet(arguments: list[str]) -> None:
    command = [sys.executable, "-m", "negaudit", *arguments]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    pipe = subprocess.PIPE
    with subprocess.Popen(command, env=environment, stdout=pipe, stderr=pipe) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        complaint = process.stderr.read()
    assert (process.returncode, complaint) == (141, b"")


def test_the_version_is_that_of_the_package() -> None:
    assert f'version = "{VERSION}"' in (ROOT / "pyproject.toml").read_text(encoding="utf-8")
