from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from negaudit.cli.commands.negate import command
from negaudit.errors import InputError


def test_a_sentence_a_line_is_negated() -> None:
    result = CliRunner().invoke(command, ["-"], input="Ida is a vet.\nIda sells hay.\n")
    assert result.stdout == "Ida is not a vet.\nIda does not sell hay.\n"
    assert result.exit_code == 0


def test_every_line_comes_out_and_what_was_left_is_counted() -> None:
    result = CliRunner().invoke(command, input="Nobody came.\n\nA vet\n")
    assert result.stdout == "Nobody came.\n\nA vet\n"
    assert result.stderr == (
        "1 of 3 lines left as they are, negative already or not about the claim\n"
        "2 of 3 lines left as they are, because no rule negates them well\n"
    )


def test_json_lines_give_status_and_edits(tmp_path: Path) -> None:
    path = tmp_path / "claims.txt"
    path.write_text("Ida is a vet.\n", encoding="utf-8")
    result = CliRunner().invoke(command, [str(path), "--format", "jsonl"])
    assert json.loads(result.stdout) == {
        "text": "Ida is not a vet.",
        "status": "safe",
        "reason": "negated at its predicate",
        "edits": [{"start": 6, "end": 6, "text": " not"}],
    }


def test_a_claim_limits_what_is_negated() -> None:
    lines = "Ida Holm won the regatta.\nIda Holm likes tea.\n"
    result = CliRunner().invoke(command, ["--claim", "Ida Holm won the regatta.", "-q"], lines)
    assert result.stdout == "Ida Holm did not win the regatta.\nIda Holm likes tea.\n"
    assert result.stderr == ""


def test_the_output_file_holds_the_lines(tmp_path: Path) -> None:
    path = tmp_path / "denials.txt"
    CliRunner().invoke(command, ["-o", str(path)], input="Ida is a vet.\n")
    assert path.read_text(encoding="utf-8") == "Ida is not a vet.\n"


def test_bytes_that_are_no_text_are_named_with_their_line() -> None:
    result = CliRunner().invoke(command, input=b"Ida is a vet.\n\xff\xfe\n")
    assert isinstance(result.exception, InputError)
    assert result.exception.where.endswith(":2")


@pytest.mark.parametrize("text", ["\x1b[31mIda is a vet.\x1b[0m", "Ida\u202e is a vet."])
def test_hostile_characters_survive_a_pipe_unchanged(text: str) -> None:
    result = CliRunner().invoke(command, ["-q"], input=text + "\n")
    assert set(text) <= set(result.stdout)
