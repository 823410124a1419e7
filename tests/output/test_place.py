from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote_to_bytes

import pytest
from hypothesis import given
from hypothesis import strategies as st

from negaudit.output.place import file_uri, place, relative_path

from .samples import exhibit


@pytest.fixture(autouse=True)
def _in_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_a_place_is_path_and_line_or_row() -> None:
    assert place(exhibit().finding) == "data.jsonl:13"
    assert place(exhibit(line=None).finding) == "data.jsonl[row 12]"


def test_records_on_one_line_are_told_by_their_rows() -> None:
    assert place(exhibit(line=1).finding) == "data.jsonl:1[row 12]"


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        ("data/a.jsonl", "data/a.jsonl"),
        ("./data/../b.jsonl", "b.jsonl"),
        ("a b%#?.jsonl", "a%20b%25%23%3F.jsonl"),
        ("c:d.jsonl", "c%3Ad.jsonl"),
        ("ä.jsonl", "%C3%A4.jsonl"),
        ("hf://datasets/a/b", "hf://datasets/a/b"),
        ("/elsewhere/x y.jsonl", "file:///elsewhere/x%20y.jsonl"),
    ],
)
def test_paths_become_uri_references(path: str, uri: str) -> None:
    assert file_uri(path) == uri


def test_undecodable_bytes_of_a_file_name_are_kept() -> None:
    name = b"bad\xff.jsonl".decode("utf-8", "surrogateescape")
    assert file_uri(name) == "bad%FF.jsonl"


def test_a_file_outside_the_folder_has_no_relative_path() -> None:
    assert relative_path("../x.jsonl") is None
    assert relative_path("hf://datasets/a/b") is None


@given(st.text(st.characters(codec="utf-8", exclude_characters="/\0"), min_size=1))
def test_a_uri_decodes_to_the_file_name(name: str) -> None:
    relative = relative_path(f"data/{name}")
    if name not in (".", ".."):
        assert relative == f"data/{name}"
        assert unquote_to_bytes(file_uri(f"data/{name}")).decode() == relative
