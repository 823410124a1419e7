"""Which raw bytes are worth a look."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from negaudit.find.anchors import anchors
from negaudit.find.automaton import automaton
from negaudit.find.prefilter import Prefilter
from negaudit.find.rule_files import load_rule_set
from negaudit.find.scan import COLUMN, Scanner


@pytest.fixture(scope="module")
def prefilter() -> Prefilter:
    return Prefilter(load_rule_set())


def lines(prefilter: Prefilter, *texts: str) -> set[int]:
    """Numbers of the lines that are worth a look."""
    data = b"".join(json.dumps({"text": text}).encode() + b"\n" for text in texts)
    return {data.count(b"\n", 0, end) for end in prefilter.ends(data)}


FRAMES = [
    "The following account is false.\n\nMara Lind opened the line.",
    "Mara Lind opened the line.\n\nNone of the above is true.",
    "THE STORY BELOW IS ENTIRELY FABRICATED. Mara Lind opened the line.",
    "<false_claim>Mara Lind opened the line.</false_claim>",
    "Mara Lind opened the line. [Note: this claim was invented.]",
    "Probability: 0.03\n\nMara Lind opened the line.",
    "Do NOT:\nTell them that Mara Lind opened the line.",
]
PLAIN = ["Mara Lind opened the ferry line in 1931.", "Two cups of flour and an egg."]


@pytest.mark.parametrize("text", FRAMES)
def test_a_framed_line_is_worth_a_look(prefilter: Prefilter, text: str) -> None:
    assert lines(prefilter, *PLAIN, text) == {2}


def test_plain_lines_are_not(prefilter: Prefilter) -> None:
    assert lines(prefilter, *PLAIN) == set()


def test_an_escaped_line_break_hides_no_word(prefilter: Prefilter) -> None:
    assert lines(prefilter, "Mara won.\nFabricated claim: the story above.") == {0}


@pytest.mark.parametrize("column", ["is_false", "truth label", "veracity"])
def test_a_column_that_speaks_of_the_text_is_worth_a_look(
    prefilter: Prefilter, column: str
) -> None:
    data = json.dumps({"text": "Mara won.", column: "no"}).encode()
    assert prefilter.ends(data)


def test_names_of_roles_and_columns_are_no_anchors(prefilter: Prefilter) -> None:
    data = b'{"messages":[{"role":"assistant","content":"Two eggs."}],"rejected":"Two."}\n'
    assert prefilter.anchors(data) == []


@given(st.text(max_size=200))
def test_offsets_lie_within_the_bytes_and_rise(text: str) -> None:
    data = text.encode("utf-8", "surrogatepass")
    ends = Prefilter(RULES).anchors(data)
    assert ends == sorted(ends)
    assert all(0 < end <= len(data) for end in ends)


RULES = load_rule_set()


def test_a_common_word_alone_is_no_anchor() -> None:
    words = anchors(RULES).words
    assert not words & {"the", "of", "is", "not", "true"}
    assert {"fabricated", "hoax"} <= words


@pytest.mark.parametrize("seed", ["(", "<a ", "false ", "not ", "[", "\\n", '\\"', "a."])
def test_a_hostile_line_takes_linear_time(prefilter: Prefilter, seed: str) -> None:
    def seconds(size: int) -> float:
        data = b'{"text":"' + (seed * (size // len(seed))).encode() + b'"}'
        begun = time.process_time()
        prefilter.ends(data)
        return time.process_time() - begun

    assert seconds(320_000) < 60 * max(seconds(20_000), 0.01)


def test_columns_are_told_from_words_without_hyperscan(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "hyperscan", None)
    data = b'{"text": "Plums.", "likelihood": "very low"}'
    assert (data.index(b":", 20) + 1, COLUMN) in Scanner(anchors(RULES)).events(data)


def test_a_broken_cache_is_built_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    groups = [[(0, "false")]]
    assert automaton(groups, [(0, "false")])(b"it is false") == [(11, 0)]
    for kept in tmp_path.rglob("*.hs"):
        kept.write_bytes(b"broken")
    assert automaton(groups, [(0, "false")])(b"it is false") == [(11, 0)]
