"""What rewriting makes of framed documents, and what it costs beside the parser.

Usage: python benchmarks/rewriting.py --data FOLDER [--show N]

FOLDER holds files NAME_repeated.jsonl of framed documents, {"text"}, and for each a file
claims/NAME.json, {"claim"}; "docs_" in front of NAME is left out there.
"""

from __future__ import annotations

import json
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
from clock import Clock

import negaudit
from negaudit.rewrite import Framed, Rewritten, load_parser, rewrite_texts

WANTED_SHARE = 1 / 3
KINDS = ("negated", "reworded", "dropped", "kept", "frame")


def framed_texts(path: Path) -> list[Framed]:
    """The documents of a file with what the linter finds in them."""
    texts = [json.loads(line)["text"] for line in path.read_text("utf-8").splitlines()]
    run = negaudit.Run([str(path)], negaudit.LintOptions())
    return [
        Framed(
            texts[exhibit.finding.row],
            tuple((span.start, span.end) for span in exhibit.finding.frame),
            tuple((span.start, span.end) for span in exhibit.finding.content),
        )
        for exhibit in run
        if exhibit.finding.kind is not negaudit.Kind.MIXED_ORIGINAL
    ]


def report(name: str, items: list[Framed], claim: str, results: list[Rewritten]) -> int:
    """Prints what became of the sentences and of the documents; returns how many are framed yet."""
    done = [result for result in results if result.status != "display-only"]
    changes = Counter[str](change.what for result in done for change in result.sentences)
    content = sum(changes[kind] for kind in KINDS[:-1])
    click.echo(f"{name}: {len(items)} documents, claim {claim!r}")
    for kind in KINDS[:-1]:
        click.echo(f"  {kind:14}{changes[kind]:6}  {changes[kind] / content:6.1%} of content")
    click.echo(f"  {'frame removed':14}{changes['frame']:6}")
    states = Counter(result.status for result in results)
    click.echo(f"  records: {', '.join(f'{n} {state}' for state, n in states.most_common())}")
    for reason, n in Counter(result.reason for result in results if result not in done).items():
        click.echo(f"    {n} left to the next remedy: {reason}")
    written = [result.text for result in done]
    left = len({finding.row for finding in negaudit.lint(written, ignore=("mixed-original",))})
    click.echo(f"  with a frame left: {left} of {len(written)}")
    return left


def measure_speed(items: list[Framed], claim: str, rounds: int = 3) -> None:
    """Prints our own time beside the parser's on the sentences that it is given.

    Processor time of this thread, which other programs disturb less than the clock's.
    """
    nlp = load_parser()
    rewrite_texts(items, claims=[claim], nlp=nlp)
    timings = [_time_round(items, claim, nlp) for _ in range(rounds)]
    parsing, again, own = (min(timing[i] for timing in timings) for i in range(3))
    each = 1e3 / len(items)
    click.echo(
        f"  a document: parser {parsing * each:.1f} ms, second looks {again * each:.1f} ms, "
        f"own work {own * each:.1f} ms; own / parser {own / parsing:.2f} "
        f"(wanted under {WANTED_SHARE:.2f})"
    )


def _time_round(items: list[Framed], claim: str, nlp: Any) -> tuple[float, float, float]:
    clock = Clock(nlp, time.thread_time)
    start = time.thread_time()
    rewrite_texts(items, claims=[claim], nlp=clock)
    total = time.thread_time() - start
    first = max(clock.spent)
    again = sum(clock.spent) - first
    return first + clock.tokenizing, again, total - sum(clock.spent) - clock.tokenizing


def data_sets(folder: Path) -> Iterator[tuple[str, Path, str]]:
    """Name, file and claim of each data set of a folder."""
    for path in sorted(folder.glob("*_repeated.jsonl")):
        name = path.stem.removesuffix("_repeated").removeprefix("docs_")
        claim = folder / "claims" / f"{name}.json"
        if claim.is_file():
            yield name, path, json.loads(claim.read_text("utf-8"))["claim"]


@click.command()
@click.option("--data", type=click.Path(exists=True, path_type=Path), required=True)
@click.option("--show", default=0, help="Print so many rewritten documents of each file.")
def main(data: Path, show: int) -> None:
    """Exit with 1 where a document that was rewritten has a frame left."""
    left = 0
    for name, path, claim in data_sets(data):
        items = framed_texts(path)
        results = rewrite_texts(items, claims=[claim])
        left += report(name, items, claim, results)
        measure_speed(items, claim)
        for result in results[:show]:
            click.echo(f"{'=' * 20} {result.status} {result.reason}\n{result.text}")
    sys.exit(1 if left else 0)


if __name__ == "__main__":
    main()
