"""The recipe of docs/gate.md for pre-commit: the hook's own environment, built from a clone."""

from __future__ import annotations

import os
import shutil
import site
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from documents import ROOT

from .conftest import Repo
from .recipes import CLEAN, FRAMED, recipe

BUILT_FROM = (".pre-commit-hooks.yaml", "LICENSE", "README.md", "pyproject.toml")


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository of negaudit as it is now, at the tag of the recipe."""
    repo = Repo(tmp_path_factory.mktemp("source"))
    for name in ("negaudit", "rules", "reports"):
        unwanted = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / name, repo.folder / name, ignore=unwanted)
    for name in BUILT_FROM:
        shutil.copy(ROOT / name, repo.folder)
    repo.commit()
    repo.git("tag", recipe(".pre-commit-config.yaml")["repos"][0]["rev"])
    return repo.folder


@pytest.fixture
def offline(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Lets pip take what this Python has installed for what the network would give."""
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(site.getsitepackages()))
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    # pip takes the variable for the value of the option: false, no isolation.
    monkeypatch.setenv("PIP_NO_BUILD_ISOLATION", "0")
    monkeypatch.setenv("PRE_COMMIT_HOME", str(tmp_path / "pre-commit"))


def pre_commit(repo: Repo, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pre_commit", *arguments]
    return subprocess.run(command, cwd=repo.folder, capture_output=True, text=True, check=False)


@pytest.mark.usefixtures("offline")
def test_the_recipe_installs_itself_and_refuses_a_framed_change(repo: Repo, source: Path) -> None:
    configuration = recipe(".pre-commit-config.yaml")
    (told,) = configuration["repos"]
    told["repo"] = str(source)
    repo.write(".pre-commit-config.yaml", yaml.safe_dump(configuration))
    repo.write("data/a.jsonl", CLEAN)
    repo.git("add", "-A")
    first = pre_commit(repo, "run")
    assert first.returncode == 0, first.stdout + first.stderr
    assert "Installing environment" in first.stdout
    assert "Passed" in first.stdout
    repo.commit()
    repo.write("data/a.jsonl", CLEAN + FRAMED)
    repo.git("add", "-A")
    second = pre_commit(repo, "run")
    assert second.returncode == 1, second.stdout + second.stderr
    assert "data/a.jsonl:2  error NEG101 false-label" in second.stdout
    assert "negaudit fix data/a.jsonl --diff" in second.stdout
    (built,) = (Path(os.environ["PRE_COMMIT_HOME"])).glob("repo*/py_env-*/bin/negaudit")
    assert built.is_file()
