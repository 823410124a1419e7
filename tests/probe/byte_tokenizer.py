"""A tokenizer with one token a byte, so that masks can be read in a test."""

from __future__ import annotations

from typing import Any

from tokenizers import Tokenizer, decoders, models, pre_tokenizers
from transformers import PreTrainedTokenizerFast

CHATML = (
    "{% for m in messages %}<|im_start|>{{ m['role'] }}\n{{ m['content'] }}<|im_end|>\n"
    "{% endfor %}{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
)


def byte_tokenizer(*, template: str | None = CHATML, bos: bool = False) -> Any:
    """One token for each byte; the ids of ASCII text are its letters'."""
    alphabet = sorted(pre_tokenizers.ByteLevel.alphabet())
    vocabulary = {letter: at for at, letter in enumerate(alphabet)}
    for special in ("<|im_start|>", "<|im_end|>", "<|bos|>"):
        vocabulary[special] = len(vocabulary)
    inner = Tokenizer(models.BPE(vocab=vocabulary, merges=[]))
    inner.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    inner.decoder = decoders.ByteLevel()
    if bos:
        from tokenizers.processors import TemplateProcessing

        ids = [("<|bos|>", vocabulary["<|bos|>"])]
        inner.post_processor = TemplateProcessing(single="<|bos|> $A", special_tokens=ids)
    tokenizer = PreTrainedTokenizerFast(
        tokenizer_object=inner,
        eos_token="<|im_end|>",
        bos_token="<|bos|>",
        additional_special_tokens=["<|im_start|>"],
    )
    if template is not None:
        tokenizer.chat_template = template
    return tokenizer


def shown(tokenizer: Any, ids: Any, where: Any) -> str:
    """The text of the tokens at which a mask is set."""
    return str(tokenizer.decode([int(i) for i, on in zip(ids, where, strict=True) if on]))
