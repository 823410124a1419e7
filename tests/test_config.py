from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from negaudit.cli.commands.lint import command
from negaudit.config import LintConfig, find_config, load_config
from negaudit.errors import UsageError


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_every_option_of_lint_can_be_configured() -> None:
    configurable = {field.name for field in msgspec.structs.fields(LintConfig)}
    options = {parameter.name for parameter in command.params}
    assert configurable == options - {"paths", "config", "no_config"}


def test_defaults_are_those_of_the_command_line() -> None:
    for parameter in command.params:
        if parameter.name in {"format", "fail_on", "color", "jobs"}:
            assert getattr(LintConfig(), parameter.name) == parameter.default


def test_the_nearest_file_is_found_from_below(tmp_path: Path) -> None:
    write(tmp_path / "pyproject.toml", "[tool.negaudit]\njobs = 2\n")
    (tmp_path / "a" / "b").mkdir(parents=True)
    found = find_config(tmp_path / "a" / "b")
    assert found is not None
    assert (found.path, found.values) == (tmp_path / "pyproject.toml", {"jobs": 2})


def test_a_pyproject_without_our_table_is_passed_by(tmp_path: Path) -> None:
    write(tmp_path / "negaudit.toml", "jobs = 3\n")
    write(tmp_path / "a" / "pyproject.toml", "[tool.other]\njobs = 9\n")
    found = find_config(tmp_path / "a")
    assert found is not None
    assert found.values == {"jobs": 3}


def test_negaudit_toml_wins_over_pyproject_beside_it(tmp_path: Path) -> None:
    write(tmp_path / "negaudit.toml", "[tool.negaudit]\njobs = 3\n")
    write(tmp_path / "pyproject.toml", "[tool.negaudit]\njobs = 2\n")
    found = find_config(tmp_path)
    assert found is not None
    assert found.values == {"jobs": 3}


def test_the_search_stops_at_the_root_of_the_repository(tmp_path: Path) -> None:
    write(tmp_path / "negaudit.toml", "jobs = 3\n")
    (tmp_path / "repository" / ".git").mkdir(parents=True)
    assert find_config(tmp_path / "repository") is None


def test_all_options_are_read(tmp_path: Path) -> None:
    path = write(
        tmp_path / "negaudit.toml",
        """
        format = "json"
        output = "out.json"
        select = ["falsity"]
        ignore = ["NEG301"]
        fail-on = "never"
        max-framed-share = 0.5
        baseline = "known.json"
        changed-since = "main"
        statistics = true
        show-text = true
        quiet = true
        color = "never"
        jobs = 0
        shape = "text"
        rules = ["mine", "/theirs"]
        exclude = ["*.bak"]
        stdin-filename = "in.jsonl"
        """,
    )
    assert load_config(path).values == {
        "format": "json",
        "output": str(tmp_path / "out.json"),
        "select": ("falsity",),
        "ignore": ("NEG301",),
        "fail_on": "never",
        "max_framed_share": 0.5,
        "baseline": str(tmp_path / "known.json"),
        "changed_since": "main",
        "statistics": True,
        "show_text": True,
        "quiet": True,
        "color": "never",
        "jobs": 0,
        "shape": "text",
        "rules": (str(tmp_path / "mine"), "/theirs"),
        "exclude": ("*.bak",),
        "stdin_filename": "in.jsonl",
    }


@pytest.mark.parametrize(
    ("text", "problem", "hint"),
    [
        ("slect = []", "there is no option 'slect'", "did you mean 'select'?"),
        ("fail_on = 'error'", "there is no option 'fail_on'", "did you mean 'fail-on'?"),
        ("zzz = 1", "there is no option 'zzz'", "the options are format,"),
        ("jobs = '2'", "option 'jobs': Expected `int`, got `str`", "negaudit lint --help"),
        ("jobs = -1", "option 'jobs': Expected `int` >= 0", "negaudit lint --help"),
        ("select = [1]", "option 'select': Expected `str`, got `int`", "negaudit lint --help"),
        ("max-framed-share = 1.5", "option 'max-framed-share': Expected", "negaudit lint --help"),
        ("fail-on = 'bad'", "option 'fail-on': Invalid enum value 'bad'", "negaudit lint --help"),
        ("format = 'jsnl'", "there is no output format 'jsnl'", "did you mean 'jsonl'?"),
        ("jobs = ", "this is not TOML", "mend it"),
    ],
)
def test_what_is_wrong_is_said_with_file_key_and_advice(
    tmp_path: Path, text: str, problem: str, hint: str
) -> None:
    path = write(tmp_path / "negaudit.toml", text)
    with pytest.raises(UsageError) as caught:
        load_config(path)
    assert str(caught.value).startswith(str(path))
    assert problem in str(caught.value)
    assert hint in caught.value.hint


def test_a_named_pyproject_without_our_table_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path / "pyproject.toml", "[tool.other]\n")
    with pytest.raises(UsageError, match=r"there is no table \[tool.negaudit\]"):
        load_config(path)


def test_a_table_that_is_a_value_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path / "pyproject.toml", "[tool]\nnegaudit = 1\n")
    with pytest.raises(UsageError, match=r"tool.negaudit is no table"):
        load_config(path)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as caught:
        load_config(tmp_path / "none.toml")
    assert caught.value.message == "cannot be read: No such file or directory"
