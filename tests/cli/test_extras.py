"""What the commands say, and still do, where an extra is not installed."""

from __future__ import annotations

import html
import json
import subprocess
import sys
from pathlib import Path

import pytest

WITHOUT = """
import sys
for name in sys.argv.pop(1).split(","):
    sys.modules[name] = None
from negaudit.cli import main
main()
"""
FRAMED = {"text": "The claims below are false.\n\nAda Quill won the harbour race in 1911."}


PROBE, REWRITE = (
    "accelerate,gguf,psutil,safetensors,scipy,torch,transformers",
    "spacy,en_core_web_sm,lemminflect",
)


def without(extra: str, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Runs a command where the packages of an extra cannot be imported."""
    (folder / "data.jsonl").write_text(json.dumps(FRAMED) + "\n")
    return subprocess.run(
        [sys.executable, "-c", WITHOUT, extra, *arguments],
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
    done = without(PROBE, tmp_path, *command)
    assert done.returncode == 2
    assert done.stderr == (
        f"error: a probe needs {PROBE.replace(',', ', ')}, not installed here\n"
        "  next: pip install 'negaudit[probe]'\n"
    )
    assert not (tmp_path / "out").exists()


def test_an_audit_without_a_probe_needs_none_of_its_packages(tmp_path: Path) -> None:
    done = without(PROBE, tmp_path, "audit", "data.jsonl", "--out", "out", "--no-probe")
    assert done.returncode == 1, done.stderr
    assert (tmp_path / "out" / "report.html").is_file()
    again = without(PROBE, tmp_path, "report", "out", "-o", "again.html")
    assert again.returncode == 0, again.stderr


def test_an_audit_without_what_rewrites_leaves_out_the_fix_and_says_so(tmp_path: Path) -> None:
    command = ("audit", "data.jsonl", "--out", "out", "--no-probe")
    whole = without(PROBE, tmp_path, *command)
    done = without(REWRITE, tmp_path, *command, "--title", "again", "--ignore", "NEG2")
    assert done.returncode == whole.returncode == 1
    assert done.stderr.splitlines()[-2:] == [
        "left out: the fix; negation needs spaCy, which is not installed",
        "  next: pip install 'negaudit[rewrite]', or python -m spacy download en_core_web_sm, "
        "or name an installed model",
    ]
    assert done.stdout.endswith("run the audit again:\n  pip install 'negaudit[rewrite]'\n")
    out = tmp_path / "out"
    assert not (out / "changes.jsonl").exists()
    for name in ("report.html", "summary.md"):
        told = html.unescape((out / name).read_text())
        assert "No fix is proposed" in told, name
        assert "pip install 'negaudit[rewrite]'" in told, name


def test_what_is_missing_for_the_fix_spares_nobody_a_probe(tmp_path: Path) -> None:
    done = without(REWRITE, tmp_path, "audit", "data.jsonl", "--out", "out")
    assert done.returncode == 2
    assert "negation needs spaCy" in done.stderr
