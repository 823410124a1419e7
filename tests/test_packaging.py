from __future__ import annotations

import json
import os
import subprocess
import sys
import tarfile
import zipfile
from functools import cache
from pathlib import Path

import pytest

import negaudit
from negaudit.find.rule_files import load_rules

ROOT = Path(__file__).parents[1]


def call(*arguments: str, folder: Path, path: Path | None = None) -> str:
    environment = {**os.environ, "PYTHONPATH": str(path or "")}
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def build(target: str, source: Path, folder: Path) -> Path:
    call("-m", "hatchling", "build", "-t", target, "-d", str(folder), folder=source)
    (built,) = folder.glob("*.whl" if target == "wheel" else "*.tar.gz")
    return built


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build("wheel", ROOT, tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def sdist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build("sdist", ROOT, tmp_path_factory.mktemp("sdist"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)
    return folder


@cache
def tracked() -> frozenset[str]:
    done = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if done.returncode:
        pytest.skip("this is no checkout")
    return frozenset(name for name in done.stdout.split("\0") if (ROOT / name).is_file())


@pytest.mark.parametrize(
    ("shipped_as", "source"), [("rules", "rules"), ("templates", "reports/templates")]
)
def test_the_wheel_holds_all_data(wheel: Path, shipped_as: str, source: str) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    start = f"negaudit/_data/{shipped_as}/"
    shipped = {name.removeprefix(start) for name in names if name.startswith(start)}
    files = (path for path in (ROOT / source).rglob("*") if path.is_file())
    assert shipped == {str(path.relative_to(ROOT / source)) for path in files}


def test_the_wheel_holds_the_schemas_the_types_and_the_licence(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    for name in ("finding", "findings", "statistics"):
        assert f"negaudit/schemas/{name}.schema.json" in names
    assert "negaudit/py.typed" in names
    assert any(name.endswith("licenses/LICENSE") for name in names)
    assert {name.split("/")[0] for name in names} == {
        "negaudit",
        f"negaudit-{negaudit.__version__}.dist-info",
    }


def test_what_is_installed_works_outside_the_repository(installed: Path, tmp_path: Path) -> None:
    home = call("-c", "import negaudit; print(negaudit.__file__)", folder=tmp_path, path=installed)
    assert Path(home.strip()).is_relative_to(installed)
    rules = call("-m", "negaudit", "rules", "--format", "json", folder=tmp_path, path=installed)
    assert [rule["code"] for rule in json.loads(rules)] == [rule.code for rule in load_rules()]
    schema = call("-m", "negaudit", "schema", "finding", folder=tmp_path, path=installed)
    assert json.loads(schema)["title"] == "negaudit.finding/1"


def test_the_command_is_an_entry_point(installed: Path) -> None:
    (folder,) = installed.glob("*.dist-info")
    points = (folder / "entry_points.txt").read_text()
    assert points.split() == ["[console_scripts]", "negaudit", "=", "negaudit.cli:main"]


def test_the_source_distribution_holds_every_tracked_file(sdist: Path) -> None:
    with tarfile.open(sdist) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert tracked() - names == set()


def test_the_source_distribution_builds_the_same_wheel(
    sdist: Path, wheel: Path, tmp_path: Path
) -> None:
    with tarfile.open(sdist) as archive:
        archive.extractall(tmp_path, filter="data")
    (source,) = tmp_path.iterdir()
    again = build("wheel", source, tmp_path / "built")
    assert zipfile.ZipFile(again).namelist() == zipfile.ZipFile(wheel).namelist()


@pytest.mark.parametrize("name", ["constraints.txt", "pyproject.toml", ".ci/run"])
def test_no_host_is_named(name: str) -> None:
    assert "://" not in (ROOT / name).read_text()
