"""Makes batches of tokenised records."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from negaudit.errors import UsageError
from negaudit.training.tokenize import IGNORED

if TYPE_CHECKING:
    import torch

__all__ = ["MaskingCollator"]


class MaskingCollator:
    """Pads what `tokenize` made, on the right; `data_collator` of Trainer and SFTTrainer.

    Args:
        tokenizer: Tells the token to pad with.
        pad_to_multiple_of: Makes the batch's length a multiple of this.

    Raises:
        UsageError: The tokenizer has neither a padding nor an end-of-sequence token.
    """

    def __init__(self, tokenizer: Any, pad_to_multiple_of: int = 1) -> None:
        pad = tokenizer.pad_token_id
        self._pad = tokenizer.eos_token_id if pad is None else pad
        if self._pad is None:
            raise UsageError("the tokenizer has no padding token", hint="set its pad_token")
        self._multiple = pad_to_multiple_of

    def __call__(self, features: Sequence[Mapping[str, Sequence[int]]]) -> dict[str, torch.Tensor]:
        """Makes a batch.

        Args:
            features: Tokenised records.

        Returns:
            input_ids, attention_mask and labels, int64 [B, T]; padding has the label -100.
        """
        import torch

        longest = max(len(feature["input_ids"]) for feature in features)
        width = -(-longest // self._multiple) * self._multiple
        fillers = {"input_ids": self._pad, "attention_mask": 0, "labels": IGNORED}
        return {
            name: torch.tensor([[*f[name], *[filler] * (width - len(f[name]))] for f in features])
            for name, filler in fillers.items()
        }
