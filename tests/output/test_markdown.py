from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from negaudit.output import Look
from negaudit.output.escape import code_span, escape_markdown
from negaudit.output.formats import markdown
from negaudit.output.inert import inert
from negaudit.records import Statistics

from .samples import exhibit, written

RENDERER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
TEXT = st.text(
    st.one_of(st.sampled_from("\\`|*_<>[]()!&~@#:/$ w."), st.characters(exclude_categories=())),
    max_size=25,
)


def cells_of(cell: str) -> list[list[Token]]:
    """The tokens of each cell of a rendered row that has `cell` between two others."""
    tokens = RENDERER.parse(f"| a | b | c |\n| --- | --- | --- |\n| x | {cell} | y |\n")
    return [token.children or [] for token in tokens if token.type == "inline"][3:]


@given(TEXT)
@example("``|`a")
@example("\\|")
@example("@team #1 https://example.org www.example.org <b> ![x](y)")
def test_escaped_text_is_one_cell_that_reads_as_the_text(text: str) -> None:
    first, cell, last = cells_of(escape_markdown(text))
    assert {token.type for token in cell} <= {"text", "text_special", "code_inline"}
    shown = "".join(token.content for token in cell)
    assert shown.split() == inert(text, newline=" ").split()
    assert (first[0].content, last[0].content) == ("x", "y")


@given(TEXT)
def test_what_pages_turn_into_links_stands_in_code(text: str) -> None:
    _, cell, _ = cells_of(escape_markdown(text))
    bare = "".join(token.content for token in cell if token.type != "code_inline")
    assert not any(sign in bare.lower() for sign in ("@", "#", "//", "www."))


@given(TEXT)
@example("a`b``c")
@example("|")
@example(" ` ")
def test_a_code_span_is_one_cell_that_reads_as_the_text(text: str) -> None:
    first, cell, last = cells_of(code_span(text))
    assert {token.type for token in cell} <= {"code_inline"}
    shown = inert(text, newline=" ⏎ ").replace("|", "\\x7c")
    assert "".join(token.content for token in cell).split() == shown.split()
    assert (first[0].content, last[0].content) == ("x", "y")


def test_a_comment_has_a_verdict_findings_and_a_summary() -> None:
    output = written("markdown", exhibit(message="Disowned."))
    assert output.startswith("### negaudit: 1 finding, 4.1 % of the records framed\n")
    assert "| ` data.jsonl:13 ` | error | NEG101 false-label | Disowned. |" in output
    assert "| NEG101 false-label | 400 |" in output


def test_only_the_first_findings_are_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(markdown, "MAX_FINDINGS", 2)
    output = written("markdown", *(exhibit(row=row) for row in range(5)))
    assert output.count("data.jsonl:13") == 2
    assert "… and 3 findings more." in output


def test_a_comment_of_the_longest_findings_fits_what_github_takes() -> None:
    long = exhibit(path="\u202e" * 5000, message="*" * 5000, frame="`" * 5000)
    assert len(written("markdown", *[long] * 60, look=Look(show_text=True))) < 65_536


def test_text_of_the_data_is_shown_only_on_request() -> None:
    assert "Everything in the next" not in written("markdown", exhibit())
    assert "Everything in the next" in written("markdown", exhibit(), look=Look(show_text=True))


def test_a_clean_run_says_so() -> None:
    output = written("markdown", statistics=Statistics(files=1, records=7))
    assert output == "### negaudit: clean\n\nNothing to report: 7 records in 1 file.\n"


def test_a_run_that_could_not_read_all_is_not_called_clean() -> None:
    shown = written("markdown", statistics=Statistics(files=2, records=3), exit_code=2)
    assert shown.startswith("### negaudit: not all could be read\n")
    assert "Nothing to report in what could be read" in shown
