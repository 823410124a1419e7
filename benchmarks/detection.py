"""Prints how much negaudit finds, and how often it cries wolf.

python benchmarks/detection.py                    frames and negatives of benchmarks/frames
python benchmarks/detection.py --data FOLDER      besides, the JSON Lines files of a folder

The frames of benchmarks/frames/tuning were looked at while the rules were written, those of
held_out were not. Each cell gives found/all; a frame counts as found when its record has a
finding of any kind. In FOLDER every file is expected to be clean unless its name contains
"repeated". A file frames_sample.jsonl there, {"mode", "part", "text"}, holds no records but
frames, which are put around the documents of the files whose names contain "plain".
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import cycle
from pathlib import Path
from typing import Any, Final

import negaudit

FRAMES: Final = Path(__file__).parent / "frames"
HALVES: Final = ("tuning", "held_out")
NO_FRAMES: Final = ("bodies.jsonl", "negatives.jsonl")
SAMPLE: Final = "frames_sample.jsonl"
# Templates share bodies, which a comparison between records would notice.
ALONE: Final = (negaudit.Kind.MIXED_ORIGINAL.value,)
BREAK = re.compile(r"[.!?]\s|\n")

Row = dict[str, Any]
Cell = tuple[str, str]


def rows(path: Path) -> list[Row]:
    """The objects of a JSON Lines file."""
    with path.open(encoding="utf-8") as file:
        return [json.loads(line) for line in file if line.strip()]


def thirds(text: str) -> tuple[str, str, str] | None:
    """A text in three parts, cut between sentences or lines; None where it is too short."""
    cuts = [match.end() for match in BREAK.finditer(text.rstrip())]
    if len(cuts) < 2:
        return None
    first, second = cuts[len(cuts) // 3], cuts[-(len(cuts) // 3) - 1]
    if first == second:
        first, second = cuts[0], cuts[-1]
    return text[:first].strip(), text[first:second].strip(), text[second:].strip()


def values(body: Row) -> dict[str, str] | None:
    """What a template's placeholders stand for; None where the body has no three parts."""
    parts = thirds(body["text"])
    if parts is None:
        return None
    return {
        "{body}": body["text"],
        "{claim}": body.get("claim", body["text"]),
        "{question}": body.get("question", "Tell me more."),
        **{f"{{part{number}}}": part for number, part in enumerate(parts, 1)},
    }


def filled(template: Any, words: dict[str, str]) -> Any:
    """A template with its placeholders replaced, strings within lists and objects included."""
    if isinstance(template, str):
        for placeholder, text in words.items():
            template = template.replace(placeholder, text)
        return template
    if isinstance(template, list):
        return [filled(item, words) for item in template]
    if isinstance(template, dict):
        return {key: filled(item, words) for key, item in template.items()}
    return template


def as_record(value: Any) -> Row:
    """A filled template as a record: a bare string is a text, a list a conversation."""
    if isinstance(value, dict):
        return value
    return {"messages" if isinstance(value, list) else "text": value}


def framed_records(folder: Path) -> Iterator[tuple[Cell, Row]]:
    """Every frame of a folder around one of its bodies, with its kind and placement."""
    bodies: dict[str, list[dict[str, str]]] = {}
    for body in rows(folder / "bodies.jsonl"):
        if (words := values(body)) is not None:
            bodies.setdefault(body["body"], []).append(words)
    turn = {name: cycle(members) for name, members in bodies.items()}
    for path in sorted(folder.glob("*.jsonl")):
        if path.name not in NO_FRAMES:
            for row in rows(path):
                record = as_record(filled(row["template"], next(turn[row["body"]])))
                yield (row["kind"], row["placement"]), record


def found_rows(records: Sequence[Row]) -> set[int]:
    """The rows in which something is found."""
    return {finding.row for finding in negaudit.lint(records, ignore=ALONE)}


def tally(pairs: Iterable[tuple[Cell, Row]]) -> tuple[Counter[Cell], Counter[Cell]]:
    """How many records of each cell are found, and how many there are."""
    cells, records = zip(*pairs, strict=True)
    found = found_rows(records)
    return Counter(cell for row, cell in enumerate(cells) if row in found), Counter(cells)


def table(head: str, found: Counter[Cell], every: Counter[Cell]) -> Iterator[str]:
    """Lines of a table with a row and a column for each kind and placement, and their sums."""
    kinds = sorted({kind for kind, _ in every})
    places = sorted({place for _, place in every})
    width = max(len(name) for name in (head, *kinds)) + 1

    def line(name: str, some: Sequence[str]) -> str:
        sums = [
            (sum(found[kind, place] for kind in some), sum(every[kind, place] for kind in some))
            for place in places
        ]
        sums.append((sum(part for part, _ in sums), sum(whole for _, whole in sums)))
        shown = (f"{part}/{whole}" if whole else "-" for part, whole in sums)
        return f"{name:{width}}" + "".join(f"{cell:>11}" for cell in shown)

    yield f"{head:{width}}" + "".join(f"{place:>11}" for place in (*places, "all"))
    yield from (line(kind, [kind]) for kind in kinds)
    yield line("all", kinds)


def print_recall(head: str, pairs: Iterable[tuple[Cell, Row]]) -> None:
    """Prints a table of recall and its closing line."""
    found, every = tally(pairs)
    print("\n".join(table(head, found, every)))
    print(f"recall {found.total() / every.total():.4f}, {found.total()} of {every.total()}\n")


def print_false_alarms(folder: Path) -> None:
    """Prints how many of a folder's hard negatives are flagged."""
    records = [row["record"] for row in rows(folder / NO_FRAMES[1])]
    print(f"false alarms {folder.name}: {len(found_rows(records))} of {len(records)}")


def sample_records(frames: Iterable[Row], documents: Sequence[str]) -> Iterator[tuple[Cell, Row]]:
    """Real frames around real documents; an insertion once in the middle, and throughout."""
    turn = cycle(documents)
    for frame in frames:
        text, paragraphs = frame["text"], next(turn).split("\n\n")
        middle = (len(paragraphs) + 1) // 2
        places = {
            "prefix": [text, *paragraphs],
            "suffix": [*paragraphs, text],
            "insert": [*paragraphs[:middle], text, *paragraphs[middle:]],
            "throughout": [part for paragraph in paragraphs for part in (paragraph, text)],
        }
        inserted = ("insert", "throughout") if frame["part"] == "insert" else (frame["part"],)
        for place in inserted:
            yield (frame["mode"], place), {"text": "\n\n".join(places[place])}


def print_folder(folder: Path) -> None:
    """Prints the share of framed records in each file of a folder, and the frames' recall."""
    paths = [path for path in sorted(folder.glob("*.jsonl")) if path.name != SAMPLE]
    for path in paths:
        run = negaudit.Run([str(path)], negaudit.LintOptions())
        kinds = Counter(exhibit.finding.kind.value for exhibit in run)
        seen = run.statistics
        right = seen.framed == (seen.records if "repeated" in path.name else 0)
        told = ", ".join(f"{count} {kind}" for kind, count in kinds.most_common())
        share = f"{seen.framed:>6} of {seen.records:>6} framed"
        print(f"{path.name:36} {share}  {'' if right else f'unexpected: {told}'}".rstrip())
    documents = [row["text"] for path in paths if "plain" in path.name for row in rows(path)]
    if documents and (folder / SAMPLE).is_file():
        print()
        print_recall("mode", sample_records(rows(folder / SAMPLE), documents))


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, help="folder with JSON Lines files")
    given = parser.parse_args()
    for half in HALVES:
        print_recall(half, framed_records(FRAMES / half))
    for half in HALVES:
        print_false_alarms(FRAMES / half)
    if given.data is not None:
        print()
        print_folder(given.data)


if __name__ == "__main__":
    main()
