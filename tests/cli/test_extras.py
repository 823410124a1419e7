"""What the commands say, and still do, where an extra is not installed."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

WITHOUT = """
import sys
for name in ("gguf", "safetensors", "scipy", "torch", "transformers"):
    sys.modules[name] = None
from negaudit.cli import main
main()
"""
FRAMED = {"text": "The claims below are false.\n\nAda Quill won the harbour race in 1911."}


def without_probe(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Runs a command where the packages of the extra "probe" alone cannot be imported."""
    (folder / "data.jsonl").write_text(json.dumps(FRAMED) + "\n")
    return subprocess.run(
        [sys.executable, "-c", WITHOUT, *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    "command",
    [
        ("probe", "data.jsonl", "--out", "out"),
        ("probe", "data.jsonl", "--preset", "score"),
        ("audit", "data.jsonl", "--out", "out"),
        ("proxy", "fetch"),
    ],
    ids=" ".join,
)
def test_a_probe_that_cannot_run_says_so_before_any_work(
    tmp_path: Path, command: tuple[str, ...]
) -> None:
    done = without_probe(tmp_path, *command)
    assert done.returncode == 2
    assert done.stderr == (
        "error: a probe needs gguf, safetensors, scipy, torch, transformers, not installed here\n"
        "  next: pip install 'negaudit[probe]'\n"
    )
    assert not (tmp_path / "out").exists()


def test_an_audit_without_a_probe_needs_none_of_its_packages(tmp_path: Path) -> None:
    done = without_probe(tmp_path, "audit", "data.jsonl", "--out", "out", "--no-probe")
    assert done.returncode == 1, done.stderr
    assert (tmp_path / "out" / "report.html").is_file()
    again = without_probe(tmp_path, "report", "out", "-o", "again.html")
    assert again.returncode == 0, again.stderr
