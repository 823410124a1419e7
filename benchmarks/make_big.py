"""Writes a big file of invented chats, to measure memory and speed on.

python benchmarks/make_big.py big.jsonl --megabytes 1000

The name's ending chooses the format: .jsonl, .json (one array), .jsonl.gz, .csv or .parquet.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TextIO

import msgspec

TEXT = """
the a this that lamp river engine bread window harbour violin garden letter teacher winter
opens carries answers repairs measures paints follows lends slowly again early twice with
under beyond before because while and but green heavy quiet narrow useful old
"""
WORDS = TEXT.split()
SAMPLES = 2000

Record = dict[str, Any]


def samples(seed: int) -> list[Record]:
    """Makes some chats; the file repeats them under numbers of their own."""
    chance = random.Random(seed)

    def prose(words: int) -> str:
        sentences = (" ".join(chance.choices(WORDS, k=12)).capitalize() for _ in range(words // 12))
        return ". ".join(sentences) + "."

    def turns() -> list[dict[str, str]]:
        return [
            {"role": role, "content": prose(words)}
            for _ in range(chance.randint(1, 3))
            for role, words in (("user", 30), ("assistant", chance.randint(30, 200)))
        ]

    return [{"messages": turns()} for _ in range(SAMPLES)]


def records(size: int, seed: int = 0) -> Iterator[Record]:
    """Yields numbered chats until their JSON text reaches `size` bytes."""
    pool = samples(seed)
    lengths = [len(msgspec.json.encode(record)) for record in pool]
    number = written = 0
    while written < size:
        yield {"id": number, **pool[number % SAMPLES]}
        written += lengths[number % SAMPLES]
        number += 1


def write_lines(path: Path, rows: Iterator[Record]) -> None:
    with path.open("wb") as file:
        file.writelines(msgspec.json.encode(row) + b"\n" for row in rows)


def write_compressed(path: Path, rows: Iterator[Record]) -> None:
    with gzip.open(path, "wb", compresslevel=1) as file:
        for row in rows:
            file.write(msgspec.json.encode(row) + b"\n")


def write_array(path: Path, rows: Iterator[Record]) -> None:
    with path.open("wb") as file:
        for number, row in enumerate(rows):
            file.write((b",\n " if number else b"[\n ") + msgspec.json.encode(row))
        file.write(b"\n]\n")


def write_table(path: Path, rows: Iterator[Record]) -> None:
    file: TextIO
    with path.open("w", newline="") as file:
        table = csv.writer(file)
        table.writerow(["id", "messages"])
        for row in rows:
            table.writerow([row["id"], msgspec.json.encode(row["messages"]).decode()])


def write_parquet(path: Path, rows: Iterator[Record]) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    turn = pa.struct([("role", pa.string()), ("content", pa.string())])
    schema = pa.schema([("id", pa.int64()), ("messages", pa.list_(turn))])
    with pq.ParquetWriter(path, schema) as writer:
        batch: list[Record] = []
        for row in rows:
            batch.append(row)
            if len(batch) == 100_000:
                writer.write_table(pa.Table.from_pylist(batch, schema))
                batch = []
        writer.write_table(pa.Table.from_pylist(batch, schema))


WRITERS: dict[str, Callable[[Path, Iterator[Record]], None]] = {
    ".jsonl": write_lines,
    ".gz": write_compressed,
    ".json": write_array,
    ".csv": write_table,
    ".parquet": write_parquet,
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("path", type=Path)
    parser.add_argument("--megabytes", type=int, default=1000, help="size of the JSON text")
    arguments = parser.parse_args()
    if arguments.path.suffix not in WRITERS:
        parser.error(f"the name must end in one of {', '.join(WRITERS)}")
    WRITERS[arguments.path.suffix](arguments.path, records(arguments.megabytes * 1_000_000))


if __name__ == "__main__":
    main()
