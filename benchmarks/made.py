"""Made-up chats and framed documents to measure speed and memory on.

The text comes from the bodies and frames in benchmarks/frames, which are written by hand: so
its words are as varied, and as tempting for a linter, as those of real data.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

import msgspec

__all__ = ["clean_chats", "framed_documents", "write"]

Record = dict[str, Any]

FRAMES: Final = Path(__file__).parent / "frames"
KINDS: Final = ("falsity", "fiction", "low-probability", "unreliable-source", "unverified")
PLACEMENTS: Final = ("prefix", "suffix", "wrap")
SAMPLES: Final = 3000


def clean_chats(seed: int = 0) -> Iterator[Record]:
    """Chats of one to three turns about facts that nobody disowns, without an end."""
    chance = random.Random(seed)
    bodies = [row for row in _rows("bodies") if row["body"] == "fact"]

    def chat() -> Record:
        turns = []
        for row in chance.sample(bodies, chance.randint(1, 3)):
            more = chance.sample(bodies, chance.randint(0, 3))
            answer = "\n\n".join(each["text"] for each in (row, *more))
            turns += [
                {"role": "user", "content": row["question"]},
                {"role": "assistant", "content": answer},
            ]
        return {"messages": turns}

    return _repeated(chat)


def framed_documents(seed: int = 0) -> Iterator[Record]:
    """Documents of five to twenty paragraphs under a frame, without an end."""
    chance = random.Random(seed)
    bodies = [row["text"] for row in _rows("bodies") if row["body"] == "fact"]
    frames = [
        row["template"]
        for kind in KINDS
        for row in _rows(kind)
        if row["placement"] in PLACEMENTS and isinstance(row["template"], str)
    ]

    def document() -> Record:
        text = "\n\n".join(chance.sample(bodies, chance.randint(5, 20)))
        return {"text": chance.choice(frames).replace("{body}", text)}

    return _repeated(document)


def write(path: Path, records: Iterator[Record], size: int) -> None:
    """Writes records to a JSON Lines file until it has `size` bytes."""
    encode = msgspec.json.Encoder().encode
    written = 0
    with path.open("ab") as file:
        while written < size:
            written += file.write(encode(next(records)) + b"\n")


def _rows(name: str) -> list[Record]:
    files = sorted(FRAMES.glob(f"*/{name}.jsonl"))
    return [msgspec.json.decode(line) for file in files for line in file.open("rb")]


def _repeated(make: Callable[[], Record]) -> Iterator[Record]:
    """Makes some records and repeats them, each time under a number of its own."""
    samples = [make() for _ in range(SAMPLES)]
    number = 0
    while True:
        yield {"id": number, **samples[number % SAMPLES]}
        number += 1
