from __future__ import annotations

import pytest

from negaudit.records import Severity

from .samples import exhibit, written


def test_a_finding_is_a_workflow_command() -> None:
    assert written("github", exhibit(message="Disowned.")) == (
        "::error file=data.jsonl,line=13,title=NEG101 false-label::Disowned.\n"
    )


@pytest.mark.parametrize(
    ("severity", "command"),
    [(Severity.ERROR, "error"), (Severity.WARNING, "warning"), (Severity.NOTE, "notice")],
)
def test_severities_have_their_own_commands(severity: Severity, command: str) -> None:
    assert written("github", exhibit(severity=severity)).startswith(f"::{command} ")


def test_properties_and_messages_are_escaped() -> None:
    output = written("github", exhibit(path="a,b:c%.jsonl", message="50 %\n::set-env name=X::y"))
    assert "file=a%2Cb%3Ac%25.jsonl," in output
    assert output.endswith("::50 %25%0A::set-env name=X::y\n")


def test_a_file_without_lines_shows_the_row_in_the_message() -> None:
    output = written("github", exhibit(line=None, message="Disowned."))
    assert output == "::error file=data.jsonl,title=NEG101 false-label::row 12: Disowned.\n"
