"""The recipes of docs/gate.md.

The hooks run with this Python; test_pre_commit.py builds their environment. Not covered is DVC
itself: the stage's command is run without it.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from documents import ROOT, blocks, commands, enter, run

from .conftest import Repo
from .recipes import CLEAN, FRAMED, faults, recipe, run_script

HOOKS = {hook["id"]: hook for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())}


def test_every_command_does_what_the_document_promises(tmp_path: Path) -> None:
    enter(tmp_path)
    ran = [each for block in blocks("docs/gate.md") for each in commands(block)]
    assert len(ran) == 7
    for command in ran:
        done = run(["bash", "-euo", "pipefail", "-c", command.line], tmp_path)
        assert done.returncode == command.code, (command, done.stdout[-500:], done.stderr)


@pytest.mark.parametrize(
    ("file", "schema"),
    [(".github/workflows/negaudit.yml", "github-workflows"), (".gitlab-ci.yml", "gitlab-ci")],
)
def test_a_recipe_is_what_its_forge_takes(tmp_path: Path, file: str, schema: str) -> None:
    shown = tmp_path / Path(file).name
    shown.write_text(next(b.text for b in blocks("docs/gate.md") if b.file == file))
    assert faults(schema, shown) == ""


@pytest.fixture
def hooked(repo: Repo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Repo]:
    """A repository whose commits pass through the hook of the recipe, as it is defined."""
    monkeypatch.setenv("PRE_COMMIT_HOME", str(tmp_path / "pre-commit"))
    scripts = str(Path(sys.executable).parent)
    monkeypatch.setenv("PATH", f"{scripts}{os.pathsep}{os.environ['PATH']}")
    ((asked,),) = (each["hooks"] for each in recipe(".pre-commit-config.yaml")["repos"])
    hook = {**HOOKS[asked["id"]], **asked, "language": "system"}
    del hook["additional_dependencies"]
    configuration = {"repos": [{"repo": "local", "hooks": [hook]}]}
    repo.write(".pre-commit-config.yaml", yaml.safe_dump(configuration))
    install = [sys.executable, "-m", "pre_commit", "install"]
    subprocess.run(install, cwd=repo.folder, check=True, capture_output=True)
    return repo


def refused(repo: Repo) -> str:
    with pytest.raises(subprocess.CalledProcessError) as caught:
        repo.commit()
    return str(caught.value.stdout + caught.value.stderr)


def test_a_framed_record_is_not_committed_and_a_clean_one_is(hooked: Repo) -> None:
    hooked.write("data/a.jsonl", CLEAN)
    first = hooked.commit()
    hooked.write("data/a.jsonl", CLEAN + FRAMED)
    told = refused(hooked)
    assert "data/a.jsonl:2  error NEG101 false-label" in told
    assert "separate words say that the text is false" in told
    assert "negaudit fix data/a.jsonl --diff" in told
    assert hooked.git("rev-parse", "HEAD") == first
    hooked.write("data/a.jsonl", CLEAN + CLEAN)
    assert hooked.commit() != first


def test_the_first_commit_is_judged_too(hooked: Repo) -> None:
    hooked.write("data/a.jsonl", FRAMED)
    assert "data/a.jsonl:1" in refused(hooked)


def test_old_findings_and_other_folders_hold_no_commit(hooked: Repo) -> None:
    hooked.write("data/a.jsonl", FRAMED)
    hooked.git("add", "-A")
    hooked.git("commit", "-q", "--no-verify", "-m", "old")
    hooked.write("data/a.jsonl", CLEAN + FRAMED)
    hooked.write("notes/b.jsonl", FRAMED)
    hooked.commit()


@pytest.mark.parametrize("hook", HOOKS.values(), ids=list(HOOKS))
def test_hooks_look_at_data_and_not_at_configuration(hook: dict[str, str]) -> None:
    def looks(path: str) -> bool:
        found = re.search(hook["files"], path)
        return bool(found) and not re.search(hook["exclude"], path)

    assert all(map(looks, ["a.jsonl", "b/c.json", "d.csv", "e.parquet", "f.jsonl.gz", "g.arrow"]))
    assert not any(map(looks, ["package.json", "a/tsconfig.base.json", "x.py", "config.json"]))


def test_both_hooks_are_serial_and_run_lint() -> None:
    assert [hook["entry"] for hook in HOOKS.values()] == [
        "negaudit lint",
        "negaudit lint --changed-since HEAD",
    ]
    assert all(hook["require_serial"] for hook in HOOKS.values())


def test_the_job_of_gitlab_writes_its_report(repo: Repo) -> None:
    repo.write("data/a.jsonl", FRAMED)
    base = repo.commit()
    repo.write("data/a.jsonl", FRAMED + CLEAN)
    job = recipe(".gitlab-ci.yml")["negaudit"]
    install, lint = job["script"]
    assert install.startswith("pip install ")
    variables = {"CI_MERGE_REQUEST_DIFF_BASE_SHA": base}
    assert run_script(lint, repo.folder, variables).returncode == 0
    repo.write("data/a.jsonl", FRAMED + CLEAN + FRAMED)
    assert run_script(lint, repo.folder, variables).returncode == 1
    (found,) = json.loads((repo.folder / job["artifacts"]["reports"]["codequality"]).read_text())
    assert found["location"] == {"path": "data/a.jsonl", "lines": {"begin": 3}}


def test_the_stage_of_dvc_fails_on_what_the_baseline_lacks(repo: Repo) -> None:
    repo.write("data/a.jsonl", FRAMED)
    stage = recipe("dvc.yaml")["stages"]["negaudit"]
    run_script("negaudit baseline create data", repo.folder, {})
    assert all((repo.folder / dependency).exists() for dependency in stage["deps"])
    assert run_script(stage["cmd"], repo.folder, {}).returncode == 0
    (out,) = (name for each in stage["outs"] for name in each)
    assert (repo.folder / out).is_file()
    repo.write("data/a.jsonl", FRAMED + FRAMED)
    assert run_script(stage["cmd"], repo.folder, {}).returncode == 1


def test_the_workflow_of_github_gives_inputs_that_exist() -> None:
    (job,) = recipe(".github/workflows/negaudit.yml")["jobs"].values()
    checkout, negaudit = job["steps"]
    inputs = yaml.safe_load((ROOT / "action.yml").read_text())["inputs"]
    assert checkout["with"]["fetch-depth"] == 0
    assert set(negaudit["with"]) <= set(inputs)
