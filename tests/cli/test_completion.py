from __future__ import annotations

import shutil
import subprocess

import pytest

from .conftest import Call


def completed(call: Call, *words: str) -> list[str]:
    environment = {
        "_NEGAUDIT_COMPLETE": "bash_complete",
        "COMP_WORDS": " ".join(("negaudit", *words)),
        "COMP_CWORD": str(len(words)),
    }
    lines = call(env=environment).stdout.splitlines()
    return [line.removeprefix("plain,") for line in lines]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_script_asks_negaudit_for_completions(call: Call, shell: str) -> None:
    result = call("completion", shell)
    assert result.exit_code == 0
    assert f"_NEGAUDIT_COMPLETE={shell}_complete" in result.stdout


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_script_is_valid_where_its_shell_is_there(call: Call, shell: str) -> None:
    if shutil.which(shell) is None:
        pytest.skip(f"there is no {shell}")
    script = call("completion", shell).stdout
    subprocess.run([shell, "-n"], input=script, text=True, check=True)


def test_an_unknown_shell_is_wrong_usage(call: Call) -> None:
    assert call("completion", "nosh").exit_code == 2


def test_commands_options_and_values_complete(call: Call) -> None:
    assert completed(call, "comp") == ["completion"]
    assert completed(call, "baseline", "p") == ["prune"]
    assert "--changed-since" in completed(call, "lint", "--ch")
    assert completed(call, "lint", "--fail-on", "n") == ["note", "never"]
    assert completed(call, "lint", "--shape", "kt") == ["kto"]
