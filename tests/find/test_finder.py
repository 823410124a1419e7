from __future__ import annotations

import time

import pytest

from negaudit.find.finder import Finder
from negaudit.find.rule_files import load_rule_set
from negaudit.records import Record
from negaudit.shapes import segments_of


@pytest.fixture(scope="module")
def finder() -> Finder:
    return Finder(load_rule_set())


@pytest.mark.parametrize(
    "seed",
    [
        "The claim above is false. The mayor won the race. ",
        "The claim above is false.\n\nThe mayor won the race.\n\n",
        "It is not true to say so, said the mayor at noon. ",
    ],
)
def test_a_text_of_many_frames_takes_linear_time(finder: Finder, seed: str) -> None:
    def seconds(times: int) -> float:
        shape, segments = segments_of({"text": seed * times})
        record = Record("a.jsonl", 0, 1, shape, segments)
        begun = time.process_time()
        list(finder.find(record))
        return time.process_time() - begun

    seconds(10)  # words and clauses are remembered from the first text on
    # 20 times the text takes 20 to 80 times as long, with caches left behind; its square 400.
    assert seconds(10_000) < 150 * seconds(500)
