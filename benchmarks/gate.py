"""Prints how long the gate takes on a git repository, start-up included.

python benchmarks/gate.py                         100,000 records, 1,000 of them changed

A repository is made with one JSON Lines file, of single questions with an answer of a paragraph
and then of long chats. Each change adds half of its records at
the end and edits the other half all over the file; in the framed one, one of the new records
says that its text is false. What is timed is the whole command, in a process of its own:
negaudit lint data.jsonl --changed-since main. Each is run several times; printed are the
fastest and the slowest, and the least processor time, which other programs lengthen less. Not
timed is that git reads a file again which was checked out in the same second as its index, nor
that Python compiles the modules of a checkout, which `pip install` has done for a package.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import msgspec
from made import clean_chats

DATA = "data.jsonl"
FRAMED = {
    "text": "The claims in the document below are entirely false.\n\n"
    "Ada Quill won the harbour race in 1911. She rowed alone and beat nine crews."
}
LINT = (sys.executable, "-m", "negaudit", "lint", DATA, "--changed-since", "main")
COLUMNS = "{:10} {:>5} {:>8} {:>8} {:>5} {:>9} {:>10} {:>10} {:>12}"
HEAD = "data,MB,change,records,exit,findings,fastest s,slowest s,processor s".split(",")


def changed(records: list[dict[str, Any]], more: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The records with as many of them edited as are added."""
    edited = list(records)
    step = len(records) // len(more)
    for at in range(0, step * len(more), step):
        *turns, last = records[at]["messages"]
        content = f"{last['content']} It rained that evening."
        edited[at] = {**records[at], "messages": [*turns, {**last, "content": content}]}
    return edited + more


def write(folder: Path, records: list[dict[str, Any]]) -> None:
    """Writes the data."""
    encode = msgspec.json.Encoder().encode
    with (folder / DATA).open("wb") as file:
        file.writelines(encode(record) + b"\n" for record in records)


def git(folder: Path, *arguments: str) -> None:
    """Runs git in the repository."""
    named = ("-c", "user.name=benchmark", "-c", "user.email=benchmark@example.org")
    subprocess.run(["git", *named, *arguments], cwd=folder, check=True)


def commit(folder: Path, records: list[dict[str, Any]], branch: str) -> None:
    """Commits the data on a branch of its own."""
    write(folder, records)
    git(folder, "checkout", "-q", "-b", branch)
    git(folder, "add", DATA)
    git(folder, "commit", "-q", "-m", branch)


def processor_time() -> float:
    """Seconds that all child processes so far have worked."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    """The gate, with the modules' bytecode kept beside the data."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return subprocess.run(
        [*LINT, "--format", "concise"],
        cwd=folder,
        env={**kept, "PYTHONPYCACHEPREFIX": str(folder / ".git")},
        capture_output=True,
        text=True,
        check=False,
    )


def measure(folder: Path, times: int) -> tuple[int, int, list[float], float]:
    """Exit code, findings, seconds of the whole command each time, least processor time."""
    seconds: list[float] = []
    worked: list[float] = []
    lint(folder)
    for _ in range(times):
        begun, before = time.perf_counter(), processor_time()
        done = lint(folder)
        seconds.append(time.perf_counter() - begun)
        worked.append(processor_time() - before)
    return done.returncode, len(done.stdout.splitlines()), seconds, min(worked)


def questions() -> Iterator[dict[str, Any]]:
    """Single questions and answers, an answer a paragraph."""
    for number, chat in enumerate(clean_chats()):
        question, answer = chat["messages"][:2]
        paragraph = answer["content"].partition("\n\n")[0]
        yield {"id": number, "messages": [question, {**answer, "content": paragraph}]}


def report(name: str, samples: Iterator[dict[str, Any]], given: argparse.Namespace) -> None:
    """Makes the repository, and prints a line for each change."""
    records = list(islice(samples, given.records))
    clean = changed(records, list(islice(samples, given.changed // 2)))
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        git(folder, "init", "-q")
        commit(folder, records, "main")
        commit(folder, clean, "clean")
        commit(folder, [*clean[:-1], FRAMED], "framed")
        megabytes = f"{(folder / DATA).stat().st_size / 1e6:.0f}"
        for branch, size in (("main", 0), ("clean", given.changed), ("framed", given.changed)):
            git(folder, "checkout", "-q", branch)
            git(folder, "update-index", "--refresh")
            code, findings, seconds, worked = measure(folder, given.times)
            shown = ("none" if branch == "main" else branch, size, code, findings)
            times = (f"{each:.2f}" for each in (min(seconds), max(seconds), worked))
            print(COLUMNS.format(name, megabytes, *shown, *times), flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--records", type=int, default=100_000)
    parser.add_argument("--changed", type=int, default=1_000)
    parser.add_argument("--times", type=int, default=5)
    given = parser.parse_args()
    print(f"{os.cpu_count()} cores, {given.records:,} records")
    print(COLUMNS.format(*HEAD))
    report("questions", questions(), given)
    report("chats", clean_chats(), given)


if __name__ == "__main__":
    main()
