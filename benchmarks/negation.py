"""Accuracy of local negation by construction, and what it costs beside the parser.

Usage: python benchmarks/negation.py [--split development|heldout] [--failures]
"""

from __future__ import annotations

import sys
import time
from collections import defaultdict
from pathlib import Path
from typing import Any

import click
import msgspec
from clock import Clock

from negaudit.rewrite import load_parser, negate_many
from negaudit.rewrite.negation import BATCH

FIXTURES = Path(__file__).parents[1] / "fixtures" / "negation"
WANTED_OVERALL = 0.97
WANTED_EACH = 0.90
WANTED_SHARE = 1 / 3


class Case(msgspec.Struct, frozen=True):
    """One hand-written sentence; any of the expected negations is right.

    `round` counts the rounds of sentences that were written and answered before the rules saw
    them; `first` is what the rules of that time made of the sentence, where it was wrong; `pair`
    marks sentences made to be told from their answer by the negation alone.
    """

    text: str
    expected: tuple[str, ...]
    split: str
    at: int | None = None
    round: int | None = None
    first: str | None = None
    pair: bool = False


def read_cases(split: str | None = None) -> dict[str, list[Case]]:
    """The cases of each construction, by the name of its file."""
    cases: dict[str, list[Case]] = defaultdict(list)
    decoder = msgspec.json.Decoder(Case)
    for path in sorted(FIXTURES.glob("*.jsonl")):
        for line in path.read_bytes().splitlines():
            case = decoder.decode(line)
            if split in (None, case.split):
                cases[path.stem].append(case)
    return dict(cases)


def measure_accuracy(split: str | None, failures: bool) -> bool:
    """Print one line for each construction; return whether the wanted accuracy is reached."""
    right = total = 0
    reached = True
    for construction, cases in read_cases(split).items():
        results = negate_many([c.text for c in cases], at=[c.at for c in cases])
        pairs = list(zip(cases, results, strict=True))
        good = sum(result.text in case.expected for case, result in pairs)
        reached &= good / len(cases) >= WANTED_EACH
        click.echo(f"{construction:28}{good:5}/{len(cases):<5}{good / len(cases):7.1%}")
        if failures:
            for case, result in pairs:
                if result.text not in case.expected:
                    click.echo(f"    {case.expected[0]}\n  * {result.text}  [{result.status}]")
        right, total = right + good, total + len(cases)
    click.echo(f"{'all':28}{right:5}/{total:<5}{right / total:7.1%}")
    return reached and right / total >= WANTED_OVERALL


def report_first_sight(split: str | None) -> None:
    """Print what was right of each round when the rules first saw it, as was noted then."""
    rounds: dict[tuple[int, bool], list[bool]] = defaultdict(list)
    for cases in read_cases(split).values():
        for case in cases:
            if case.round is not None:
                rounds[case.round, case.pair].append(case.first is None)
    for (number, pair), right in sorted(rounds.items()):
        name = f"first sight of round {number}{', pairs' * pair}"
        click.echo(f"{name:28}{sum(right):5}/{len(right):<5}{sum(right) / len(right):7.1%}")


def measure_speed(rounds: int = 5) -> None:
    """Print what the parser and we need for the same sentences, the best of some rounds."""
    texts = [case.text for cases in read_cases().values() for case in cases]
    nlp = load_parser()
    negate_many(texts, nlp=nlp)
    timings = [_time_round(texts, nlp) for _ in range(rounds)]
    parsing, own, again = (min(timing[i] for timing in timings) for i in range(3))
    each = 1e3 / len(texts)
    click.echo(
        f"a sentence: parser {parsing * each:.3f} ms, own work {own * each:.3f} ms, "
        f"second looks {again * each:.3f} ms"
    )
    click.echo(f"own work / parser: {own / parsing:.2f} (wanted under {WANTED_SHARE:.2f})")


def _time_round(texts: list[str], nlp: Any) -> tuple[float, float, float]:
    """Seconds of parsing the texts, of our own work, and of parsing second readings."""
    parsing = own = again = 0.0
    for first in range(0, len(texts), BATCH):
        clock = Clock(nlp, time.perf_counter)
        start = time.perf_counter()
        negate_many(texts[first : first + BATCH], nlp=clock)
        own += time.perf_counter() - start - sum(clock.spent)
        parsing += clock.spent[0]
        again += sum(clock.spent[1:])
    return parsing, own, again


@click.command()
@click.option("--split", type=click.Choice(["development", "heldout"]))
@click.option("--failures", is_flag=True, help="Print every sentence that failed.")
def main(split: str | None, failures: bool) -> None:
    """Exit with 1 where the wanted accuracy is missed."""
    accurate = measure_accuracy(split, failures)
    report_first_sight(split)
    measure_speed()
    sys.exit(0 if accurate else 1)


if __name__ == "__main__":
    main()
