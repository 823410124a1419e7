from __future__ import annotations

import re
from pathlib import Path

import pytest
import refresh
from documents import ELSEWHERE, ROOT, Block, blocks, commands, enter, run, text

import negaudit
from negaudit.find.rule_files import load_rules
from negaudit.output import format_names
from negaudit.records import Placement
from negaudit.shapes.registry import names

DOCUMENTS = (
    "README.md",
    "CONTRIBUTING.md",
    "benchmarks/README.md",
    "docs/figures.md",
    "docs/gate.md",
    "docs/reference.md",
)
# | kind | rule | "A frame." |
QUOTED = re.compile(r'^\| ([a-z-]+) \| `[^|]+ \| "([^"]+)" \|$', re.M)
BODY = "The ferry to Norre is painted green. It crosses the strait twice a day."
LINK = re.compile(r"\]\(([^)#]+)\)")

SHAPE = """
import negaudit.shapes
from negaudit.records import Role, Trained
from negaudit.shapes.columns import Columns
from negaudit.shapes.registry import shape
from negaudit.shapes.script import Script

{snippet}

name, (asked, answered) = negaudit.shapes.segments_of({{"riddle": "What?", "solution": "That."}})
assert name == "riddle"
assert (asked.trained, answered.trained) == (Trained.NO, Trained.YES)
"""
FORMAT = """
import io
from typing import TextIO
from negaudit.output import Look, Results, output_format

{snippet}

out = io.StringIO()
write_count([1, 2], out, Look())
assert out.getvalue() == "2\\n"
"""


def runs(python: str, folder: Path) -> None:
    done = run(["python", "-W", "error", "-"], folder, python)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("name", ["README.md", "docs/reference.md", "CONTRIBUTING.md"])
def test_every_command_does_what_the_document_promises(name: str, tmp_path: Path) -> None:
    enter(tmp_path)
    for block in blocks(name):
        if block.file:
            path = tmp_path / block.file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(block.text, encoding="utf-8")
        for command in commands(block):
            done = run(["bash", "-euo", "pipefail", "-c", command.line], tmp_path)
            assert done.returncode == command.code, (command, done.stdout[-500:], done.stderr)


def test_the_library_does_what_the_reference_says(tmp_path: Path) -> None:
    found = [block.text for block in blocks("docs/reference.md") if block.language == "python"]
    (snippet,) = found
    runs(snippet, enter(tmp_path))


@pytest.mark.parametrize(("number", "frame"), [(0, SHAPE), (1, FORMAT)])
def test_a_snippet_of_the_guide_works(number: int, frame: str, tmp_path: Path) -> None:
    snippets = [block.text for block in blocks("CONTRIBUTING.md") if block.language == "python"]
    runs(frame.format(snippet=snippets[number]), tmp_path)


def test_the_transcripts_are_what_the_commands_print() -> None:
    readme = text("README.md")
    assert refresh.refreshed(readme) == readme


@pytest.mark.parametrize("name", sorted(ELSEWHERE))
def test_the_blocks_that_only_a_fresh_environment_can_run_are_there(name: str) -> None:
    marked = [block for block in blocks("README.md") if block.mark == name]
    assert [block.language for block in marked] == ["sh"]


def test_figures_stand_in_blocks_that_can_be_refreshed() -> None:
    figures = text("docs/figures.md")
    marks = [block.mark for block in blocks("docs/figures.md")]
    assert marks == [f"figures: {found[2]}" for found in refresh.BLOCK.finditer(figures)]
    for mark in marks:
        assert (ROOT / mark.split()[2]).is_file()


def test_figures_that_the_readme_quotes_were_printed() -> None:
    section = text("README.md").partition("## How well it does")[2].partition("\n## ")[0]
    quoted = re.findall(r"`([^`]+)`(?:, | \|$)", section, re.M)
    printed = " ".join(text("docs/figures.md").split())
    assert quoted
    assert [figure for figure in quoted if figure not in printed] == []


def test_the_documents_name_every_rule_format_and_placement() -> None:
    readme = text("README.md") + text("docs/reference.md")
    for rule in load_rules():
        assert f"| {rule.kind} | `{rule.name}` {rule.code} |" in readme
    for word in (*format_names(), *Placement):
        assert f"`{word}`" in readme or f"`--format {word}`" in readme


@pytest.mark.parametrize(("kind", "frame"), QUOTED.findall(text("README.md")))
def test_a_frame_that_the_readme_quotes_is_found(kind: str, frame: str) -> None:
    parts = (BODY, frame) if "above" in frame else (frame, BODY)
    found = negaudit.lint(["\n\n".join(parts)])
    assert [finding.kind for finding in found] == [kind]


def test_the_documents_name_no_format_or_option_that_does_not_exist() -> None:
    readme = text("README.md") + text("docs/reference.md")
    assert set(re.findall(r"--format ([a-z]+)", readme)) <= set(format_names())
    assert set(re.findall(r"--shape ([a-z_]+)", readme)) <= set(names())


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_link_leads_somewhere(name: str) -> None:
    folder = (ROOT / name).parent
    own = [link for link in LINK.findall(text(name)) if not link.startswith("https://")]
    assert [link for link in own if not (folder / link).exists()] == []


def test_a_block_knows_its_mark_language_and_file() -> None:
    marked = blocks("README.md")
    assert [block for block in marked if block.mark == "test"] == [
        Block("test", "sh", "", "pytest -n 2\n")
    ]
    files = [block.file for block in blocks("docs/reference.md") if block.file]
    assert files == ["pyproject.toml"]
