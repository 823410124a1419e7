"""Runs the commands whose output README.md and docs/figures.md show, and writes it into them.

python docs/refresh.py                          the transcripts
python docs/refresh.py --figures --data FOLDER  the measured figures besides, which takes minutes
python docs/refresh.py --figures speed          only the figures of commands that name speed
python docs/refresh.py --check                  only says whether a transcript is stale

A transcript stands under `<!-- output: COMMAND -->`, figures under `<!-- figures: COMMAND -->`.
Figures of a command that names FOLDER are left as they are without --data.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[1]
DOCUMENTS: Final = (ROOT / "README.md", ROOT / "docs" / "figures.md")
BLOCK: Final = re.compile(r"<!-- (output|figures): ([^\n]+) -->\n```text\n(.*?)```\n", re.DOTALL)


def printed(command: str, *, most: int = 0) -> str:
    """What a command prints in the root of the repository, both streams together.

    Args:
        command: A shell command.
        most: The greatest exit code that is no failure; a lint that finds something exits with 1.
    """
    scripts = str(Path(sys.executable).parent)
    environment = {**os.environ, "PATH": f"{scripts}{os.pathsep}{os.environ['PATH']}"}
    done = subprocess.run(
        ["bash", "-c", command],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode not in range(most + 1):
        raise SystemExit(f"{command}: exit code {done.returncode}\n{done.stdout}")
    return "".join(f"{line.rstrip()}\n" for line in done.stdout.strip().splitlines())


def refreshed(text: str, *, figures: str | None = None, folder: str | None = None) -> str:
    """The text with what its commands print now.

    Args:
        text: A document.
        figures: Measure again what commands with this word print; None measures nothing.
        folder: What FOLDER stands for.
    """

    def replaced(block: re.Match[str]) -> str:
        kind, command, _ = block.groups()
        if kind == "figures":
            if figures is None or figures not in command:
                return block[0]
            if "FOLDER" in command and folder is None:
                print(f"left as it is, for want of --data: {command}", file=sys.stderr)
                return block[0]
        output = printed(command.replace("FOLDER", folder or ""), most=kind == "output")
        prompt = f"$ {command}\n" if kind == "output" else ""
        return f"<!-- {kind}: {command} -->\n```text\n{prompt}{output}```\n"

    return BLOCK.sub(replaced, text)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--figures", metavar="WORD", nargs="?", const="", help="measure again")
    parser.add_argument("--data", metavar="FOLDER", help="what FOLDER stands for in a command")
    parser.add_argument("--check", action="store_true", help="write nothing; exit with 1 if stale")
    given = parser.parse_args()
    for document in DOCUMENTS:
        text = document.read_text(encoding="utf-8")
        fresh = refreshed(text, figures=given.figures, folder=given.data)
        if not given.check:
            document.write_text(fresh, encoding="utf-8")
        elif fresh != text:
            raise SystemExit(f"{document.name} is stale: run python docs/refresh.py")


if __name__ == "__main__":
    main()
