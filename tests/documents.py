"""The project's documents as their readers use them: fenced blocks, and the commands in them."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

__all__ = ["ROOT", "Block", "Command", "blocks", "commands", "enter", "run", "text"]

ROOT = Path(__file__).parents[1]
# What only a fresh environment can show; .ci/run runs these.
ELSEWHERE = {"environment", "install", "audit", "score", "develop", "test"}
FENCE = re.compile(r"(?:^<!-- ([^\n]*) -->\n)?^```([a-z]*) ?([^\n]*)\n(.*?)^```$", re.M | re.S)
EXIT = re.compile(r"# exits with (\d)")


class Block(NamedTuple):
    """A fenced block: the mark above it, its language, the file that it shows, its text."""

    mark: str
    language: str
    file: str
    text: str


class Command(NamedTuple):
    """A command line and the exit code that the document promises."""

    line: str
    code: int


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def blocks(name: str) -> list[Block]:
    return [Block(*found.groups(default="")) for found in FENCE.finditer(text(name))]


def commands(block: Block) -> Iterator[Command]:
    """The commands of a shell block, unless they are run elsewhere."""
    if block.language == "sh" and block.mark not in ELSEWHERE:
        for line in block.text.splitlines():
            promised = EXIT.search(line)
            yield Command(line, int(promised[1]) if promised else 0)


def enter(folder: Path) -> Path:
    """Puts into a folder what commands of the documents name."""
    for name in ("fixtures", "docs"):
        shutil.copytree(ROOT / name, folder / name)
    return folder


def run(arguments: list[str], folder: Path, given: str = "") -> subprocess.CompletedProcess[str]:
    scripts = str(Path(sys.executable).parent)
    path = f"{scripts}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, "PYTHONPATH": str(ROOT)}
    return subprocess.run(
        arguments,
        cwd=folder,
        env=environment,
        input=given,
        capture_output=True,
        text=True,
        check=False,
    )
