from __future__ import annotations

import pytest

from negaudit.errors import InputError
from negaudit.read.sniff import Layout, layout, refuse_foreign

LINES, DOCUMENT, TABLE = Layout.LINES, Layout.DOCUMENT, Layout.TABLE


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (b'{"a": 1}\n{"a": 2}\n', LINES),
        (b'{"a": 1,,}\n{"a": 2}\n', LINES),
        (b'[{"role": "user"}]\n[{"role": "user"}]\n', LINES),
        (b'{"a": 1}\n', DOCUMENT),
        (b'{"data": [{"a": 1}]}', DOCUMENT),
        (b'[{"a": 1}, {"a": 2}]', DOCUMENT),
        (b'[\n{"a": 1},\n{"a": 2}\n]', DOCUMENT),
        (b'[\n{"a": 1}\n]', DOCUMENT),
        (b'[{"a": 1},\n {"a": 2}]', DOCUMENT),
        (b'{\n  "a": 1\n}\n', DOCUMENT),
        (b'{"a": 1}{"a": 2}', DOCUMENT),
        (b'{"a": 1}\r{"a": 2}\r', DOCUMENT),
        (b"", LINES),
        (b"\n \n", LINES),
        (b"plain text\nmore", LINES),
    ],
)
def test_a_json_file_shows_its_layout(head, expected):
    assert layout(head, lines_by_name=False) is expected


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (b'{"a": 1}\n', LINES),
        (b'{"a": "cut\n{"a": 2}\n', LINES),
        (b'{"a": 1,\n{"a": 2}\n', LINES),
        (b'[{"role": "user"}]\n', LINES),
        (b'{"data": [{"a": 1}]}\n', LINES),
        (b'[\n{"a": 1}\n]\n', DOCUMENT),
        (b'{\n  "a": 1\n}\n{\n  "a": 2\n}\n', DOCUMENT),
        (b'{"a": 1} {"a": 2} {"a": 3}', DOCUMENT),
        (b'{"text": "half an object: }{ }', LINES),
        (b'{"text": "a brace }{ inside"}\n', LINES),
    ],
)
def test_a_json_lines_file_may_be_something_else(head, expected):
    assert layout(head, lines_by_name=True) is expected


def test_only_a_name_without_promise_may_be_a_table():
    head = b"text,label\nhello,1\n"
    assert layout(head, lines_by_name=True, table_possible=True) is TABLE
    assert layout(head, lines_by_name=True) is LINES
    assert layout(b'"a string", and more', lines_by_name=True, table_possible=True) is TABLE
    assert layout(b'"a, string"\n', lines_by_name=True, table_possible=True) is LINES


def test_deep_nesting_is_no_obstacle():
    assert layout(b"[" * 100_000 + b"]" * 100_000 + b"\n", lines_by_name=True) is LINES


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"\x7fELF\x02\x01\x01", "ELF"),
        (b"\x89PNG\r\n\x1a\n", "PNG"),
        (b"PK\x03\x04\x14", "zip"),
        (b"%PDF-1.7\n", "PDF"),
        (b"<!DOCTYPE html><html>", "web page"),
        (b"a.txt".ljust(257, b"\0") + b"ustar\0", "tar"),
        (bytes(range(256)) * 4, "binary"),
    ],
)
def test_a_binary_is_named(head, kind):
    with pytest.raises(InputError, match=kind) as caught:
        refuse_foreign("data.jsonl", head)
    assert caught.value.where == "data.jsonl"


def test_a_git_lfs_pointer_is_named_with_its_remedy():
    head = b"version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1\n"
    with pytest.raises(InputError, match="Git LFS pointer") as caught:
        refuse_foreign("data.jsonl", head)
    assert caught.value.hint == "git lfs pull"


def test_a_few_nul_bytes_make_no_binary():
    refuse_foreign("data.jsonl", b'{"text": "a\0b"}\n' * 10)
