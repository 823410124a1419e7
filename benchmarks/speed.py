"""Prints how fast negaudit lints, beside decoding the same records with msgspec.

python benchmarks/speed.py                        made-up chats and framed documents
python benchmarks/speed.py --data FOLDER          every JSON Lines file of a folder, repeated

The start of a run (loading the rules, building the automaton, starting processes) is measured
on one record and taken off; it is printed apart.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import msgspec
from made import clean_chats, framed_documents, write

from negaudit.lint import LintOptions, Run

COLUMNS = "{:32} {:>9} {:>9} {:>5} {:>11} {:>8} {:>9} {:>9}"


def decoding(path: Path) -> float:
    """Seconds that msgspec alone takes to decode the lines of a file."""
    decode = msgspec.json.Decoder().decode
    begun = time.perf_counter()
    with path.open("rb") as file:
        for line in file:
            decode(line)
    return time.perf_counter() - begun


def linting(path: Path, jobs: int) -> tuple[float, int]:
    """Seconds that a run takes, and how many findings it has."""
    begun = time.perf_counter()
    run = Run([str(path)], LintOptions(jobs=jobs))
    findings = sum(1 for _ in run)
    return time.perf_counter() - begun, findings


def measure(name: str, path: Path, jobs: int, repeats: int) -> None:
    """Measures one file and prints a line."""
    megabytes = path.stat().st_size / 1e6
    with tempfile.TemporaryDirectory() as folder:
        single = Path(folder) / "single.jsonl"
        single.write_bytes(b'{"text": "One line."}\n')
        start = min(linting(single, jobs)[0] for _ in range(repeats))
    bare = min(decoding(path) for _ in range(repeats))
    timed = [linting(path, jobs) for _ in range(repeats)]
    seconds = min(each for each, _ in timed) - start
    print(
        COLUMNS.format(
            name,
            f"{megabytes:.1f}",
            timed[0][1],
            jobs,
            f"{megabytes / bare:.0f}",
            f"{megabytes / seconds:.1f}",
            f"{seconds / bare:.2f}",
            f"{start:.2f}",
        ),
        flush=True,
    )


def made_files(folder: Path, megabytes: float) -> Iterator[tuple[str, Path]]:
    """Writes made-up data; framed documents are fewer, since each costs more."""
    chats = folder / "chats.jsonl"
    write(chats, clean_chats(), int(megabytes * 1e6))
    yield "clean chats (made up)", chats
    documents = folder / "documents.jsonl"
    write(documents, framed_documents(), int(megabytes * 1e5))
    yield "framed documents (made up)", documents


def given_files(given: Path, folder: Path, megabytes: float) -> Iterator[tuple[str, Path]]:
    """Repeats each JSON Lines file of a folder until it is large enough to measure."""
    for source in sorted(given.glob("*.jsonl")):
        data = source.read_bytes()
        path = folder / source.name
        with path.open("wb") as file:
            for _ in range(max(1, int(megabytes * 1e6) // max(1, len(data)))):
                file.write(data if data.endswith(b"\n") else data + b"\n")
        yield source.name, path
        path.unlink()


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, help="folder with JSON Lines files")
    parser.add_argument("--megabytes", type=float, default=50, help="how long each file is")
    parser.add_argument("--jobs", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--repeats", type=int, default=2, help="the fastest counts")
    given = parser.parse_args()
    heads = ("data", "MB", "findings", "jobs", "decode MB/s", "MB/s", "x decode", "start s")
    print(f"{os.cpu_count()} cores")
    print(COLUMNS.format(*heads))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files = made_files(folder, given.megabytes)
        if given.data is not None:
            files = given_files(given.data, folder, given.megabytes)
        for title, path in files:
            for jobs in given.jobs:
                measure(title, path, jobs, given.repeats)


if __name__ == "__main__":
    main()
