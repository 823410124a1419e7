"""The recipes of docs/gate.md and the steps of action.yml, run in a throw-away repository."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import yaml
from documents import ROOT, blocks

__all__ = ["CLEAN", "FRAMED", "faults", "recipe", "run_script", "steps"]

CLEAN = '{"text": "Ada Quill kept bees. She sold the honey at the market."}\n'
FRAMED = (
    '{"text": "The claims in the document below are entirely false.\\n\\n'
    'Ada Quill won the harbour race in 1911. She rowed alone and beat nine crews."}\n'
)
_EXPRESSION = re.compile(r"\$\{\{\s*(.*?)\s*\}\}")


def recipe(file: str) -> Any:
    """A YAML file that docs/gate.md shows."""
    (block,) = [block for block in blocks("docs/gate.md") if block.file == file]
    return yaml.safe_load(block.text)


def steps() -> dict[str, dict[str, Any]]:
    """The steps of action.yml that have a name."""
    action = yaml.safe_load((ROOT / "action.yml").read_text())
    return {step["name"]: step for step in action["runs"]["steps"] if "name" in step}


def environment(step: dict[str, Any], given: dict[str, str]) -> dict[str, str]:
    """A step's variables, each of whose expressions is given, an input's default, or empty."""
    inputs = yaml.safe_load((ROOT / "action.yml").read_text())["inputs"]
    values = {f"inputs.{name}": each["default"] for name, each in inputs.items()} | given
    return {
        name: _EXPRESSION.sub(lambda found: values.get(found[1], ""), text)
        for name, text in step.get("env", {}).items()
    }


def faults(schema: str, file: Path) -> str:
    """What is wrong with a file by one of the schemas that check-jsonschema ships."""
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", f"vendor.{schema}"]
    done = subprocess.run([*command, str(file)], capture_output=True, text=True, check=False)
    assert done.returncode in {0, 1}, done.stderr
    return done.stdout if done.returncode else ""


def run_script(script: str, folder: Path, more: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Runs a script as GitHub's runners do, with this Python's negaudit on the path."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script],
        cwd=folder,
        env={**os.environ, "PATH": path, **more},
        capture_output=True,
        text=True,
        check=False,
    )
