"""No format lets a character of the data act on a terminal or hide from a reader."""

from __future__ import annotations

import re
import unicodedata

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from negaudit.output import Look, format_names
from negaudit.output.inert import HOSTILE
from negaudit.records import Excerpt, Exhibit, Severity, Span

from .samples import FINDING, STATISTICS, written

NASTY = "\x00\x07\x08\x1b\x7f\x85\x9b\r\t\n\u00ad\u061c\u200b\u200d\u200e\u2028\u202e\u2066\u2060"
NASTY += "\ufeff\ud800\udcff\ufffe\U000e0041\U000e0101|`@<&%:,*[]{}'\"\\"
TEXT = st.text(st.one_of(st.sampled_from(NASTY), st.characters(exclude_categories=())), max_size=30)
STYLES = re.compile(r"\x1b\[[0-9;]*m")


@st.composite
def exhibits(draw: st.DrawFn) -> Exhibit:
    span = Span(draw(TEXT), 0, 9)
    finding = msgspec.structs.replace(
        FINDING,
        path=draw(TEXT),
        line=draw(st.none() | st.integers(1, 9)),
        severity=draw(st.sampled_from(Severity)),
        message=draw(TEXT),
        frame=(span,),
    )
    frame = Excerpt(span, "frame", draw(TEXT), cut=draw(st.booleans()))
    return Exhibit(finding, (frame, Excerpt(span, "content", draw(TEXT), cut=False)))


def assert_inert(output: str) -> None:
    output.encode("utf-8")
    bare = output.replace("\n", "")
    assert HOSTILE.search(bare) is None
    assert not {unicodedata.category(char) for char in bare} & {"Cc", "Cf", "Cs", "Zl", "Zp"}


@pytest.mark.parametrize("name", format_names())
@given(found=st.lists(exhibits(), min_size=1, max_size=3), words=TEXT, show_text=st.booleans())
def test_no_format_lets_hostile_characters_through(
    name: str, found: list[Exhibit], words: str, show_text: bool
) -> None:
    statistics = msgspec.structs.replace(
        STATISTICS, shapes={words: 1}, sources={words: (1, 2)}, source_column=words
    )
    assert_inert(written(name, *found, look=Look(show_text=show_text), statistics=statistics))


@given(exhibits())
def test_styled_text_holds_only_the_styles_of_negaudit(found: Exhibit) -> None:
    output = written("text", found, look=Look(color="always"))
    assert_inert(STYLES.sub("", output))


@pytest.mark.parametrize("name", ["concise", "github", "jsonl"])
@given(found=st.lists(exhibits(), max_size=3))
def test_a_finding_is_one_line_whatever_its_text(name: str, found: list[Exhibit]) -> None:
    assert len(written(name, *found).splitlines()) == len(found)
