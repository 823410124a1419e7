"""action.yml against the schema of GitHub's actions, and its steps run as scripts.

Not covered: what the other actions do that some steps use, the installation, and the conditions
(`if`), which only a runner evaluates.
"""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pytest
import yaml
from documents import ROOT

from .conftest import Repo
from .recipes import CLEAN, FRAMED, environment, faults, run_script, steps


class Runner:
    """The files that a runner of GitHub gives to a step."""

    def __init__(self, repo: Repo, folder: Path) -> None:
        self.folder = repo.folder
        self.temp = folder / "temp"
        self.temp.mkdir()
        self.summary, self.output = folder / "summary.md", folder / "output.txt"
        self.variables = {
            "RUNNER_TEMP": str(self.temp),
            "GITHUB_STEP_SUMMARY": str(self.summary),
            "GITHUB_OUTPUT": str(self.output),
        }

    def run(self, name: str, given: dict[str, str]) -> subprocess.CompletedProcess[str]:
        step = steps()[name]
        return run_script(step["run"], self.folder, {**self.variables, **environment(step, given)})

    def lint(self, base: str, **inputs: str) -> subprocess.CompletedProcess[str]:
        given = {f"inputs.{name.replace('_', '-')}": value for name, value in inputs.items()}
        return self.run("Lint", {"github.event.pull_request.base.sha": base, **given})

    @property
    def outputs(self) -> dict[str, str]:
        return dict(line.split("=", 1) for line in self.output.read_text().splitlines())


@pytest.fixture
def runner(repo: Repo, tmp_path: Path) -> Runner:
    repo.write("data/a.jsonl", FRAMED + CLEAN)
    repo.commit()
    return Runner(repo, tmp_path)


def test_a_framed_change_is_in_the_summary_and_in_the_sarif(repo: Repo, runner: Runner) -> None:
    base = repo.git("rev-parse", "HEAD")
    repo.write("data/a.jsonl", FRAMED + CLEAN + FRAMED.replace("1911", "1912"))
    repo.commit()
    done = runner.lint(base)
    assert done.returncode == 0, done.stderr
    assert "negaudit fix data/a.jsonl --diff" in done.stderr
    assert runner.outputs["exit-code"] == "1"
    (run,) = json.loads(Path(runner.outputs["sarif"]).read_text())["runs"]
    (result,) = run["results"]
    assert result["locations"][0]["physicalLocation"]["region"]["startLine"] == 3
    assert "data/a.jsonl:3" in runner.summary.read_text()


def test_a_clean_change_passes_beside_old_findings(repo: Repo, runner: Runner) -> None:
    base = repo.git("rev-parse", "HEAD")
    repo.write("data/b c.jsonl", CLEAN)
    repo.commit()
    assert runner.lint(base, paths="\ndata/a.jsonl\ndata/b c.jsonl\n").returncode == 0
    assert runner.outputs["exit-code"] == "0"
    assert "negaudit: clean" in runner.summary.read_text()


def test_all_records_are_linted_when_asked_and_the_baseline_is_used(
    repo: Repo, runner: Runner
) -> None:
    base = repo.git("rev-parse", "HEAD")
    runner.lint(base, changed_since="none")
    assert runner.outputs["exit-code"] == "1"
    run_script("negaudit baseline create data", repo.folder, {})
    runner.lint(base, changed_since="none", baseline=".negaudit-baseline.json")
    assert runner.outputs["exit-code"] == "0"


def test_a_shallow_clone_fails_and_the_log_says_what_to_do(runner: Runner) -> None:
    done = runner.lint("f" * 40)
    assert runner.outputs["exit-code"] == "2"
    assert "git knows no revision" in done.stderr
    assert "could not run" in runner.summary.read_text()


@pytest.mark.parametrize("status", [0, 1, 2])
def test_the_verdict_is_the_exit_code_of_the_lint(runner: Runner, status: int) -> None:
    done = runner.run("Verdict", {"steps.lint.outputs.exit-code": str(status)})
    assert done.returncode == status
    assert ("::error" in done.stdout) is (status > 0)


def test_the_report_is_kept_and_summed_up(runner: Runner) -> None:
    done = runner.run("Report", {"inputs.report": "data"})
    assert done.returncode == 0, done.stderr
    assert (runner.temp / "negaudit" / "report" / "report.html").is_file()
    assert runner.summary.read_text().strip()


def test_the_action_is_what_github_takes() -> None:
    assert faults("github-actions", ROOT / "action.yml") == ""


def test_expressions_name_what_there_is() -> None:
    action = yaml.safe_load((ROOT / "action.yml").read_text())
    named = {step["id"]: step for step in action["runs"]["steps"] if "id" in step}
    written = re.findall(r"\$\{\{(.*?)\}\}", (ROOT / "action.yml").read_text())
    assert set(re.findall(r"inputs\.([\w-]+)", " ".join(written))) == set(action["inputs"])
    outputs = re.findall(r"steps\.([\w-]+)\.outputs\.([\w-]+)", " ".join(written))
    assert outputs
    for step, output in outputs:
        assert f'echo "{output}=' in named[step]["run"]


def test_what_is_sent_and_kept_is_what_the_scripts_write(runner: Runner) -> None:
    runner.lint("HEAD")
    sent, kept = (
        steps()[name]["with"] for name in ("Send to code scanning", "Keep findings and report")
    )
    assert sent["sarif_file"] == "${{ steps.lint.outputs.sarif }}"
    folder = Path(kept["path"].replace("${{ runner.temp }}", str(runner.temp)))
    assert Path(runner.outputs["sarif"]).is_relative_to(folder)


def test_no_input_is_put_into_a_script() -> None:
    for step in steps().values():
        assert "${{" not in step.get("run", "")


def test_every_input_is_documented_and_used() -> None:
    text = (ROOT / "action.yml").read_text()
    for name, described in yaml.safe_load(text)["inputs"].items():
        assert described["description"]
        assert f"inputs.{name}" in text


def test_every_script_is_valid() -> None:
    for step in steps().values():
        if "run" in step:
            subprocess.run(["bash", "-n"], input=step["run"], text=True, check=True)
