from __future__ import annotations

from io import StringIO

import pytest

from negaudit.find.rules import Clause, Example, Examples, Rule
from negaudit.output import Look
from negaudit.output.registry import Color
from negaudit.output.rule import print_rule, print_rules, rule_fields
from negaudit.output.terminal import open_console
from negaudit.records import Kind, Remedy, Severity

RULE = Rule(
    name="false-label",
    code="NEG101",
    kind=Kind.FALSITY,
    severity=Severity.ERROR,
    confidence="high",
    summary="A sentence beside the text says\nthat the text is false.",
    why="Belief rose to 88.6 %.",
    remedies=(Remedy.NEGATE, Remedy.DROP),
    examples=Examples(
        bad=(Example(text="⟦All untrue:⟧ ⟪Ada flew.⟫\nThe end.", fix="Ada did not fly."),),
        ok=(Example(record={"text": "Ada did not fly."}),),
    ),
    match=(Clause(all=("pointer", "status")),),
    source="name: false-label\nmatch:\n  - all: [pointer, status]\n",
)


def page(color: Color = "auto") -> str:
    out = StringIO()
    print_rule(open_console(out, Look(color=color)), RULE)
    return out.getvalue()


def test_a_page_says_what_why_and_what_to_do() -> None:
    assert page().splitlines()[:5] == [
        "NEG101 false-label  error  falsity, high confidence",
        "finds      A sentence beside the text says that the text is false.",
        "why        Belief rose to 88.6 %.",
        "instead    negate: negate each claim inside its own clause",
        "           drop: drop the record",
    ]


def test_a_page_shows_how_the_rule_matches() -> None:
    assert "match      - all: [pointer, status]\n" in page()


def test_a_page_shows_examples_with_their_marks_and_fixes() -> None:
    shown = page()
    assert "found      ⟦All untrue:⟧ ⟪Ada flew.⟫\n           The end.\n" in shown
    assert "fix        Ada did not fly." in shown
    assert 'not        {\n             "text": "Ada did not fly."\n           }' in shown


def test_marks_become_styles_where_there_are_styles(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    assert "\x1b[4mAll untrue:\x1b[0m \x1b[2mAda flew.\x1b[0m" in page("always")


def test_fields_leave_out_the_yaml_text() -> None:
    fields = rule_fields(RULE)
    assert "source" not in fields
    assert fields["remedies"] == ("negate", "drop")


@pytest.mark.parametrize("width", [40, 100])
def test_the_list_tells_code_name_and_summary_at_any_width(width: int) -> None:
    out = StringIO()
    console = open_console(out, Look())
    console.width = width
    print_rules(console, [RULE, RULE])
    text = " ".join(out.getvalue().split())
    assert text.count("NEG101 false-label") == 2
    assert "beside the text" in text
    assert all(len(line) <= width for line in out.getvalue().splitlines())
