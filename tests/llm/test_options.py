"""What --llm takes."""

from __future__ import annotations

from pathlib import Path

import pytest

from negaudit.errors import UsageError
from negaudit.llm import llm_options


@pytest.mark.parametrize(
    ("text", "url", "model"),
    [
        ("http://localhost:8000/v1#qwen", "http://localhost:8000/v1", "qwen"),
        ("https://api.example.org/v1/#org/m", "https://api.example.org/v1", "org/m"),
        ("http://localhost:11434/v1", "http://localhost:11434/v1", ""),
    ],
)
def test_reads_an_address_and_a_model(text: str, url: str, model: str) -> None:
    options = llm_options(text)
    assert (options.backend, options.url, options.model) == ("http", url, model)


@pytest.mark.parametrize("text", ["org/model", "./model", " /models/a "])
def test_takes_anything_else_for_a_local_model(text: str) -> None:
    options = llm_options(text)
    assert (options.backend, options.model) == ("local", text.strip())


def test_keeps_answers_in_the_users_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert llm_options("./model").cache == tmp_path / "negaudit" / "llm"


@pytest.mark.parametrize("text", ["", "ftp://host/v1", "http:///v1", "http://host:port/v1"])
def test_says_what_it_takes(text: str) -> None:
    with pytest.raises(UsageError, match=r"next: give http://host"):
        llm_options(text)


@pytest.mark.parametrize("text", ["https://me:sesame@host/v1", "https://host/v1?key=sesame"])
def test_takes_no_secret_and_does_not_repeat_it(text: str) -> None:
    with pytest.raises(UsageError, match="NEGAUDIT_LLM_KEY") as caught:
        llm_options(text)
    assert "sesame" not in str(caught.value)
