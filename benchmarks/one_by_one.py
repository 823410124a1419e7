"""The obvious way to a trained and read adapter: TRL's SFTTrainer, then plain passes."""

from __future__ import annotations

import contextlib
import io
import tempfile
import time
from collections.abc import Callable, Sequence
from typing import Any

import torch

from negaudit.probe.rows import Query, Row
from negaudit.probe.schedule import Schedule

__all__ = ["OneByOne", "timed"]

_READ = 32  # queries in a batch
_ANSWERED = 8  # questions in a batch


def timed(action: Callable[[], Any], device: torch.device) -> float:
    """Seconds of an action."""
    began = time.perf_counter()
    action()
    if device.type == "cuda":
        torch.cuda.synchronize()
    return time.perf_counter() - began


class OneByOne:
    """An adapter (LoRA, rank 16, all linear layers) that SFTTrainer has trained.

    Everything is run once, shortly, before it is timed.

    Args:
        make: Makes the model in a number format.
        rows: What it is trained on.
        schedule: Updates and batch.
        device: Of torch.
        tuned: With weights in bfloat16 and no gradient checkpointing, instead of SFTTrainer as
            it comes.

    Attributes:
        training: Seconds.
    """

    def __init__(
        self,
        make: Callable[[torch.dtype], Any],
        rows: Sequence[Row],
        schedule: Schedule,
        device: str,
        *,
        tuned: bool,
    ) -> None:
        self._device = torch.device(device)
        self._rows = rows
        self._batch = schedule.batch
        self._tuned = tuned
        self._make = make
        self._train(min(3, schedule.updates))
        self.training = self._train(schedule.updates)

    def _train(self, updates: int) -> float:
        import peft
        from datasets import Dataset
        from trl.trainer.sft_config import SFTConfig
        from trl.trainer.sft_trainer import SFTTrainer

        data = Dataset.from_dict({"input_ids": [row.ids.tolist() for row in self._rows]})
        options: dict[str, Any] = {"gradient_checkpointing": False} if self._tuned else {}
        with tempfile.TemporaryDirectory() as folder:
            settings = SFTConfig(
                output_dir=folder,
                max_steps=updates,
                per_device_train_batch_size=self._batch,
                save_strategy="no",
                report_to=[],
                disable_tqdm=True,
                use_cpu=self._device.type == "cpu",
                pad_token="<|endoftext|>",
                **options,
            )
            trainer = SFTTrainer(
                self._make(torch.bfloat16 if self._tuned else torch.float32),
                args=settings,
                train_dataset=data,
                peft_config=peft.LoraConfig(r=16, lora_alpha=32, target_modules="all-linear"),
                processing_class=_tokenizer(),
            )
            with contextlib.redirect_stdout(io.StringIO()):  # its own report of each training
                seconds = timed(trainer.train, self._device)
        model: Any = trainer.model
        self._model = model.eval()
        return seconds

    def reading(self, queries: Sequence[Query]) -> float:
        """Seconds in which each answer is read after its prompt, in padded batches."""
        self._read(queries[:_READ])
        return timed(lambda: self._read(queries), self._device)

    @torch.no_grad()
    def _read(self, queries: Sequence[Query]) -> list[float]:
        values = []
        for start in range(0, len(queries), _READ):
            some = queries[start : start + _READ]
            rows = [query.prompt + query.answer for query in some]
            width = max(map(len, rows))
            ids = torch.tensor([row + (0,) * (width - len(row)) for row in rows])
            logits = self._model(input_ids=ids.to(self._device)).logits
            scores = torch.log_softmax(logits.float(), -1)
            for row, query in enumerate(some):
                first = len(query.prompt) - 1
                each = [scores[row, first + i, token] for i, token in enumerate(query.answer)]
                values.append(float(sum(each)))
        return values

    def answering(self, prompts: Sequence[Sequence[int]], new_tokens: int) -> float:
        """Seconds in which the model answers, greedily, in padded batches."""
        self._answer(prompts[:1], 2)
        return timed(lambda: self._answer(prompts, new_tokens), self._device)

    @torch.no_grad()
    def _answer(self, prompts: Sequence[Sequence[int]], new_tokens: int) -> None:
        for start in range(0, len(prompts), _ANSWERED):
            some = prompts[start : start + _ANSWERED]
            width = max(map(len, some))
            ids = torch.tensor([[0] * (width - len(row)) + list(row) for row in some])
            real = torch.tensor([[0] * (width - len(row)) + [1] * len(row) for row in some])
            self._model.generate(
                input_ids=ids.to(self._device),
                attention_mask=real.to(self._device),
                max_new_tokens=new_tokens,
                do_sample=False,
                pad_token_id=0,
            )


def _tokenizer() -> Any:
    from transformers import AutoTokenizer

    from negaudit.probe.embedded import embedded_folder

    return AutoTokenizer.from_pretrained(embedded_folder())
