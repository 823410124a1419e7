"""Asking a local model."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from negaudit.errors import ModelError
from negaudit.llm.client import Client
from negaudit.llm.options import LlmOptions
from negaudit.llm.record import RefusedError
from tests.training.conftest import model, tokenizer

__all__ = ["model", "tokenizer"]


@pytest.fixture
def folder(model: Any, tokenizer: Any, tmp_path: Path) -> Path:
    model.save_pretrained(tmp_path / "model")
    tokenizer.save_pretrained(tmp_path / "model")
    return tmp_path / "model"


def _options(folder: Path, tokens: int = 9) -> LlmOptions:
    return LlmOptions(backend="local", model=str(folder), cache=None, answer_tokens=tokens)


def test_writes_the_likeliest_tokens(folder: Path, model: Any, tokenizer: Any) -> None:
    import torch

    from negaudit.llm.local import LocalModel

    messages = [{"role": "user", "content": "Listen."}]
    ids = tokenizer.apply_chat_template(messages, add_generation_prompt=True)["input_ids"]
    asked = len(ids)
    for _ in range(5):
        ids.append(int(model(input_ids=torch.tensor([ids])).logits[0, -1].argmax()))
    generated = LocalModel(_options(folder)).generate(
        [{"role": "user", "content": "Listen."}], {"type": "object"}, limit=5
    )
    assert generated.text == tokenizer.decode(ids[asked:], skip_special_tokens=True)
    assert (generated.tokens, generated.finished) == (asked + 5, False)


def test_takes_no_answer_that_was_cut_off(folder: Path) -> None:
    client = Client(_options(folder))
    (answer,) = client.complete_many([[{"role": "user", "content": "a"}]], {"type": "object"})
    client.close()
    assert answer.value is None
    assert answer.reason == "the answer is longer than 9 tokens"


def test_takes_no_question_that_is_too_long(folder: Path) -> None:
    from negaudit.llm.local import LocalModel

    with pytest.raises(RefusedError, match="the model reads 256"):
        LocalModel(_options(folder)).generate([{"role": "user", "content": "x" * 999}], {}, limit=5)


def test_says_that_there_is_no_such_model(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="cannot be loaded"):
        Client(_options(tmp_path))


def test_takes_no_model_without_a_chat_template(folder: Path, tokenizer: Any) -> None:
    (folder / "chat_template.jinja").unlink()
    with pytest.raises(ModelError, match="no chat template"):
        Client(_options(folder))
