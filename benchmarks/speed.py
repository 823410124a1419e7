"""Prints how fast negaudit lints, beside decoding the same records with msgspec.

python benchmarks/speed.py                        made-up chats and framed documents
python benchmarks/speed.py --data FOLDER          every JSON Lines file of a folder, repeated

The start of a run (loading the rules, building the automaton, starting processes) is printed
apart: the clock begins when the first block of about 1 MB is done, and stops when all is done,
the second look at files with findings included.
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


class Clock:
    """Notes when a run has done its first block and when it has done its last."""

    def __init__(self) -> None:
        self.begun = time.perf_counter()
        self.first = self.last = (0, self.begun)

    def __call__(self, done: int, _total: int | None) -> None:
        """Notes the time; a run calls it after each block."""
        self.last = (done, time.perf_counter())
        if not self.first[0]:
            self.first = self.last

    @property
    def start(self) -> float:
        """Seconds to the first block's end."""
        return self.first[1] - self.begun

    @property
    def speed(self) -> float:
        """Megabytes a second after the first block."""
        return (self.last[0] - self.first[0]) / 1e6 / (self.last[1] - self.first[1])


def linting(path: Path, jobs: int) -> tuple[Clock, int]:
    """Lints a file; when, and with how many findings."""
    clock = Clock()
    run = Run([str(path)], LintOptions(jobs=jobs), progress=clock)
    findings = sum(1 for _ in run)
    return clock, findings


def measure(name: str, path: Path, jobs: int, repeats: int) -> None:
    """Measures one file and prints a line."""
    megabytes = path.stat().st_size / 1e6
    decoded: list[float] = []
    timed: list[tuple[Clock, int]] = []
    for _ in range(repeats):
        decoded.append(megabytes / decoding(path))
        timed.append(linting(path, jobs))
    speed = max(clock.speed for clock, _ in timed)
    print(
        COLUMNS.format(
            name,
            f"{megabytes:.1f}",
            timed[0][1],
            jobs,
            f"{max(decoded):.0f}",
            f"{speed:.1f}",
            f"{max(decoded) / speed:.2f}",
            f"{min(clock.start for clock, _ in timed):.2f}",
        ),
        flush=True,
    )


def made_files(folder: Path, megabytes: float) -> Iterator[tuple[str, Path]]:
    """Writes made-up data; framed documents are fewer, since each costs more."""
    chats = folder / "chats.jsonl"
    write(chats, clean_chats(), int(megabytes * 1e6))
    yield "clean chats (made up)", chats
    documents = folder / "documents.jsonl"
    write(documents, framed_documents(), max(2_500_000, int(megabytes * 1e5)))
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
    parser.add_argument("--repeats", type=int, default=3, help="the fastest counts")
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
