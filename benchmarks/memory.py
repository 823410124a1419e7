"""Prints the peak memory of a lint: the resident sets of all its processes together.

python benchmarks/memory.py --gigabytes 2 --jobs 1 2

The file holds made-up chats and a share of framed documents; Linux only, since processes are
read from /proc. Pages that processes share are counted once for each.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from made import clean_chats, framed_documents, write

CHUNK = 100_000_000
INTERVAL = 0.05
LINT = """
import sys
from negaudit.lint import LintOptions, Run

if __name__ == "__main__":
    run = Run([sys.argv[1]], LintOptions(jobs=int(sys.argv[2])))
    print(sum(1 for _ in run), "findings,", run.statistics.records, "records")
"""


def make(path: Path, gigabytes: float, framed: float) -> None:
    """Writes the file in turns: mostly chats, then some framed documents."""
    chats, documents = clean_chats(), framed_documents()
    size = int(gigabytes * 1e9)
    while size > 0:
        part = min(CHUNK, size)
        write(path, chats, int(part * (1 - framed)))
        write(path, documents, int(part * framed))
        size -= part


def resident(root: int) -> int:
    """Bytes that a process and all its descendants hold in memory."""
    parents: dict[int, int] = {}
    pages: dict[int, int] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
            except (FileNotFoundError, ProcessLookupError):
                continue  # it ended while the list was read
            parents[int(entry.name)] = int(fields[1])
            pages[int(entry.name)] = int(fields[21])
    family = {root}
    while more := {pid for pid, parent in parents.items() if parent in family} - family:
        family |= more
    return sum(pages.get(pid, 0) for pid in family) * os.sysconf("SC_PAGE_SIZE")


def peak(path: Path, jobs: int) -> tuple[int, float, str]:
    """Lints in a process of its own; peak bytes, seconds, and what it said."""
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "lint.py"
        script.write_text(LINT)
        begun = time.perf_counter()
        command = [sys.executable, str(script), str(path), str(jobs)]
        environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])}
        with subprocess.Popen(
            command, stdout=subprocess.PIPE, text=True, env=environment
        ) as process:
            most = 0
            while process.poll() is None:
                most = max(most, resident(process.pid))
                time.sleep(INTERVAL)
            said = process.stdout.read().strip() if process.stdout else ""
        if process.returncode:
            raise SystemExit(process.returncode)
        return most, time.perf_counter() - begun, said


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--gigabytes", type=float, default=2)
    parser.add_argument("--framed", type=float, default=0.002, help="share of framed text")
    parser.add_argument("--jobs", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--file", type=Path, help="lint this file instead of a generated one")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = given.file or Path(folder) / "generated.jsonl"
        if given.file is None:
            make(path, given.gigabytes, given.framed)
        print(f"{path.stat().st_size / 1e9:.2f} GB")
        for jobs in given.jobs:
            most, seconds, said = peak(path, jobs)
            print(f"jobs {jobs}: peak {most / 1e6:.0f} MB, {seconds:.1f} s, {said}", flush=True)


if __name__ == "__main__":
    main()
