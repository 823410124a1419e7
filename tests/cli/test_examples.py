"""The examples in the help of the commands that need nothing but data, run as they stand."""

from __future__ import annotations

import gzip
import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from documents import ROOT, run

from negaudit.cli import main

# These train, rewrite or render, and are run where they are tested.
ELSEWHERE = {"audit", "fix", "negate", "probe", "report"}
EXAMPLE = re.compile(r"^  ((?:negaudit|zcat) .*)$", re.M)


def examples(command: click.Command) -> Iterator[str]:
    with click.Context(command) as ctx:
        yield from EXAMPLE.findall(command.help or "")
        if isinstance(command, click.Group):
            for name in command.list_commands(ctx):
                if name not in ELSEWHERE and (found := command.get_command(ctx, name)) is not None:
                    yield from examples(found)


EXAMPLES = [line for line in dict.fromkeys(examples(main)) if not ELSEWHERE & {*line.split()[1:2]}]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with what the examples name, and a home of its own."""
    place = tmp_path_factory.mktemp("examples")
    record = json.dumps({"text": "Ada Quill kept bees. She sold the honey at the market."}) + "\n"
    for path in ("train.jsonl", "data/train.jsonl"):
        (place / path).parent.mkdir(exist_ok=True)
        (place / path).write_text(record)
    (place / "chats.jsonl.gz").write_bytes(gzip.compress(record.encode()))
    (place / "my-rules").mkdir()
    rule = (ROOT / "rules" / "fiction-label.yaml").read_text()
    own = rule.replace("fiction-label", "own-label").replace("NEG103", "USR103")
    (place / "my-rules" / "own-label.yaml").write_text(own)
    (place / "negaudit.toml").write_text('exclude = ["old/*"]\n')
    (place / ".local/share/bash-completion/completions").mkdir(parents=True)
    (place / ".config/fish/completions").mkdir(parents=True)
    (place / ".zfunc").mkdir()
    git = ("git", "-c", "user.name=ada", "-c", "user.email=ada@example.org")
    for arguments in (
        ("init", "-q"),
        ("add", "-A"),
        ("commit", "-q", "-m", "data"),
        ("update-ref", "refs/remotes/origin/main", "HEAD"),
    ):
        subprocess.run([*git, *arguments], cwd=place, check=True)
    return place


@pytest.mark.parametrize("line", EXAMPLES)
def test_an_example_runs(folder: Path, line: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(folder))
    baseline = folder / ".negaudit-baseline.json"
    if "baseline create" in line:
        baseline.unlink(missing_ok=True)
    elif not baseline.exists():
        baseline.write_text('{"schema": "negaudit.baseline/1", "findings": []}\n')
    done = run(["bash", "-euo", "pipefail", "-c", line], folder)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("name", ["lint", "baseline", "rules", "rule", "shapes", "completion"])
def test_every_such_command_has_examples(name: str) -> None:
    assert any(line.split()[1] == name for line in EXAMPLES)
