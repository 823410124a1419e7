from __future__ import annotations

from .samples import exhibit, written


def test_a_finding_is_place_code_name_and_message() -> None:
    assert written("concise", exhibit(message="Disowned.")) == (
        "data.jsonl:13: NEG101 false-label Disowned.\n"
    )


def test_a_file_without_lines_shows_the_row() -> None:
    output = written("concise", exhibit(path="a.parquet", line=None, message="Disowned."))
    assert output == "a.parquet[row 12]: NEG101 false-label Disowned.\n"


def test_a_clean_run_writes_nothing() -> None:
    assert written("concise") == ""
