"""Asks a local transformers model."""

from __future__ import annotations

from threading import Lock
from typing import Any

from negaudit.bars import without_bars
from negaudit.errors import ModelError, UsageError
from negaudit.llm.options import LlmOptions
from negaudit.llm.record import Generated, Message, RefusedError, Schema

__all__ = ["LocalModel"]


class LocalModel:
    """A chat model of transformers, on a GPU where there is one.

    It answers one question at a time; a server such as vLLM answers many.

    Args:
        options: The model's name or folder, and how long its answers may be.

    Raises:
        UsageError: transformers is not installed.
        ModelError: There is no such model, or it has no chat template.
    """

    def __init__(self, options: LlmOptions) -> None:
        try:
            import torch
            from transformers import AutoModelForCausalLM, AutoTokenizer
        except ModuleNotFoundError as error:
            hint = "run: pip install 'negaudit[probe]'"
            raise UsageError("local models need transformers", where="--llm", hint=hint) from error
        self.name = options.model
        device = "cuda" if torch.cuda.is_available() else "cpu"
        try:
            self._tokenizer: Any = AutoTokenizer.from_pretrained(options.model)
            with without_bars():
                model: Any = AutoModelForCausalLM.from_pretrained(options.model, dtype="auto")
        except (OSError, ValueError) as error:
            hint = "give a folder with a model, or the name of one on the hub"
            raise ModelError("cannot be loaded", where=options.model, hint=hint) from error
        if self._tokenizer.chat_template is None:
            hint = "take a model that was trained on chats"
            raise ModelError("has no chat template", where=options.model, hint=hint)
        self._model = model.to(device).eval()
        self._one = Lock()

    def close(self) -> None:
        """Lets go of the model."""
        del self._model

    def generate(self, messages: list[Message], _: Schema, limit: int) -> Generated:
        """Writes the next message, always the likeliest token.

        Raises:
            RefusedError: The question is longer than what the model can read.
        """
        with self._one:
            return self._generate(messages, limit)

    def _generate(self, messages: list[Message], limit: int) -> Generated:
        import torch

        encoded = self._tokenizer.apply_chat_template(
            messages, add_generation_prompt=True, return_dict=True, return_tensors="pt"
        ).to(self._model.device)
        asked = encoded["input_ids"].shape[1]
        room = getattr(self._model.config, "max_position_embeddings", None)
        if room is not None and asked >= room:
            raise RefusedError(f"the question has {asked} tokens, and the model reads {room}")
        if room is not None:
            limit = min(limit, room - asked)
        with torch.inference_mode():
            written = self._model.generate(
                **encoded,
                do_sample=False,
                temperature=None,
                top_p=None,
                top_k=None,
                max_new_tokens=limit,
                pad_token_id=self._tokenizer.eos_token_id,
            )[0]
        text = self._tokenizer.decode(written[asked:], skip_special_tokens=True)
        return Generated(text, len(written), finished=len(written) - asked < limit)
