from __future__ import annotations

import pytest

from negaudit.errors import UsageError
from negaudit.output import format_names, writer
from negaudit.output.registry import _WRITERS


def test_every_promised_format_is_there() -> None:
    assert set(format_names()) == {
        *("concise", "github", "gitlab", "json", "jsonl", "junit", "markdown", "sarif", "text")
    }


@pytest.mark.parametrize("name", format_names())
def test_a_format_is_registered_under_the_name_of_its_file(name: str) -> None:
    writer(name)
    assert name in _WRITERS


def test_an_unknown_format_is_a_usage_error() -> None:
    with pytest.raises(UsageError, match="there is no output format 'yaml'"):
        writer("yaml")
