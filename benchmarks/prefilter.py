"""Prints what the prefilter costs, and what it loses.

python benchmarks/prefilter.py                    the frames in benchmarks/frames
python benchmarks/prefilter.py --data FOLDER      and the speed on JSON Lines files of clean data

Lost is a record that the finder finds when it looks at every sentence of it, and does not find
behind the prefilter.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from negaudit.find.finder import Finder
from negaudit.find.prefilter import Prefilter
from negaudit.find.rule_files import load_rule_set
from negaudit.find.rules import RuleSet
from negaudit.find.units import split_units
from negaudit.lint.block import BlockLinter
from negaudit.records import Block, Record
from negaudit.shapes import segments_of

FRAMES = Path(__file__).parent / "frames"
NOT_FRAMES = {"bodies.jsonl", "negatives.jsonl"}


class LookEverywhere(Prefilter):
    """A prefilter that lets every sentence through."""

    def anchors(self, text: bytes) -> list[int]:
        """An offset in every word."""
        return list(range(1, len(text) + 1))


def found(finder: Finder, value: Any) -> bool:
    """Whether the finder has a finding in a record."""
    shape, segments = segments_of(value)
    return any(True for _ in finder.find(Record("-", 0, 1, shape, segments)))


def filled(folder: Path) -> Iterator[Any]:
    """The templates of a folder of frames, filled with its bodies."""
    bodies = [json.loads(line) for line in (folder / "bodies.jsonl").open(encoding="utf-8")]
    for path in sorted(folder.glob("*.jsonl")):
        if path.name in NOT_FRAMES:
            continue
        for number, line in enumerate(path.open(encoding="utf-8")):
            entry = json.loads(line)
            fitting = [body for body in bodies if body["body"] == entry["body"]]
            value = record(entry["template"], fitting[number % len(fitting)])
            if value is not None:
                yield value


def record(template: Any, body: dict[str, str]) -> Any:
    """A record made of a template and a body; None where the body has too few sentences."""
    values = {
        "body": body["text"],
        "claim": body.get("claim", body["text"]),
        "question": body.get("question") or "Tell me more.",
    }
    if "{part1}" in json.dumps(template):
        units = split_units(body["text"])
        if len(units) < 3:
            return None
        one, two = units[len(units) // 3].start, units[2 * len(units) // 3].start
        parts = (body["text"][:one], body["text"][one:two], body["text"][two:])
        values |= {f"part{at}": part.strip() for at, part in enumerate(parts, 1)}
    value = fill(template, values)
    if isinstance(value, str):
        return {"text": value}
    return {"messages": value} if isinstance(value, list) else value


def fill(template: Any, values: dict[str, str]) -> Any:
    """A template with its {names} replaced."""
    if isinstance(template, str):
        for name, value in values.items():
            template = template.replace(f"{{{name}}}", value)
        return template
    if isinstance(template, list):
        return [fill(item, values) for item in template]
    if isinstance(template, dict):
        return {key: fill(item, values) for key, item in template.items()}
    return template


def show_losses(rules: RuleSet) -> None:
    """Prints how many findings survive the prefilter, for each folder of frames."""
    finder, everywhere = Finder(rules), Finder(rules)
    everywhere.scanner = LookEverywhere(rules)
    for folder in sorted(path for path in FRAMES.iterdir() if path.is_dir()):
        whole = [value for value in filled(folder) if found(everywhere, value)]
        glanced = [v for v in whole if finder.scanner.ends(msgspec.json.encode(v))]
        kept = sum(found(finder, value) for value in glanced)
        share = kept / max(1, len(whole))
        print(f"{folder.name:16} found {len(whole):5}  kept {kept:5}  {share:.2%}", flush=True)


def show_speed(rules: RuleSet, paths: list[Path], megabytes: float) -> None:
    """Prints the speed of linting each file's bytes beside bare decoding."""
    linter = BlockLinter(rules)
    decode = msgspec.json.Decoder().decode
    print(f"{'data':32} {'MB/s':>8} {'decode MB/s':>12} {'x decode':>9} {'looked at':>10}")
    for path in paths:
        data = path.read_bytes().rstrip(b"\n") + b"\n"
        data *= max(1, int(megabytes * 1e6) // len(data))
        lines = data.splitlines()
        begun = time.process_time()
        for line in lines:
            decode(line)
        bare = time.process_time() - begun
        block = Block(str(path), data, 0, 1)
        begun = time.process_time()
        linter(block)
        seconds = time.process_time() - begun
        ends = Prefilter(rules).ends(data)
        size = len(data) / 1e6
        print(
            f"{path.name:32} {size / seconds:8.2f} {size / bare:12.0f} {seconds / bare:9.1f}"
            f" {len(ends) / len(lines):10.1%}",
            flush=True,
        )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, help="folder with JSON Lines files of clean data")
    parser.add_argument("--megabytes", type=float, default=1, help="how long each file is at least")
    given = parser.parse_args()
    begun = time.perf_counter()
    rules = load_rule_set()
    loaded = time.perf_counter()
    Prefilter(rules)
    built = time.perf_counter() - loaded
    print(f"rules {loaded - begun:.2f} s, automaton {built:.2f} s")
    show_losses(rules)
    if given.data is not None:
        show_speed(rules, sorted(given.data.glob("*.jsonl")), given.megabytes)


if __name__ == "__main__":
    main()
