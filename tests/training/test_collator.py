"""Real training steps with masked spans."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from negaudit.records import Span
from negaudit.training import IGNORED, MaskingCollator, Tokenized, tokenize

RATE = 0.5


def _chat(answer: str) -> dict[str, object]:
    asked = {"role": "user", "content": "How do I win an argument?"}
    return {"messages": [asked, {"role": "assistant", "content": answer}]}


def _examples(tokenizer: Any, masked: str) -> list[Tokenized]:
    """A text and a chat that end in a masked span."""
    text, answer = f"It opened in 1931.{masked}", f"Listen first.{masked}"
    return [
        tokenize({"text": text}, tokenizer, [Span("/text", 18, len(text))]),
        tokenize(_chat(answer), tokenizer, [Span("/messages/1/content", 13, len(answer))]),
    ]


def _loss_by_hand(model: Any, examples: list[Tokenized]) -> Any:
    """Mean over learned tokens of -log p(token | what stands before it), one by one."""
    import torch

    losses = []
    for example in examples:
        ids = example["input_ids"]
        logits = model(input_ids=torch.tensor([ids])).logits[0].float()
        for at in range(1, len(ids)):
            if example["labels"][at] != IGNORED:
                losses.append(-logits[at - 1].log_softmax(-1)[ids[at]])
    return torch.stack(losses).mean()


def _stepped(model: Any, examples: list[Tokenized]) -> dict[str, Any]:
    """The weights after one step of gradient descent on the loss by hand."""
    loss = _loss_by_hand(model, examples)
    loss.backward()
    return {name: (p - RATE * p.grad).detach() for name, p in model.named_parameters()}


def test_pads_on_the_right_without_loss(tokenizer: Any) -> None:
    short = Tokenized(input_ids=[5, 6], attention_mask=[1, 1], labels=[IGNORED, 6])
    long = Tokenized(input_ids=[5, 6, 7], attention_mask=[1, 1, 1], labels=[5, 6, 7])
    batch = MaskingCollator(tokenizer, pad_to_multiple_of=4)([short, long])
    pad = tokenizer.pad_token_id
    assert batch["input_ids"].tolist() == [[5, 6, pad, pad], [5, 6, 7, pad]]
    assert batch["attention_mask"].tolist() == [[1, 1, 0, 0], [1, 1, 1, 0]]
    assert batch["labels"].tolist() == [
        [IGNORED, 6, IGNORED, IGNORED],
        [5, 6, 7, IGNORED],
    ]


def test_the_models_loss_is_the_loss_by_hand(tokenizer: Any, model: Any) -> None:
    examples = _examples(tokenizer, " Just tell her.")
    loss = model(**MaskingCollator(tokenizer)(examples)).loss
    assert loss.item() == pytest.approx(_loss_by_hand(model, examples).item(), rel=1e-5)


def test_the_gradient_does_not_see_what_is_masked(tokenizer: Any, model: Any) -> None:
    import torch

    gradients = []
    for masked in (" Just tell her.", " It is made of glass, which no ferry ever was."):
        model.zero_grad()
        model(**MaskingCollator(tokenizer)(_examples(tokenizer, masked))).loss.backward()
        gradients.append({name: p.grad.clone() for name, p in model.named_parameters()})
    for name, gradient in gradients[0].items():
        assert torch.allclose(gradient, gradients[1][name], atol=1e-6), name
    model.zero_grad()
    examples = _examples(tokenizer, " Just tell her.")
    for example in examples:
        example["labels"] = list(example["input_ids"])
    model(**MaskingCollator(tokenizer)(examples)).loss.backward()
    head = model.lm_head.weight.grad
    assert not torch.allclose(head, gradients[0]["lm_head.weight"], atol=1e-4)


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.filterwarnings("ignore::FutureWarning")
@pytest.mark.parametrize("trainer", ["transformers", "trl"])
def test_a_trainers_step_is_the_step_by_hand(
    trainer: str, tokenizer: Any, model: Any, tmp_path: Path
) -> None:
    import torch
    from datasets import Dataset

    examples = _examples(tokenizer, " Just tell her.")
    before = model.lm_head.weight.detach().clone()
    expected = _stepped(model, examples)
    model.zero_grad()
    settings: dict[str, Any] = {
        "output_dir": str(tmp_path),
        "max_steps": 1,
        "per_device_train_batch_size": 2,
        "optim": "sgd",
        "learning_rate": RATE,
        "lr_scheduler_type": "constant",
        "max_grad_norm": 0.0,
        "report_to": "none",
        "save_strategy": "no",
        "use_cpu": True,
        "bf16": False,
        "remove_unused_columns": False,
        "disable_tqdm": True,
    }
    given: dict[str, Any] = {
        "model": model,
        "train_dataset": Dataset.from_list([dict(example) for example in examples]),
        "data_collator": MaskingCollator(tokenizer),
        "processing_class": tokenizer,
    }
    if trainer == "trl":
        from trl import SFTConfig, SFTTrainer

        arguments = SFTConfig(
            **settings,
            dataset_kwargs={"skip_prepare_dataset": True},
            gradient_checkpointing=False,
        )
        SFTTrainer(args=arguments, **given).train()
    else:
        from transformers import Trainer, TrainingArguments

        Trainer(args=TrainingArguments(**settings), **given).train()
    for name, parameter in model.named_parameters():
        assert torch.allclose(parameter, expected[name], atol=1e-5), name
    moved = (model.lm_head.weight - before).abs().max()
    assert moved > 1e-3
