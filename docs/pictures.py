"""Makes the pictures of README.md: the terminal, and the report's first screen.

python docs/pictures.py           from docs/example.jsonl, without a probe
python docs/pictures.py FOLDER    the report of an audit

Writes docs/pictures/terminal.svg, report-light.png and report-dark.png. The report is drawn by
Chromium: the one that CHROMIUM names, or the one on the path.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from io import StringIO
from pathlib import Path
from typing import Final

from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text

ROOT: Final = Path(__file__).parents[1]
PICTURES: Final = ROOT / "docs" / "pictures"
EXAMPLE: Final = "docs/example.jsonl"
LINES: Final = 25
WIDTH: Final = 100
MARGIN: Final = 30
THEME: Final = TerminalTheme(
    (22, 22, 21),
    (235, 232, 225),
    [
        (57, 55, 51),
        (243, 154, 134),
        (140, 205, 164),
        (224, 187, 98),
        (143, 195, 234),
        (201, 162, 230),
        (111, 202, 191),
        (235, 232, 225),
    ],
)
# The fonts that rich names are fetched from a network.
FONT_FACE: Final = re.compile(r"@font-face \{.*?\}\s*", re.DOTALL)


def terminal(command: str) -> str:
    """An SVG of a terminal in which the command has printed its first lines."""
    arguments = command.split()[1:]
    environment = {**os.environ, "COLUMNS": str(WIDTH)}
    done = negaudit([*arguments, "--color", "always"], environment)
    console = Console(record=True, width=WIDTH, file=StringIO())
    console.print(Text(f"$ {command}", style="bold"))
    for line in done.splitlines()[:LINES]:
        console.print(Text.from_ansi(line))
    drawn = console.export_svg(title="negaudit", theme=THEME, unique_id="negaudit")
    return FONT_FACE.sub("", drawn).replace("Fira Code,", "ui-monospace, Menlo, Consolas,")


def negaudit(arguments: Sequence[str], environment: dict[str, str] | None = None) -> str:
    """What negaudit prints; a finding is no failure."""
    call = [sys.executable, "-m", "negaudit", *arguments]
    done = subprocess.run(
        call, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode not in (0, 1):
        raise SystemExit(done.stderr)
    return done.stdout


def photograph(report: Path, scheme: str, picture: Path) -> None:
    """Writes a picture of a report's head in a light or dark colour scheme."""
    from playwright.sync_api import sync_playwright

    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium)
        page = browser.new_page(
            viewport={"width": 1100, "height": 640},
            color_scheme="dark" if scheme == "dark" else "light",
            device_scale_factor=1.5,
        )
        page.goto(report.as_uri())
        head = page.locator("body > header").bounding_box()
        if head is None:
            raise SystemExit(f"{report} shows no head")
        height = head["y"] + head["height"] + MARGIN
        page.screenshot(path=picture, clip={"x": 0, "y": 0, "width": 1100, "height": height})
        browser.close()


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", metavar="FOLDER", nargs="?", help="an audit")
    given = parser.parse_args()
    PICTURES.mkdir(exist_ok=True)
    svg = terminal(f"negaudit lint {EXAMPLE}")
    (PICTURES / "terminal.svg").write_text(svg, encoding="utf-8")
    with tempfile.TemporaryDirectory() as scratch:
        folder = given.folder and str(Path(given.folder).resolve())
        if not folder:
            folder = f"{scratch}/audit"
            negaudit(["audit", EXAMPLE, "--out", folder, "--no-probe", "--quiet"])
        report = Path(scratch) / "report.html"
        negaudit(["report", folder, "-o", str(report)])
        for scheme in ("light", "dark"):
            photograph(report, scheme, PICTURES / f"report-{scheme}.png")


if __name__ == "__main__":
    main()
