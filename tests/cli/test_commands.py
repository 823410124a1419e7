from __future__ import annotations

import json
from pathlib import Path

import pytest

from negaudit.schemas import shipped
from negaudit.schemas.contract import SCHEMAS
from negaudit.shapes.registry import names

from .conftest import Call
from .fakes import FakeRun


def test_rules_are_listed(call: Call, run: type[FakeRun]) -> None:
    lines = call("rules").stdout.splitlines()
    assert lines[0].split() == ["code", "rule", "kind", "severity", "what", "it", "finds"]
    assert lines[1].split()[:4] == ["NEG101", "false-label", "falsity", "error"]


def test_rules_are_listed_as_json(call: Call, run: type[FakeRun]) -> None:
    rules = json.loads(call("rules", "--format", "json").stdout)
    assert [rule["code"] for rule in rules] == ["NEG101", "NEG301", "NEG201"]
    assert rules[0]["examples"]["bad"][0]["text"] == "⟦Untrue:⟧ ⟪Ada flew.⟫"


@pytest.mark.parametrize("name", ["false-label", "NEG101", "neg101", "False-Label"])
def test_a_rule_is_shown_by_name_or_code(call: Call, run: type[FakeRun], name: str) -> None:
    assert call("rule", name).stdout.startswith("NEG101 false-label  error")


def test_a_rule_is_shown_as_json(call: Call, run: type[FakeRun]) -> None:
    assert json.loads(call("rule", "NEG101", "--format", "json").stdout)["name"] == "false-label"


def test_an_unknown_rule_is_refused_with_the_nearest(call: Call, run: type[FakeRun]) -> None:
    result = call("rule", "flase-label")
    assert result.exit_code == 2
    assert result.stderr == (
        "error: there is no rule 'flase-label'\n  next: did you mean 'false-label'?\n"
    )


def test_rule_names_complete_in_the_shell(call: Call, run: type[FakeRun]) -> None:
    environment = {
        "_NEGAUDIT_COMPLETE": "bash_complete",
        "COMP_WORDS": "negaudit rule NEG",
        "COMP_CWORD": "2",
    }
    assert call(env=environment).stdout.splitlines() == [
        "plain,NEG101",
        "plain,NEG301",
        "plain,NEG201",
    ]


def test_shapes_are_listed(call: Call) -> None:
    listed = [line.split()[0] for line in call("shapes").stdout.splitlines() if line[0] != " "]
    assert tuple(listed) == names()


@pytest.mark.parametrize("name", SCHEMAS)
def test_schemas_are_printed(call: Call, name: str) -> None:
    assert call("schema", name).stdout == shipped(name)


def test_config_shows_defaults(call: Call) -> None:
    options = json.loads(call("config", "--format", "json").stdout)
    assert options["fail-on"] == {"value": "warning", "from": "default"}


def test_config_shows_where_each_value_comes_from(call: Call, tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text('[tool.negaudit]\nignore = ["NEG107"]\n')
    options = json.loads(call("config", "--format", "json").stdout)
    origin = str(tmp_path / "pyproject.toml")
    assert options["ignore"] == {"value": ["NEG107"], "from": origin}
    assert options["select"]["from"] == "default"


def test_config_is_a_table_for_people(call: Call, tmp_path: Path) -> None:
    (tmp_path / "negaudit.toml").write_text("jobs = 4\n")
    rows = {line.split()[0]: line.split()[1:] for line in call("config").stdout.splitlines()}
    assert rows["jobs"] == ["4", str(tmp_path / "negaudit.toml")]
    assert rows["format"] == ['"text"', "default"]
